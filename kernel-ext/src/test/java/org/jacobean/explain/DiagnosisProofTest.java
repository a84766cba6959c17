package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/**
 * Every known mistake, made on 240 random layers, is named by its own name, or there is nothing to be named: it gives the
 * right gradient, or numbers that prove nothing. Wrong numbers without a reason get no name.
 */
class DiagnosisProofTest {

    private static final int CASES = 240;
    /** As {@link Evidence#TOLERANCE}, written anew: what differs by more is another number. */
    private static final double TOLERANCE = 1e-5;

    /** A layer, a pass and what came in; D is dL/df before a relu's mask, where there is one. */
    private record Case(
            Matrix x, Matrix w, Matrix b, Matrix dLdf, Matrix d, Matrix old, int r, int k, double c, Gradients grads) {

        int rows() {
            return x.rows();
        }

        int n() {
            return w.rows();
        }

        int m() {
            return w.columns();
        }

        Matrix f() {
            return grads.pass().output();
        }

        Matrix dLdx() {
            return dLdf.times(w.transpose());
        }

        Matrix dLdw() {
            return x.transpose().times(dLdf);
        }

        Matrix dLdb() {
            return dLdf.columnSums();
        }

        Matrix right(String role) {
            return gradient(role, x, w, dLdf);
        }

        /** The last row but {@code k}, going round. */
        int row(int k) {
            return (rows() - 1 + k) % rows();
        }
    }

    private static Matrix gradient(String role, Matrix x, Matrix w, Matrix dLdf) {
        return switch (role) {
            case "x" -> dLdf.times(w.transpose());
            case "w" -> x.transpose().times(dLdf);
            default -> dLdf.columnSums();
        };
    }

    /**
     * @param needed how many elements must differ from the right ones to prove it
     * @param fits the layers on which the mistake can be made
     * @param relu whether dL/df is D masked by f > 0
     * @param says what its sentence must contain
     */
    private record Mutation(
            String name,
            String role,
            Kind kind,
            Function<Case, Integer> needed,
            Predicate<Case> fits,
            boolean relu,
            Function<Case, Matrix> wrong,
            Function<Case, String> says) {

        Mutation on(Predicate<Case> layers) {
            return new Mutation(name, role, kind, needed, fits.and(layers), relu, wrong, says);
        }

        Mutation needing(int elements) {
            return new Mutation(name, role, kind, c -> elements, fits, relu, wrong, says);
        }

        /** Of so many that it takes a number of as many digits to tell which. */
        Mutation oneOf(Function<Case, Integer> count) {
            return new Mutation(
                    name, role, kind, c -> 1 + (int) Math.ceil(Math.log10(count.apply(c))), fits, relu, wrong, says);
        }

        Mutation behindRelu() {
            return new Mutation(name, role, kind, needed, fits.and(c -> !c.d.equals(c.dLdf)), true, wrong, says);
        }

        Mutation saying(Function<Case, String> words) {
            return new Mutation(name, role, kind, needed, fits, relu, wrong, words);
        }
    }

    private static Mutation of(String name, String role, Kind kind, Function<Case, Matrix> wrong) {
        return new Mutation(name, role, kind, c -> 1, c -> true, false, wrong, c -> "your dL/d" + role + " ");
    }

