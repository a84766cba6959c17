package org.jacobean.formula;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Index.Running;

/**
 * f[r,j] = an expression of the elements of x and of parameters: what a layer computes, said once. Its derivatives, its
 * gradients and its form as a product of matrices follow from it.
 *
 * @param output f[r,j], with both indices running
 */
public record Formula(Element output, Expression body) {

    /** Letters for the element by which is differentiated, where its own are taken. */
    private static final List<String> LETTERS = List.of("i", "k", "l", "p", "q", "s", "t");

    /** @throws IllegalArgumentException where the output's indices are not two letters that run */
    public Formula {
        if (output == null || body == null) {
            throw new IllegalArgumentException(
                    "a formula has an output, such as f[r,j], and an expression that makes it");
        }
        if (!(output.row() instanceof Running && output.column() instanceof Running)
                || output.row().equals(output.column())) {
            throw new IllegalArgumentException(
                    "a formula is of any output, such as f[r,j] with two letters that run, not of " + output.of() + "["
                            + output.row() + "," + output.column() + "]");
        }
    }

    public static Formula of(Element output, Expression body) {
        return new Formula(output, body);
    }

    /** Each variable, as its first element in the formula: {@code w} as w[i,j]. */
    public Map<String, Element> variables() {
        Map<String, Element> variables = new LinkedHashMap<>();
        body.elements().forEach(element -> variables.putIfAbsent(element.of(), element));
        return variables;
    }

    /** The output at a row and a column, worked in: {@code f[1,2] = Σᵢ w[i,2]·x[1,i] + b[2]}. */
    public Expression at(Index row, Index column) {
        return body.with(row(), row).with(column(), column);
    }

    /** r, which runs over the rows of f. */
    public Running row() {
        return (Running) output.row();
    }

    /** j, which runs over the columns of f. */
    public Running column() {
        return (Running) output.column();
    }

    /** df[r,j]/dv for one element v, in r and j. */
    public Expression derivative(Element v) {
        return body.derivative(v);
    }

    /**
     * df[r,j]/dx[r,j] in f[r,j] itself, as people know it: 1 − f[r,j]² of a tanh, f[r,j]·(1 − f[r,j]) of a sigmoid. It is
     * there where f[r,j] is made of that element alone and the derivative, at 41 of its values, is that.
     */
    public Optional<Expression> slopeInOutput() {
        Set<Element> elements = body.elements();
        boolean[] constant = {true};
        body.visit(part -> constant[0] &= !(part instanceof Symbol));
        if (elements.size() != 1 || !constant[0] || !body.letters().equals(output.letters())) {
            return Optional.empty();
        }
        Expression slope = derivative(elements.iterator().next());
        Expression rest = Expression.number(1).minus(output);
        return Stream.of(Expression.number(1).minus(output.power(2)), output.times(rest))
                .map(Expression::simplified)
                .filter(known -> IntStream.rangeClosed(-20, 20).allMatch(k -> isSlope(known, slope, k / 4.0)))
                .findFirst();
    }

    /** dL/dv with that slope, for the element v of which f[r,j] is made: {@code dL/df[r,j]·(1 - f[r,j]²)}. */
    public Optional<Expression> gradientInOutput(Element v) {
        return slopeInOutput()
                .filter(slope -> body.elements().contains(v))
                .map(slope -> new LossSlope(output).times(slope).simplified());
    }

    /** Some ten operations round, each by 1e-16 of numbers up to 1. */
    private boolean isSlope(Expression known, Expression slope, double x) {
        double f = at(body, x);
        return Math.abs(at(known, f) - at(slope, x)) <= 1e-14;
    }

    /** The value of what holds no element but one, which is {@code a}. */
    private double at(Expression e, double a) {
        Values values = new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return a;
            }

            @Override
            public int size(String size) {
                return 1;
            }
        };
        return e.value(values, Map.of(row(), 1, column(), 1));
    }

    /**
     * The element of {@code variable} by which the general case is differentiated: its letters as the formula has them, and
     * others where the outputs, over which is summed, need the same.
     */
    public Element general(String variable) {
        Element own = variables().get(variable);
        Expression gradient = gradient(own.apart());
        Expression free = own;
        for (Running letter : own.letters()) {
            Running better = letter;
            for (String name : LETTERS) {
                if (!gradient.letters().contains(better)) {
                    break;
                }
                better = new Running(name, letter.size());
            }
            free = free.with(letter, better);
        }
        return (Element) free;
    }

    /** dL/dv = Σ over r and j of dL/df[r,j]·df[r,j]/dv: the chain rule, simplified. */
    public Expression gradient(Element v) {
        Element apart = v.apart(); // its letters are not those over which is summed
        Expression dLdf = new LossSlope(output);
        Expression gradient = new Sum(row(), new Sum(column(), dLdf.times(derivative(apart)))).simplified();
        for (Running letter : v.letters()) {
            gradient = gradient.with((Running) letter.apart(), letter);
        }
        return gradient;
    }

    /** dL/dv for any element of {@code variable}: {@code dL/dw[i,j] = Σᵣ dL/df[r,j]·x[r,i]}. */
    public Expression gradient(String variable) {
        return gradient(general(variable));
    }
}
