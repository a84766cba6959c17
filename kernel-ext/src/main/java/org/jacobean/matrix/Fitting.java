package org.jacobean.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/** What would fit, of two operands that do not: products in another order or transposed, sums row by row. */
public final class Fitting {

    private Fitting() {}

    /**
     * The products of {@code a} and {@code b} that fit, a line each: A·B, B·A, then with either transposed. Of two that are
     * transposes of one another only one is named: that of the lesson, such as dL/df·wᵀ, or that in the order of A·B.
     */
    public static Fact products(Operand a, Operand b) {
        List<String> fitting = new ArrayList<>();
        add(fitting, a, b);
        if (!a.equals(b)) {
            add(fitting, b, a);
        }
        add(fitting, a, b, true, false);
        add(fitting, a, b, false, true);
        return new Fact(
                "fits",
                fitting.isEmpty()
                        ? "no product of the two, in either order or transposed"
                        : String.join("\n", fitting));
    }

    /** What to try where A + B, A − B or A∘B does not fit: a transpose, A.plusRow(b), columnSums, or the matrix product. */
    static Fact entryByEntry(Operand a, String sign, Operand b) {
        List<String> advice = new ArrayList<>();
        if (a.rows() == b.columns() && a.columns() == b.rows()) {
            advice.add(b + ".transpose() is " + a.shape() + ", as " + a + " is");
        } else if (a.columns() == b.columns() && (a.rows() == 1 || b.rows() == 1)) {
            Operand row = a.rows() == 1 ? a : b;
            Operand batch = a.rows() == 1 ? b : a;
            if (sign.equals("+")) {
                advice.add(batch + ".plusRow(" + row + ") adds " + row + " to every row of " + batch);
            } else if (sign.equals("−") && row == b) {
                advice.add(a + ".plusRow(" + b + ".scale(-1)) takes " + b + " from every row of " + a);
            }
            advice.add(batch + ".columnSums() is " + row.shape() + ", as " + row + " is");
        }
        if (sign.equals("∘") && a.columns() == b.rows()) {
            advice.add(a + "·" + b + ", the matrix product, gives " + Matrix.shape(a.rows(), b.columns()) + ": " + a
                    + ".times(" + b + ")");
        }
        return Fact.hint(String.join("\n", advice));
    }

    /** What to try where b is no row for A [N × m]. */
    static Fact rowByRow(Operand a, Operand b) {
        if (b.isColumn() && b.rows() == a.columns()) {
            return column(b);
        } else if (b.columns() != a.columns()) {
            return Fact.hint("");
        } else if (a.rows() == b.rows()) {
            return Fact.hint(a + ".plus(" + b + ") adds them entry by entry");
        }
        return Fact.hint((a.rows() == 1 ? b + ".plusRow(" + a + ") adds " + a + " to every row of " + b + "\n" : "") + b
                + ".columnSums() is 1 × " + String.format(Locale.ROOT, "%,d", a.columns()));
    }

    /** What to try where {@code b} is a column and should be one row. */
    public static Fact column(Operand b) {
        return Fact.hint(b + " is a column; a vector is one row: " + b + ".transpose()");
    }

    private static void add(List<String> fitting, Operand a, Operand b, boolean aTurned, boolean bTurned) {
        Operand left = aTurned ? a.transpose() : a;
        Operand right = bTurned ? b.transpose() : b;
        String meaning = meaning(left.name() + "·" + right.name());
        // (Aᵀ·B)ᵀ = Bᵀ·A, (A·Bᵀ)ᵀ = B·Aᵀ
        Operand otherLeft = bTurned ? b : b.transpose();
        Operand otherRight = aTurned ? a : a.transpose();
        if (meaning.isEmpty()
                && !meaning(otherLeft.name() + "·" + otherRight.name()).isEmpty()) {
            add(fitting, otherLeft, otherRight);
        } else {
            int before = fitting.size();
            add(fitting, left, right);
            // A vector stands left in all products of the lesson; right stand weights, that may well be a column.
            if (fitting.size() > before && aTurned && a.isColumn()) {
                fitting.set(before, fitting.get(before) + " (" + a + " is a column; a vector is one row)");
            }
        }
    }

    private static void add(List<String> fitting, Operand left, Operand right) {
        if (left.columns() == right.rows()) {
            String product = left.name() + "·" + right.name();
            fitting.add(product + " gives " + Matrix.shape(left.rows(), right.columns()) + meaning(product));
        }
    }

    /** What the lesson calls a product, by the names of its operands. */
    private static String meaning(String product) {
        return switch (product.replace("dLdf", "dL/df")) {
            case "x·w" -> ": f (without b)";
            case "dL/df·wᵀ" -> ": dL/dx";
            case "xᵀ·dL/df" -> ": dL/dw";
            default -> "";
        };
    }
}