    private static List<Mutation> mutations() {
        List<Mutation> all = new ArrayList<>();
        for (String role : List.of("x", "w", "b")) {
            Function<Case, Matrix> right = c -> c.right(role);
            all.add(of("transposed", role, Kind.TRANSPOSED, right.andThen(Matrix::transpose)));
            all.add(of("sign flipped", role, Kind.SIGN, right.andThen(g -> g.scale(-1))));
            all.add(scaled("÷ N", role, Kind.DIVIDED_BY_ROWS, c -> 1.0 / c.rows()));
            all.add(scaled("× N", role, Kind.TIMES_ROWS, c -> 1.0 * c.rows()));
            all.add(scaled("÷ n", role, Kind.DIVIDED_BY_COUNT, c -> 1.0 / c.n()));
            all.add(scaled("÷ m", role, Kind.DIVIDED_BY_COUNT, c -> 1.0 / c.m()));
            all.add(scaled("÷ N·m", role, Kind.DIVIDED_BY_COUNT, c -> 1.0 / (c.rows() * c.m())));
            all.add(scaled("factor 2 missing", role, Kind.FACTOR_TWO, c -> 0.5));
            all.add(scaled("factor 2 doubled", role, Kind.FACTOR_TWO, c -> 2.0));
            all.add(scaled("accumulated k times", role, Kind.ACCUMULATED, c -> 1.0 * c.k())
                    .needing(2)
                    .saying(c -> c.k() + " times the right one"));
            all.add(scaled("another factor", role, Kind.FACTOR, c -> 1.37 + c.c())
                    .needing(2));
            all.add(scaled("sign and factor", role, Kind.SIGN_AND_FACTOR, c -> -1.37 - c.c())
                    .needing(2));
            all.add(scaled("sign and ÷ N", role, Kind.SIGN_AND_FACTOR, c -> -1.0 / c.rows())
                    .needing(2)
                    .on(c -> c.rows() > 1)
                    .saying(c -> "divided by " + c.rows() + ","));
            all.add(of("plus a constant", role, Kind.CONSTANT, c -> c.right(role)
                            .map(a -> a + 0.1 + c.c()))
                    .needing(3));
            all.add(of("all zero", role, Kind.ALL_ZERO, right.andThen(g -> g.scale(0))));
            all.add(of("masked by f > 0", role, Kind.MASKED, c -> gradient(role, c.x, c.w, masked(c.dLdf, c.f(), 1))));
            all.add(of("masked by f ≤ 0", role, Kind.MASKED, c -> gradient(role, c.x, c.w, masked(c.dLdf, c.f(), -1))));
            all.add(of(
                    "masked by dL/df > 0",
                    role,
                    Kind.MASKED,
                    c -> gradient(role, c.x, c.w, masked(c.dLdf, c.dLdf, 1))));
            all.add(of("mask missing", role, Kind.MASK_MISSING, c -> gradient(role, c.x, c.w, c.d))
                    .behindRelu());
            all.add(of("mask D > 0", role, Kind.MASK_WRONG_SIDE, c -> gradient(role, c.x, c.w, masked(c.d, c.d, 1)))
                    .behindRelu());
            all.add(of("mask f < 0", role, Kind.MASK_WRONG_SIDE, c -> gradient(role, c.x, c.w, masked(c.d, c.f(), -1)))
                    .behindRelu());
            all.add(of("mask x > 0", role, Kind.MASK_WRONG_SIDE, c -> gradient(role, c.x, c.w, masked(c.d, c.x, 1)))
                    .on(c -> c.n() == c.m())
                    .behindRelu());
            all.add(of("old dL/df", role, Kind.OLD_OPERAND, c -> gradient(role, c.x, c.w, c.d))
                    .saying(c -> "with D in the place of dL/df"));
            all.add(of("f for dL/df", role, Kind.MISPLACED, c -> gradient(role, c.x, c.w, c.f()))
                    .saying(c -> "with f in the place of dL/df"));
            all.add(of("x for dL/df", role, Kind.MISPLACED, c -> gradient(role, c.x, c.w, c.x))
                    .on(c -> role.equals("w") || role.equals("b") || c.n() == c.m())
                    .saying(c -> "with x in the place of dL/df"));
            for (String other : List.of("x", "w", "b")) {
                if (!other.equals(role)) {
                    all.add(of("it is dL/d" + other, role, Kind.ANOTHER_MATRIX, c -> c.right(other)));
                }
            }
            all.add(of("it is x", role, Kind.ANOTHER_MATRIX, Case::x));
            all.add(of("it is w", role, Kind.ANOTHER_MATRIX, Case::w));
            all.add(of("it is f", role, Kind.ANOTHER_MATRIX, Case::f));
            all.add(of("it is xᵀ", role, Kind.ANOTHER_MATRIX, c -> c.x.transpose()));
            all.add(of("it is wᵀ", role, Kind.ANOTHER_MATRIX, c -> c.w.transpose()));
            all.add(of("it is dL/dfᵀ", role, Kind.ANOTHER_MATRIX, c -> c.dLdf.transpose()));
            elementWise(all, role, "x∘w", Case::x, Case::w);
            elementWise(all, role, "x∘dL/df", Case::x, Case::dLdf);
            elementWise(all, role, "w∘dL/df", Case::w, Case::dLdf);
            inPart(all, role);
            all.add(scaled("÷ N²", role, Kind.DIVIDED_BY_ROWS, c -> 1.0 / c.rows() / c.rows())
                    .saying(c -> c.rows() == 1 ? "rows" : "the number of rows twice"));
            for (String how : List.of("÷ N", "sign", "× 1.37", "× -1.37")) {
                Function<Case, Double> factor = c -> switch (how) {
                    case "÷ N" -> 1.0 / c.rows();
                    case "sign" -> -1.0;
                    case "× 1.37" -> 1.37 + c.c();
                    default -> -1.37 - c.c();
                };
                all.add(of("transposed and " + how, role, Kind.TRANSPOSED_AND_FACTOR, c -> c.right(role)
                                .transpose()
                                .scale(factor.apply(c)))
                        .needing(2)
                        .on(c -> factor.apply(c) != 1
                                && c.right(role).rows() * c.right(role).columns() > 1)
                        .saying(c -> how.equals("÷ N")
                                ? "transposed and divided by " + c.rows() + ","
                                : how.equals("sign") ? "transposed and with its sign" : "transposed and times "));
            }
            if (!role.equals("b")) {
                all.add(of(
                                "output left out",
                                role,
                                Kind.OUTPUT_LEFT_OUT,
                                c -> gradient(role, c.x, c.w, ofOutput(c, false)))
                        .oneOf(Case::m)
                        .on(c -> c.m() > 2)
                        .saying(c -> "leaves out output " + (c.k % c.m() + 1)));
                all.add(of("in a row", role, Kind.RESHAPED, c -> inARow(c.right(role)))
                        .on(c -> c.right(role).rows() > 1 && c.right(role).columns() > 1));
                all.add(of(
                                "in a row, by columns",
                                role,
                                Kind.RESHAPED,
                                c -> inARow(c.right(role).transpose()))
                        .on(c -> c.right(role).rows() > 1 && c.right(role).columns() > 1));
                all.add(exchanged("two rows", role, c -> c.right(role)));
            }
            all.add(exchanged("two columns", role, c -> c.right(role).transpose()));
            all.add(of("one output only", role, Kind.ONE_OUTPUT, c -> gradient(role, c.x, c.w, ofOutput(c, true)))
                    .oneOf(Case::m)
                    .on(c -> c.m() > 1)
                    .saying(c -> "is that of output " + (c.k % c.m() + 1)));
            all.add(of(
                            "one row's dL/df in all",
                            role,
                            Kind.ONE_ROW,
                            c -> gradient(
                                    role, c.x, c.w, Matrix.ones(c.rows(), 1).times(c.dLdf.row(c.r))))
                    .needing(2)
                    .on(c -> c.rows() > 1)
                    .saying(c -> "computed with the dL/df of row " + (c.r + 1)));
        }
        for (String role : List.of("w", "b")) {
            for (boolean last : new boolean[] {false, true}) {
                Function<Case, Integer> r = c -> last ? c.rows() - 1 : c.r;
                String which = last ? "the last row" : "one row";
                all.add(of(which + " only", role, Kind.ONE_ROW, c -> part(role, c, r.apply(c)))
                        .needing(2)
                        .on(c -> c.rows() > 1)
                        .saying(c -> "is that of row " + (r.apply(c) + 1)));
                all.add(of(which + " left out", role, Kind.ROW_LEFT_OUT, c -> c.right(role)
                                .minus(part(role, c, r.apply(c))))
                        .needing(2)
                        .on(c -> c.rows() > 2)
                        .saying(c -> "leaves out row " + (r.apply(c) + 1)));
            }
            all.add(of("a row counted twice", role, Kind.ROW_TWICE, c -> c.right(role)
                            .plus(part(role, c, c.r)))
                    .needing(2)
                    .on(c -> c.rows() > 1)
                    .saying(c -> "counts row " + (c.r + 1)));
            all.add(of("two rows left out", role, Kind.TWO_ROWS_LEFT_OUT, c -> c.right(role)
                            .minus(part(role, c, c.row(0)))
                            .minus(part(role, c, c.row(1))))
                    .oneOf(c -> c.rows() * (c.rows() - 1) / 2)
                    .on(c -> c.rows() > 3 && c.x.stream().allMatch(a -> a != 0))
                    .saying(c -> "leaves out rows 1 and " + c.rows()));
            all.add(of("it is dL/df", role, role.equals("b") ? Kind.NOT_SUMMED : Kind.ANOTHER_MATRIX, Case::dLdf));
        }
        for (String role : List.of("x", "w")) {
            for (int by : new int[] {-1, 1}) {
                String which = by < 0 ? "before" : "behind";
                all.add(of("the row " + which, role, Kind.ROWS_SHIFTED, c -> gradient(role, c.x, c.w, rolled(c.dLdf, by)))
                        .oneOf(c -> 4)
                        .on(c -> c.rows() > 2)
                        .saying(c -> "with the dL/df of the row " + which + " it"));
            }
        }
        all.add(of("the row behind, cut", "w", Kind.ROWS_SHIFTED, c -> c.x.rows(0, c.rows() - 1)
                        .transpose()
                        .times(c.dLdf.rows(1, c.rows())))
                .oneOf(c -> 4)
                .on(c -> c.rows() > 2)
                .saying(c -> "with the dL/df of the row behind it"));
        all.add(of("the row before, cut", "w", Kind.ROWS_SHIFTED, c -> c.x.rows(1, c.rows())
                        .transpose()
                        .times(c.dLdf.rows(0, c.rows() - 1)))
                .oneOf(c -> 4)
                .on(c -> c.rows() > 2)
                .saying(c -> "with the dL/df of the row before it"));
        all.add(of("one row only", "x", Kind.ONE_ROW, c -> c.dLdx().row(c.r))
                .needing(2)
                .on(c -> c.rows() > 1)
                .saying(c -> "is that of row " + (c.r + 1)));
        all.add(of(
                        "one row left out",
                        "x",
                        Kind.ROW_LEFT_OUT,
                        c -> each(c.dLdx(), (i, j) -> i == c.r ? 0 : c.dLdx().get((int) i, (int) j)))
                .needing(2)
                .on(c -> c.rows() > 2)
                .saying(c -> "leaves out row " + (c.r + 1)));
        all.add(of("one row in every row", "x", Kind.ONE_ROW, c -> Matrix.ones(c.rows(), 1)
                        .times(c.dLdx().row(c.r)))
                .needing(2)
                .on(c -> c.rows() > 1)
                .saying(c -> "of row " + (c.r + 1)));
        all.add(of("it is dL/df", "x", Kind.ANOTHER_MATRIX, Case::dLdf));
        all.add(of("masked by x > 0", "x", Kind.MASKED, c -> masked(c.dLdx(), c.x, 1)));
        all.add(of("summed", "x", Kind.SUMMED, c -> c.dLdx().columnSums()));
        all.add(of("summed, in every row", "x", Kind.SUMMED, c -> Matrix.ones(c.rows(), 1)
                .times(c.dLdx().columnSums())));
        all.add(of("w not transposed", "x", Kind.NOT_TRANSPOSED, c -> c.dLdf.times(c.w))
                .on(c -> c.n() == c.m()));
        all.add(of("old w", "x", Kind.OLD_OPERAND, c -> c.dLdf.times(c.old.transpose()))
                .saying(c -> "with oldW in the place of w"));
        all.add(of("dL/df for w", "x", Kind.MISPLACED, c -> c.dLdf.times(c.dLdf.transpose())));
        all.add(of("w·dL/dfᵀ", "x", Kind.TRANSPOSED, c -> c.w.times(c.dLdf.transpose())));
        all.add(of("sums multiplied", "w", Kind.SUMMED, c -> c.x.columnSums()
                .transpose()
                .times(c.dLdf.columnSums())));
        all.add(of("x not transposed", "w", Kind.NOT_TRANSPOSED, c -> c.x.times(c.dLdf))
                .on(c -> c.n() == c.rows()));
        all.add(of("swapped: dL/dfᵀ·x", "w", Kind.TRANSPOSED, c -> c.dLdf.transpose()
                .times(c.x)));
        all.add(of("dL/df for x", "w", Kind.MISPLACED, c -> c.dLdf.transpose().times(c.dLdf))
                .saying(c -> "with dL/df in the place of x"));
        all.add(of("f for x", "w", Kind.MISPLACED, c -> c.f().transpose().times(c.dLdf))
                .saying(c -> "with f in the place of x"));
        all.add(of(
                        "old x",
                        "w",
                        Kind.OLD_OPERAND,
                        c -> c.old.row(0).get(0, 0) == 0
                                ? c.dLdw()
                                : oldX(c).transpose().times(c.dLdf))
                .saying(c -> "with oldX in the place of x"));
        all.add(of("summed, one number", "b", Kind.SUMMED, c -> Matrix.row(c.dLdf.sum())));
        all.add(of("summed, in every element", "b", Kind.SUMMED, c -> Matrix.ones(1, c.m())
                .scale(c.dLdf.sum())));
        return all;
    }

