package org.jacobean.view;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.jacobean.matrix.Interrupts;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Line;

/**
 * A Java array of numbers, or of rows of them, shown as a matrix is; rows may differ in length, or be null. Its elements are
 * called as Java calls them, counted from 0.
 */
final class ArrayView implements NumberGrid {

    static final List<Class<?>> TYPES =
            List.of(double[].class, double[][].class, float[].class, float[][].class, int[].class, int[][].class);

    private static final int BETWEEN_LOOKS = 1 << 14;

    /** More than any int: those are counts, and none is too long. */
    private static final double HUGE_INT = 1e10;

    private final Object array;
    private final boolean flat;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private int nulls;

    private ArrayView(Object array) {
        this.array = array;
        this.flat = array.getClass().getComponentType().isPrimitive();
        for (int i = 0; i < rows(); i++) {
            Object row = numbers(i);
            if (row == null) {
                nulls++;
            } else {
                shortest = Math.min(shortest, Array.getLength(row));
                longest = Math.max(longest, Array.getLength(row));
            }
        }
    }

    static View of(Object array, Limits limits) {
        ArrayView its = new ArrayView(array);
        if (its.longest == 0) {
            return View.of(new Line(its.name()));
        }
        Summary summary = Summary.of(its.name(), its::forEach);
        return View.of(Beside.of(its.grid(summary.line(limits.digits()), summary.largest(), limits)));
    }

    /** {@code double[3][2]}; where rows differ {@code double[3][], rows of 1 to 4, 1 null}. */
    private String name() {
        String type = array.getClass().getSimpleName().replaceFirst("\\[.*", "");
        if (flat) {
            return type + "[" + longest + "]";
        }
        String name = type + "[" + rows() + "]";
        if (nulls == 0 && shortest == longest) {
            return name + "[" + longest + "]";
        }
        if (nulls == rows()) {
            return name + "[]" + (nulls == 0 ? "" : ", all null");
        }
        String lengths = shortest == longest ? "%2$,d" : "%,d to %,d";
        return name + "[], rows of " + String.format(Locale.ROOT, lengths, shortest, longest)
                + (nulls == 0 ? "" : String.format(Locale.ROOT, ", %,d null", nulls));
    }

    private void forEach(DoubleConsumer action) {
        for (int i = 0; i < rows(); i++) {
            Object row = numbers(i);
            int length = row == null ? 0 : Array.getLength(row);
            for (int j = 0; j < length; j++) {
                if (j % BETWEEN_LOOKS == 0) {
                    Interrupts.check("the display of an array");
                }
                action.accept(number(row, j));
            }
        }
    }

    private Object numbers(int i) {
        return flat ? array : ((Object[]) array)[i];
    }

    private static double number(Object row, int j) {
        return row instanceof double[] doubles ? doubles[j] : Array.getDouble(row, j);
    }

    @Override
    public int rows() {
        return flat ? 1 : Array.getLength(array);
    }

    @Override
    public int columns() {
        return longest;
    }

    @Override
    public double number(int i, int j) {
        return number(numbers(i), j);
    }

    @Override
    public double huge() {
        return name().startsWith("int") ? HUGE_INT : HUGE;
    }

    @Override
    public String absent(int i, int j) {
        Object row = numbers(i);
        if (row == null) {
            return j == 0 ? "null" : "";
        }
        return j < Array.getLength(row) ? null : "";
    }

    @Override
    public String row(int i) {
        return flat ? "[·]" : "[" + i + "]";
    }

    @Override
    public String column(int j) {
        return flat ? "[" + j + "]" : "[·][" + j + "]";
    }

    @Override
    public String element(int i, int j) {
        return (flat ? "" : row(i)) + "[" + j + "]";
    }
}
