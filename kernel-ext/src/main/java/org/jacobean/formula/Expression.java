package org.jacobean.formula;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jacobean.formula.Index.Running;

/**
 * A number that is computed from elements of matrices: sums, products, powers, exp, log and max of them. Immutable; equal
 * where written alike.
 */
public sealed interface Expression {

    // What there is

    /** A constant. */
    record Constant(double value) implements Expression {}

    /** A number with a name and no index: the loss L, or a size such as N. */
    record Symbol(String name) implements Expression {}

    /** One element of a matrix: {@code w[i,j]}. */
    record Element(String of, Index row, Index column) implements Expression {

        public Element(String of, int row, int column) {
            this(of, Index.at(row), Index.at(column));
        }

        /** The same with letters of its own, which no formula uses: {@code w[i′,j′]}. */
        public Element apart() {
            return new Element(of, row.apart(), column.apart());
        }
    }

    /** dL/dv of the loss L by one element v, as a number that is known: {@code dL/df[r,j]}. */
    record LossSlope(Element by) implements Expression {}

    /** dv/du of one element by another, written and not yet worked out: {@code df[r,j]/dx[r,i]}. */
    record Slope(Element of, Element by) implements Expression {}

    record Plus(List<Expression> terms) implements Expression {}

    record Times(List<Expression> factors) implements Expression {}

    record Power(Expression base, double exponent) implements Expression {}

    record Exp(Expression of) implements Expression {}

    record Log(Expression of) implements Expression {}

    /** The larger of two; where they are equal, its slope is that of the first. */
    record Max(Expression first, Expression second) implements Expression {}

    /** [a &gt; b]: 1 where that is so, else 0. */
    record Above(Expression a, Expression b) implements Expression {}

    /** [a = b]: 1 where two indices are the same, else 0 (Kronecker's δ). */
    record Same(Index a, Index b) implements Expression {}

    /** Σ of {@code term} over all values of an index. */
    record Sum(Running over, Expression term) implements Expression {

        /** The same sum over a letter that {@code other} does not use. */
        Sum apartFrom(Expression other) {
            Running letter = over;
            while (!letter.equals(over) && term.letters().contains(letter)
                    || other.letters().contains(letter)) {
                letter = new Running(letter.name() + "′", letter.size());
            }
            return letter.equals(over) ? this : new Sum(letter, term.with(over, letter));
        }
    }

    // How it is written in Java

    static Expression number(double value) {
        return new Constant(value);
    }

    /** How far an index runs, as a number. */
    static Expression size(Running index) {
        return new Symbol(index.size());
    }

    static Expression sum(Running over, Expression term) {
        return new Sum(over, term);
    }

    static Expression exp(Expression of) {
        return new Exp(of);
    }

    static Expression log(Expression of) {
        return new Log(of);
    }

    static Expression max(Expression first, Expression second) {
        return new Max(first, second);
    }

    default Expression plus(Expression other) {
        return new Plus(List.of(this, other));
    }

    default Expression minus(Expression other) {
        return plus(number(-1).times(other));
    }

    default Expression times(Expression other) {
        return new Times(List.of(this, other));
    }

    default Expression over(Expression other) {
        return times(other.power(-1));
    }

    default Expression power(double exponent) {
        return new Power(this, exponent);
    }

    // What can be done with it

    /** The derivative by {@code v}, simplified: what does not hold v is a constant, and vanishes. */
    default Expression derivative(Element v) {
        return Simplification.of(Differentiation.of(this, v));
    }

    default Expression simplified() {
        return Simplification.of(this);
    }

    /** Its value, where {@code letters} says what its free indices are. */
    default double value(Values values, Map<Running, Integer> letters) {
        return Evaluation.of(this, values, letters);
    }

    /** Its value with every part of a sum or a product taken as positive: what its rounding errors are in proportion to. */
    default double magnitude(Values values, Map<Running, Integer> letters) {
        return Evaluation.magnitude(this, values, letters);
    }

