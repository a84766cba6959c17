package org.jacobean.kernel.rapaio;

import java.util.Arrays;
import java.util.List;
import org.jacobean.kernel.Setup;
import org.jacobean.kernel.Shown;
import org.jacobean.view.Display;
import org.jacobean.view.Rendered;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplaySystem;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/**
 * Puts the displays and imports into a rapaio-jupyter-kernel. The kernel finds it by itself when the jar is added by %jar or
 * %dependency. From RJK_CLASSPATH it takes it no sooner than it displays a value, so there the first cell calls
 * {@link #install}. A failure is a line on stderr: thrown from here it would end the kernel.
 */
public final class RapaioExtension implements DisplayProvider {

    private static boolean installed;

    /** The imports of a lesson, and {@code show}; a second call changes nothing. A failure is a line on stderr. */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        if (kernelIsBeingMade()) {
            System.err.println("Jacobean cannot be installed by an init script, since that runs before there is a kernel;"
                    + " call it in the first cell");
            return;
        }
        try {
            Setup.in(MainApp.kernel.javaEngine().getShell(), MainApp.kernel::eval);
            Shown shown = new Shown(MainApp.kernel, RapaioKernel.class);
            Display.on((value, id) -> show(value, id, id == null || shown.isNew(id)));
            installed = true;
        } catch (Throwable failure) {
            tell(failure);
        }
    }

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        try {
            List<DisplayRenderer> renderers = Rendered.TYPES.stream()
                    .<DisplayRenderer>map(TypeRenderer::new)
                    .toList();
            install();
            return renderers;
        } catch (Throwable failure) {
            tell(failure);
            return List.of();
        }
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    /** An init script runs while the kernel's class is initialized: to ask it for the kernel would wait for ever. */
    private static boolean kernelIsBeingMade() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(MainApp.class.getName())
                        && frame.getMethodName().equals("<clinit>"));
    }

    private static void tell(Throwable failure) {
        System.err.println("Jacobean could not be installed in this kernel: " + failure);
    }

    private static void show(Object value, String id, boolean isNew) {
        DisplayData data = value == null
                ? DisplayData.fromText("null")
                : DisplaySystem.inst().render(value);
        if (id != null) {
            data.setDisplayId(id);
        }
        if (isNew) {
            MainApp.kernel.display(data);
        } else {
            MainApp.kernel.updateDisplay(data);
        }
    }
}
