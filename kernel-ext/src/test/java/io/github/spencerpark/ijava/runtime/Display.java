package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** Shows values from the middle of a cell, by the kernel's renderers. */
public final class Display {
    private Display() {}

    public static DisplayData render(Object value, String... as) {
        var renderer = Kernel.getKernelInstance().getRenderer();
        return as.length == 0 ? renderer.render(value) : renderer.renderAs(value, as);
    }

    /** Shows the value; returns the id under which {@link #updateDisplay} can replace it. */
    public static String display(Object value, String... as) {
        DisplayData data = render(value, as);
        if (data.getDisplayId() == null) {
            data.setDisplayId(UUID.randomUUID().toString());
        }
        Kernel.getKernelInstance().display(data);
        return data.getDisplayId();
    }

    public static void updateDisplay(String id, Object value, String... as) {
        Kernel.getKernelInstance().getIO().display.updateDisplay(id, render(value, as));
    }
}