    /** As np.roll(a, −by, 0). */
    private static Matrix rolled(Matrix a, int by) {
        return each(a, (i, j) -> a.get(Math.floorMod((int) i + by, a.rows()), (int) j));
    }

    /** dL/df with only one output, or with only the others. */
    private static Matrix ofOutput(Case c, boolean only) {
        return each(c.dLdf, (i, j) -> (j == c.k % c.m()) == only ? c.dLdf.get((int) i, (int) j) : 0);
    }

    private static Matrix inARow(Matrix a) {
        return Matrix.row(a.stream().toArray());
    }

    /** The first and the last row, or those of the transpose; of two elements that are alike nothing is to be told. */
    private static Mutation exchanged(String what, String role, Function<Case, Matrix> of) {
        boolean columns = what.equals("two columns");
        return of(what + " exchanged", role, Kind.EXCHANGED, c -> {
                    Matrix a = of.apply(c);
                    int last = a.rows() - 1;
                    Matrix turned = each(a, (i, j) -> a.get(i == 0 ? last : i == last ? 0 : (int) i, (int) j));
                    return columns ? turned.transpose() : turned;
                })
                .needing(2)
                .on(c -> of.apply(c).rows() > 1)
                .saying(c -> (columns ? "has columns 1 and " : "has rows 1 and ")
                        + of.apply(c).rows());
    }

