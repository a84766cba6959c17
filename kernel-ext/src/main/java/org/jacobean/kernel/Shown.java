package org.jacobean.kernel;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which displays a cell has shown. A cell that runs again has lost its output: what it shows then is a new display, also
 * under an id that was shown before.
 */
public final class Shown {

    private final Set<String> ids = new HashSet<>();
    private final AtomicInteger cells;
    private final int first;
    private int cell = -1;

    /** @param kernel whose count of cells is asked for by name, since no method tells it */
    public Shown(Object kernel, Class<?> baseKernel) throws ReflectiveOperationException {
        Field count = baseKernel.getDeclaredField("executionCount");
        count.setAccessible(true);
        cells = (AtomicInteger) count.get(kernel);
        first = cells.get();
    }

    /** Whether the cell that runs now is the one in which this was made. */
    public boolean inFirstCell() {
        return cells.get() == first;
    }

    /** Whether {@code id} is shown for the first time in the cell that runs now. */
    public synchronized boolean isNew(String id) {
        if (cell != cells.get()) {
            cell = cells.get();
            ids.clear();
        }
        return ids.add(id);
    }
}