    /** With {@code by} in the place of a free index. */
    default Expression with(Running letter, Index by) {
        if (this instanceof Element element) {
            return new Element(
                    element.of(),
                    element.row().equals(letter) ? by : element.row(),
                    element.column().equals(letter) ? by : element.column());
        } else if (this instanceof LossSlope slope) {
            return new LossSlope((Element) slope.by().with(letter, by));
        } else if (this instanceof Slope slope) {
            return new Slope(
                    (Element) slope.of().with(letter, by), (Element) slope.by().with(letter, by));
        } else if (this instanceof Same same) {
            return new Same(same.a().equals(letter) ? by : same.a(), same.b().equals(letter) ? by : same.b());
        } else if (this instanceof Sum sum) {
            if (sum.over().equals(letter)) {
                return this; // that letter is the sum's own
            }
            if (by instanceof Running other) {
                Sum apart = sum.apartFrom(new Same(other, other));
                return new Sum(apart.over(), apart.term().with(letter, by));
            }
        }
        return map(part -> part.with(letter, by));
    }

    /** With sums of a single term written as that term. */
    default Expression withoutSingleSums(Values sizes) {
        return this instanceof Sum sum && sizes.size(sum.over().size()) == 1
                ? sum.term().with(sum.over(), Index.at(1)).withoutSingleSums(sizes)
                : map(part -> part.withoutSingleSums(sizes));
    }

    /** With {@code change} made to each of its parts; what has no parts stays as it is. */
    default Expression map(UnaryOperator<Expression> change) {
        if (this instanceof Plus plus) {
            return new Plus(plus.terms().stream().map(change).toList());
        } else if (this instanceof Times times) {
            return new Times(times.factors().stream().map(change).toList());
        } else if (this instanceof Power power) {
            return new Power(change.apply(power.base()), power.exponent());
        } else if (this instanceof Exp exp) {
            return new Exp(change.apply(exp.of()));
        } else if (this instanceof Log log) {
            return new Log(change.apply(log.of()));
        } else if (this instanceof Max max) {
            return new Max(change.apply(max.first()), change.apply(max.second()));
        } else if (this instanceof Above above) {
            return new Above(change.apply(above.a()), change.apply(above.b()));
        } else if (this instanceof Sum sum) {
            return new Sum(sum.over(), change.apply(sum.term()));
        }
        return this;
    }

    /** The elements in it, each once, in the order in which they are written; that of a loss's slope is not among them. */
    default Set<Element> elements() {
        Set<Element> elements = new LinkedHashSet<>();
        visit(part -> {
            if (part instanceof Element element) {
                elements.add(element);
            }
        });
        return elements;
    }

    /** All letters in it, bound or free. */
    default Set<Running> letters() {
        Set<Running> letters = new LinkedHashSet<>();
        visit(part -> {
            List<Index> indices = new ArrayList<>();
            if (part instanceof Element element) {
                indices.addAll(List.of(element.row(), element.column()));
            } else if (part instanceof LossSlope slope) {
                indices.addAll(List.of(slope.by().row(), slope.by().column()));
            } else if (part instanceof Same same) {
                indices.addAll(List.of(same.a(), same.b()));
            } else if (part instanceof Sum sum) {
                indices.add(sum.over());
            }
            indices.forEach(index -> {
                if (index instanceof Running letter) {
                    letters.add(letter);
                }
            });
        });
        return letters;
    }

    /** Shows every part to {@code eye}, from the outside in. */
    default void visit(Consumer<Expression> eye) {
        eye.accept(this);
        map(part -> {
            part.visit(eye);
            return part;
        });
    }

    /** Whether {@code v} may be among the elements, whatever the letters stand for. */
    default boolean mayHold(Element v) {
        return elements().stream()
                .anyMatch(e -> e.of().equals(v.of())
                        && e.row().mayBe(v.row())
                        && e.column().mayBe(v.column()));
    }
}