    private static Mutation scaled(String name, String role, Kind kind, Function<Case, Double> factor) {
        return of(name, role, kind, c -> c.right(role).scale(factor.apply(c)));
    }

    /** With each operand as it is and transposed, wherever the shapes are equal or broadcast. */
    private static void elementWise(
            List<Mutation> all, String role, String name, Function<Case, Matrix> a, Function<Case, Matrix> b) {
        for (int turns = 0; turns < 4; turns++) {
            boolean left = turns / 2 == 1;
            boolean right = turns % 2 == 1;
            Function<Case, Matrix> l = left ? a.andThen(Matrix::transpose) : a;
            Function<Case, Matrix> r = right ? b.andThen(Matrix::transpose) : b;
            String[] operands = name.split("∘");
            all.add(of(
                            operands[0] + (left ? "ᵀ∘" : "∘") + operands[1] + (right ? "ᵀ" : ""),
                            role,
                            Kind.ELEMENT_WISE,
                            c -> broadcast(l.apply(c), r.apply(c)))
                    .on(c -> fit(l.apply(c).rows(), r.apply(c).rows())
                            && fit(l.apply(c).columns(), r.apply(c).columns())));
        }
    }

    private static boolean fit(int a, int b) {
        return a == b || a == 1 || b == 1;
    }

