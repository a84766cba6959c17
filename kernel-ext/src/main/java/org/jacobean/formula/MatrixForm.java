package org.jacobean.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Max;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Index.Running;

/**
 * All elements of an expression at once, as matrices: {@code Σⱼ dL/df[r,j]·w[i,j]} for all r and i is dL/df·wᵀ. A sum over
 * an index of two factors is a product of matrices; which stands left, and which is transposed, follows from the indices.
 */
public sealed interface MatrixForm {

    /** A matrix, or its transpose; its own shape in letters, before it is transposed. */
    record Factor(String name, boolean transposed, String rows, String columns) implements MatrixForm {}

    /** left·right. */
    record Product(Factor left, Factor right) implements MatrixForm {}

    /** The sums of the columns of a matrix. */
    record ColumnSums(Factor of) implements MatrixForm {}

    /** A sum of matrices; one of a single row is added to every row. */
    record Terms(List<MatrixForm> terms) implements MatrixForm {}

    /** A function of every entry. */
    record Entrywise(String before, MatrixForm of, String after) implements MatrixForm {}

    /** What {@code e} is for every row and column, where it is something that has a name. */
    static Optional<MatrixForm> of(Expression e, Index row, Index column) {
        return Optional.ofNullable(find(e, row, column));
    }

    private static MatrixForm find(Expression e, Index row, Index column) {
        if (e instanceof Plus plus) {
            List<MatrixForm> terms = new ArrayList<>();
            for (Expression term : plus.terms()) {
                MatrixForm form = find(term, row, column);
                if (form == null) {
                    return null;
                }
                terms.add(form);
            }
            return new Terms(terms);
        } else if (e instanceof Sum sum) {
            return sum(sum, row, column);
        } else if (e instanceof Max max
                && max.first() instanceof Constant floor
                && floor.value() == (int) floor.value()) {
            MatrixForm inner = find(max.second(), row, column);
            return inner == null ? null : new Entrywise("max(" + (int) floor.value() + ", ", inner, ")");
        }
        return factor(e, row, column).filter(f -> !f.transposed()).orElse(null);
    }

    private static MatrixForm sum(Sum sum, Index row, Index column) {
        if (sum.term() instanceof Times times && times.factors().size() == 2) {
            Expression a = times.factors().get(0);
            Expression b = times.factors().get(1);
            Optional<MatrixForm> straight = product(a, b, sum.over(), row, column);
            return straight.or(() -> product(b, a, sum.over(), row, column)).orElse(null);
        }
        Optional<Factor> summed = factor(sum.term(), sum.over(), column);
        return summed.filter(f -> !f.transposed()).map(ColumnSums::new).orElse(null);
    }

    private static Optional<MatrixForm> product(Expression a, Expression b, Running over, Index row, Index column) {
        Optional<Factor> left = factor(a, row, over);
        Optional<Factor> right = factor(b, over, column);
        return left.isPresent() && right.isPresent()
                ? Optional.of(new Product(left.get(), right.get()))
                : Optional.empty();
    }

    /** {@code e} as an element in that row and column of a matrix or of its transpose. */
    private static Optional<Factor> factor(Expression e, Index row, Index column) {
        String name = e instanceof Element element
                ? element.of()
                : e instanceof LossSlope slope ? "dL/d" + slope.by().of() : null;
        if (name == null) {
            return Optional.empty();
        }
        Element at = e instanceof Element element ? element : ((LossSlope) e).by();
        boolean straight = isAt(at.row(), row) && at.column().equals(column);
        boolean turned = at.row().equals(column) && at.column().equals(row);
        return straight || turned
                ? Optional.of(new Factor(name, !straight, size(at.row()), size(at.column())))
                : Optional.empty();
    }

    /** The one row of a vector stands in every row. */
    private static boolean isAt(Index own, Index row) {
        return own.equals(row) || own.equals(Index.at(1));
    }

    private static String size(Index index) {
        return index instanceof Running running ? running.size() : "1";
    }

    /** {@code dL/df·wᵀ}, with the names that {@code notation} gives. */
    default String text(Notation notation) {
        if (this instanceof Factor factor) {
            return name(factor, notation) + (factor.transposed() ? "ᵀ" : "");
        } else if (this instanceof Product product) {
            return product.left().text(notation) + "·" + product.right().text(notation);
        } else if (this instanceof ColumnSums sums) {
            return "column sums of " + sums.of().text(notation);
        } else if (this instanceof Terms terms) {
            return terms.terms().stream().map(t -> t.text(notation)).collect(Collectors.joining(" + "));
        }
        Entrywise entrywise = (Entrywise) this;
        return entrywise.before() + entrywise.of().text(notation) + entrywise.after();
    }

    /** The same in LaTeX. */
    default String latex(Notation notation) {
        if (this instanceof Factor factor) {
            String name = name(factor, notation);
            String bare = factor.name().startsWith("dL/d")
                    ? "\\frac{dL}{d" + Notation.latexName(name.substring("dL/d".length())) + "}"
                    : Notation.latexName(name);
            return factor.transposed() ? "{" + bare + "}^{\\mathsf T}" : bare;
        } else if (this instanceof Product product) {
            return product.left().latex(notation) + " \\cdot " + product.right().latex(notation);
        } else if (this instanceof ColumnSums sums) {
            return "\\text{column sums of } " + sums.of().latex(notation);
        } else if (this instanceof Terms terms) {
            return terms.terms().stream().map(t -> t.latex(notation)).collect(Collectors.joining(" + "));
        }
        Entrywise entrywise = (Entrywise) this;
        return entrywise.before().replace("max", "\\max") + entrywise.of().latex(notation) + entrywise.after();
    }

    /** The shapes in letters: {@code (N×m)·(m×n)}. */
    default String shapes() {
        if (this instanceof Factor factor) {
            return factor.transposed()
                    ? "(" + factor.columns() + "×" + factor.rows() + ")"
                    : "(" + factor.rows() + "×" + factor.columns() + ")";
        } else if (this instanceof Product product) {
            return product.left().shapes() + "·" + product.right().shapes();
        } else if (this instanceof ColumnSums sums) {
            return sums.of().shapes() + " → (1×" + sums.of().columns() + ")";
        } else if (this instanceof Terms terms) {
            return terms.terms().stream().map(MatrixForm::shapes).collect(Collectors.joining(" + "));
        }
        return ((Entrywise) this).of().shapes();
    }

    private static String name(Factor factor, Notation notation) {
        return factor.name().startsWith("dL/d")
                ? "dL/d" + notation.name(factor.name().substring("dL/d".length()))
                : notation.name(factor.name());
    }
}
