package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.layer.Gradients;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;

/**
 * Which numbers made which, for a display of gradients: point at one, and those are framed and its formula is shown, by a
 * style sheet alone. What belongs together follows from the letters of the layer's formula: dL/dx[r,i] = Σⱼ
 * dL/df[r,j]·w[i,j] is made of row r of dL/df and row i of w.
 */
final class Pointing {

    /** Beyond that the rules would be many and the cells too small to point at. */
    private static final int LARGEST = 12;

    /** Each takes some 400 characters, and a display has 100,000: a 12 × 12 layer on one row, or 8 × 8 on eight. */
    private static final int MOST_NUMBERS = 210;

    private static final int MOST_TERMS = 6;
    private static final int FIRST = 4;

    private final Gradients grads;
    private final Formula formula;
    private final Values values;
    private final Notation notation;

    private Pointing(Gradients grads, Limits limits) {
        this.grads = grads;
        this.formula = grads.pass().layer().formula();
        this.values = grads.values();
        this.notation = grads.pass().notation(number -> Digits.alone(number, limits.digits()));
    }

    /** For small layers, shown whole; for others null. */
    static Pointing at(Gradients grads, Limits limits) {
        boolean small = Stream.concat(
                        grads.pass().operands().values().stream(),
                        Stream.of(grads.pass().output()))
                .allMatch(matrix -> matrix.rows() <= Math.min(LARGEST, limits.rows())
                        && matrix.columns() <= Math.min(LARGEST, limits.columns()));
        // A gradient has the shape of what it belongs to; dL/dx itself may not have been computed yet.
        long numbers = Stream.concat(
                        grads.pass().operands().values().stream(), Stream.of(grads.incoming()))
                .mapToLong(matrix -> (long) matrix.rows() * matrix.columns())
                .sum();
        return small && numbers <= MOST_NUMBERS && !limits.isSmaller() ? new Pointing(grads, limits) : null;
    }

    /** The part of the display that holds a matrix, as a word for a class: f, x, w, b, and gf, gx, gw, gb for gradients. */
    static String part(String of, boolean gradient) {
        return (gradient ? "g" : "") + of.replaceAll("\\W", "_");
    }

    /** {@code dL/dx[1] = Σⱼ dL/df[j]·w[1,j] = 4 · 0.2 - 7 · 0.3 = -1.3}; row and column from 0. */
    String why(String role, int row, int column) {
        Element v = new Element(role, row + 1, column + 1);
        boolean output = role.equals("f");
        Expression made = (output ? formula.at(v.row(), v.column()) : formula.gradient(v)).withoutSingleSums(values);
        List<Expression> numbers = new ArrayList<>();
        for (Expression term : made instanceof Plus plus ? plus.terms() : List.of(made)) {
            terms(term, numbers);
        }
        double value = (output ? grads.pass().output() : grads.of(role)).get(row, column);
        String inNumbers = numbers.size() <= MOST_TERMS
                ? notation.text(new Plus(numbers))
                : notation.text(new Plus(numbers.subList(0, FIRST))) + " + … + "
                        + notation.text(numbers.get(numbers.size() - 1));
        String result = notation.text(Expression.number(value));
        return notation.text(output ? v : new LossSlope(v)) + " = " + notation.text(made)
                + (inNumbers.equals(result) ? "" : " = " + inNumbers) + " = " + result;
    }

    private void terms(Expression term, List<Expression> numbers) {
        if (term instanceof Sum sum) {
            for (int k = 1; k <= values.size(sum.over().size()); k++) {
                terms(sum.term().with(sum.over(), Index.at(k)), numbers);
            }
        } else {
            numbers.add(inNumbers(term));
        }
    }

    private Expression inNumbers(Expression e) {
        return e instanceof Element || e instanceof LossSlope || e instanceof Sum
                ? new Constant(e.value(values, Map.of()))
                : e.map(this::inNumbers);
    }

    /** The rules of a style sheet, for a display of class {@code display}. */
    String rules(String display) {
        List<String> pointed = new ArrayList<>();
        links("f", part("f", false), formula.output(), formula.body(), pointed);
        for (String role : grads.roles()) {
            Element v = formula.general(role);
            links(role, part(role, true), v, formula.gradient(v), pointed);
        }
        return pointed.stream()
                .map(link -> {
                    String[] ends = link.split(">");
                    return "." + display + ":has(" + ends[0] + ":hover) " + ends[1] + ",." + display
                            + ":not(:has(td[tabindex]:hover)):has(" + ends[0] + ":focus) " + ends[1];
                })
                .collect(Collectors.joining(",\n"));
    }

    /** For each row or column of the pointed-at matrix which cells of the others it takes with it. */
    private void links(String role, String from, Element v, Expression made, List<String> pointed) {
        Matrix target = role.equals("f") ? grads.pass().output() : grads.of(role);
        made.visit(part -> {
            if (part instanceof Element || part instanceof LossSlope) {
                boolean slope = part instanceof LossSlope;
                Element e = slope ? ((LossSlope) part).by() : (Element) part;
                String to = part(e.of(), slope);
                boolean byRow = e.row().equals(v.row()) || e.column().equals(v.row());
                boolean byColumn = e.row().equals(v.column()) || e.column().equals(v.column());
                for (int r = 1; r <= (byRow ? target.rows() : 1); r++) {
                    for (int c = 1; c <= (byColumn ? target.columns() : 1); c++) {
                        String pointedAt = "." + from + " td" + (byRow ? ".r" + r : "") + (byColumn ? ".c" + c : "");
                        String link = pointedAt + ">." + to + " td" + place("r", e.row(), v, r, c)
                                + place("c", e.column(), v, r, c);
                        if (!pointed.contains(link)) {
                            pointed.add(link);
                        }
                    }
                }
            }
        });
    }

    private static String place(String axis, Index index, Element v, int row, int column) {
        if (!(index instanceof Index.Running)) {
            return "";
        }
        return index.equals(v.row()) ? "." + axis + row : index.equals(v.column()) ? "." + axis + column : "";
    }
}