    private static Matrix broadcast(Matrix a, Matrix b) {
        return each(
                Math.max(a.rows(), b.rows()),
                Math.max(a.columns(), b.columns()),
                (i, j) -> a.get((int) i % a.rows(), (int) j % a.columns())
                        * b.get((int) i % b.rows(), (int) j % b.columns()));
    }

    private static void inPart(List<Mutation> all, String role) {
        if (!role.equals("b")) {
            all.add(of("one row wrong", role, Kind.IN_PART, c -> spoilt(c.right(role), (i, j) -> i == 0))
                    .on(c -> c.right(role).rows() > 1)
                    .saying(c -> c.right(role).columns() == 1 ? "[1,1]" : "but for row 1:"));
        }
        all.add(of("one column wrong", role, Kind.IN_PART, c -> spoilt(c.right(role), (i, j) -> j == 0))
                .on(c -> c.right(role).columns() > 1)
                .saying(c -> c.right(role).rows() == 1 ? "[1]" : "but for column 1:"));
        all.add(of("one element wrong", role, Kind.IN_PART, c -> spoilt(c.right(role), (i, j) -> i + j == 0))
                .on(c -> c.right(role).columns() * c.right(role).rows() > 1)
                .saying(c -> c.right(role).rows() == 1 ? "[1]" : "[1,1]"));
    }

    private interface Where {
        boolean is(int i, int j);
    }

    private static Matrix spoilt(Matrix a, Where where) {
        Random random = new Random(a.hashCode());
        return each(a, (i, j) -> a.get((int) i, (int) j) + (where.is((int) i, (int) j) ? 1 + random.nextDouble() : 0));
    }

    private static Matrix oldX(Case c) {
        return Matrix.normal(c.rows(), c.n(), c.k).named("oldX");
    }

    private static Matrix part(String role, Case c, int row) {
        return gradient(role, c.x.row(row), c.w, c.dLdf.row(row));
    }

    /** A where the sign of {@code by} is {@code sign}; for −1 also where it is 0, which f never is here. */
    private static Matrix masked(Matrix a, Matrix by, int sign) {
        return each(a, (i, j) -> (by.get((int) i, (int) j) > 0) == (sign > 0) ? a.get((int) i, (int) j) : 0);
    }

    private static Matrix each(Matrix shape, DoubleBinaryOperator entry) {
        return each(shape.rows(), shape.columns(), entry);
    }

    private static Matrix each(int rows, int columns, DoubleBinaryOperator entry) {
        double[][] entries = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                entries[i][j] = entry.applyAsDouble(i, j);
            }
        }
        return Matrix.of(entries);
    }

    /** Any N, n and m from 1 to 6, a third of them with two or three equal; every fourth x is what a relu put out. */
    private static Case layer(long seed, boolean relu) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(6);
        int n = 1 + random.nextInt(6);
        int m = random.nextInt(3) == 0 ? n : 1 + random.nextInt(6);
        if (random.nextInt(6) == 0) {
            rows = n;
        }
        Matrix x = Matrix.normal(rows, n, random.nextLong());
        if (random.nextInt(4) == 0) {
            x = x.map(a -> Math.max(0, a));
        }
        Matrix w = Matrix.normal(n, m, random.nextLong());
        Matrix b = Matrix.normal(1, m, random.nextLong());
        Matrix d = Matrix.normal(rows, m, random.nextLong()).named("D");
        Matrix old = Matrix.normal(n, m, random.nextLong()).named("oldW");
        Forward pass = new Linear(w, b).forward(x);
        Matrix dLdf = relu ? masked(d, pass.output(), 1) : Matrix.normal(rows, m, random.nextLong());
        return new Case(
                x,
                w,
                b,
                dLdf,
                d,
                old,
                random.nextInt(rows),
                2 + random.nextInt(20),
                random.nextDouble() / 2,
                pass.backward(dLdf));
    }

    private record Figures(int named, int equal, int noEvidence) {}

    private static Figures figures(Mutation mutation) {
        int named = 0;
        int equal = 0;
        int noEvidence = 0;
        long first = mutation.name.hashCode();
        for (long seed = first; named + equal + noEvidence < CASES && seed < first + 100_000; seed++) {
            Case c = layer(seed, mutation.relu);
            if (!mutation.fits.test(c)) {
                continue;
            }
            Matrix wrong = mutation.wrong.apply(c);
            Diagnosis diagnosis = Diagnosis.of(c.grads, mutation.role, wrong).against(c.old, null, c.d, oldX(c), c.w);
            boolean isNamed = isNamed(mutation, c, diagnosis);
            int telling = telling(c.right(mutation.role), wrong);
            String where = mutation.name + " of dL/d" + mutation.role + ", seed " + seed + ": " + wrong + " for "
                    + c.right(mutation.role) + ": " + diagnosis;
            if (telling == 0 && wrong.shape().equals(c.right(mutation.role).shape())) {
                equal++;
                assertTrue(diagnosis.right(), where);
                assertEquals(List.of(), diagnosis.findings(), where);
            } else if (proves(mutation, c, wrong, telling)) {
                named++;
                assertTrue(isNamed, where);
            } else {
                noEvidence++;
                assertTrue(!isNamed, where);
            }
        }
        return new Figures(named, equal, noEvidence);
    }

    /**
     * The rule: enough elements that differ from the right ones (from 0, where the shapes differ). All zero proves only
     * that; to be right in part is to be right in half of the elements, one of which is not 0.
     */
    private static boolean proves(Mutation mutation, Case c, Matrix wrong, int telling) {
        if (mutation.kind == Kind.IN_PART) {
            Matrix right = c.right(mutation.role);
            int all = right.rows() * right.columns();
            return 2 * telling <= all
                    && each(
                                            right,
                                            (i, j) -> right.get((int) i, (int) j) == wrong.get((int) i, (int) j)
                                                            && right.get((int) i, (int) j) != 0
                                                    ? 1
                                                    : 0)
                                    .sum()
                            > 0;
        }
        boolean zero = wrong.stream().allMatch(a -> a == 0);
        // Three candidates are tried, c.w being the pass's own: one of three needs one element more.
        int candidates = List.of(Kind.OLD_OPERAND, Kind.MASK_MISSING, Kind.MASK_WRONG_SIDE)
                        .contains(mutation.kind)
                ? 1
                : 0;
        return telling >= mutation.needed.apply(c) + candidates && (!zero || mutation.kind == Kind.ALL_ZERO);
    }

    private static int telling(Matrix right, Matrix wrong) {
        boolean same = right.shape().equals(wrong.shape());
        double size = rms(same ? right : wrong);
        int count = 0;
        for (int i = 0; i < wrong.rows(); i++) {
            for (int j = 0; j < wrong.columns(); j++) {
                double a = wrong.get(i, j);
                double b = same ? right.get(i, j) : 0;
                count += Math.abs(a - b) > TOLERANCE * Math.max(size, Math.max(Math.abs(a), Math.abs(b))) ? 1 : 0;
            }
        }
        return count;
    }

    private static double rms(Matrix a) {
        return Math.sqrt(a.hadamard(a).mean());
    }

    @Test
    void everyMistakeIsNamed() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-8s%-28s%8s%8s%8s%14s%n", "", "mistake", "cases", "named", "equal", "no evidence"));
        int named = 0;
        int total = 0;
        List<Mutation> mutations = mutations();
        for (Mutation mutation : mutations) {
            Figures figures = figures(mutation);
            assertEquals(CASES, figures.named + figures.equal + figures.noEvidence, mutation.name);
            assertTrue(figures.named > 0, mutation.name + " of dL/d" + mutation.role + " was never named");
            named += figures.named;
            total += CASES;
            table.append(String.format(
                    Locale.ROOT,
                    "%-8s%-28s%8d%8d%8d%14d%n",
                    "dL/d" + mutation.role,
                    mutation.name,
                    CASES,
                    figures.named,
                    figures.equal,
                    figures.noEvidence));
        }
        System.out.print(table);
        System.out.println(mutations.size() + " mistakes, " + total + " cases, " + named + " named");
    }

    @Test
    void numbersWithoutAReasonGetNoName() {
        int named = 0;
        for (long seed = 1; seed <= 2000; seed++) {
            Case c = layer(seed, seed % 2 == 0);
            String role = List.of("x", "w", "b").get((int) (seed % 3));
            Matrix right = c.right(role);
            Matrix wrong = Matrix.normal(right.rows(), right.columns(), -seed);
            Diagnosis diagnosis = Diagnosis.of(c.grads, role, wrong).against(c.old, c.d, oldX(c));
            assertTrue(!diagnosis.right(), () -> "seed: " + right + " " + wrong);
            named += diagnosis.findings().size();
        }
        assertEquals(0, named);
        System.out.println("2,000 random wrong gradients, " + named + " named");
    }

    /**
     * Four decimals, as PyTorch prints: what proves a mistake proves it to these, with more elements; nothing else is named.
     */
    @Test
    void roundedNumbersAreNamedOrProveNothing() {
        int right = 0;
        int named = 0;
        int noEvidence = 0;
        int total = 0;
        for (Mutation mutation : mutations()) {
            long first = mutation.name.hashCode();
            int done = 0;
            for (long seed = first; done < CASES / 4; seed++) {
                Case c = layer(seed, mutation.relu);
                if (!mutation.fits.test(c)) {
                    continue;
                }
                done++;
                total++;
                Matrix its = c.right(mutation.role);
                Matrix wrong = rounded(mutation.wrong.apply(c));
                Diagnosis diagnosis =
                        Diagnosis.of(c.grads, mutation.role, wrong).against(c.old, null, c.d, oldX(c), c.w);
                boolean isNamed = isNamed(mutation, c, diagnosis);
                String where = mutation.name + " of dL/d" + mutation.role + ", seed " + seed + ": " + wrong + " for "
                        + its + ": " + diagnosis;
                if (wrong.shape().equals(its.shape()) && largest(wrong.minus(its)) <= 0.5e-4) {
                    right++;
                    assertTrue(diagnosis.right() || rms(wrong) < 100 * half(wrong), where);
                } else if (provesRounded(mutation, c, wrong)) {
                    named++;
                    assertTrue(isNamed, where);
                } else if (isNamed) {
                    named++;
                } else {
                    noEvidence++;
                }
            }
        }
        System.out.println(total + " cases rounded to 4 decimals: " + named + " named, " + right + " right, "
                + noEvidence + " without evidence");
    }

    /** As many digits as without rounding, 5 for each element: of elements that are off by 100 times the rounding. */
    private static boolean provesRounded(Mutation mutation, Case c, Matrix wrong) {
        Matrix right = c.right(mutation.role);
        boolean same = wrong.shape().equals(right.shape());
        double half = half(wrong);
        double digits = Math.log10(rms(wrong) / half);
        if (digits < 2 || mutation.kind == Kind.IN_PART || wrong.stream().allMatch(a -> a == 0)) {
            return false;
        }
        long telling = (long) each(
                        wrong,
                        (i, j) -> Math.abs(wrong.get((int) i, (int) j) - (same ? right.get((int) i, (int) j) : 0))
                                        > Math.max(101 * half, 2e-3 * rms(same ? right : wrong))
                                ? 1
                                : 0)
                .sum();
        int candidates = List.of(Kind.OLD_OPERAND, Kind.MASK_MISSING, Kind.MASK_WRONG_SIDE)
                        .contains(mutation.kind)
                ? 1
                : 0;
        return telling >= Math.ceil((mutation.needed.apply(c) + candidates) * Math.max(1, 5 / digits));
    }

    private static boolean isNamed(Mutation mutation, Case c, Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .anyMatch(finding -> finding.kind() == mutation.kind
                        && finding.mistake().concat(":").contains(mutation.says.apply(c)));
    }

    private static double largest(Matrix a) {
        return a.stream().map(Math::abs).max().orElseThrow();
    }

    /** Half a unit of the last decimal; by chance the fourth of all may be 0. */
    private static double half(Matrix rounded) {
        int places = rounded.stream()
                .mapToInt(a ->
                        a == 0 ? 0 : BigDecimal.valueOf(a).stripTrailingZeros().scale())
                .max()
                .orElseThrow();
        return 0.5 * Math.pow(10, -Math.max(0, places));
    }

    private static Matrix rounded(Matrix a) {
        return a.map(entry -> Math.rint(entry * 1e4) / 1e4);
    }

    @Test
    void roundedNumbersWithoutAReasonGetNoName() {
        int named = 0;
        for (long seed = 1; seed <= 500; seed++) {
            Case c = layer(seed, seed % 2 == 0);
            String role = List.of("x", "w", "b").get((int) (seed % 3));
            Matrix right = c.right(role);
            Matrix wrong = rounded(Matrix.normal(right.rows(), right.columns(), -seed));
            Diagnosis diagnosis = Diagnosis.of(c.grads, role, wrong).against(c.old, c.d, oldX(c));
            assertTrue(!diagnosis.right(), () -> right + " " + wrong);
            named += diagnosis.findings().size();
        }
        assertEquals(0, named);
        System.out.println("500 random wrong gradients of 4 decimals, " + named + " named");
    }
}
