package org.jacobean.layer;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Spelling;
import org.jacobean.matrix.Visible;

/** The matrices that a layer is given, and the names by which a person asks for them. */
final class Operands {

    /** {@code dl/dw}, {@code dw}, {@code ∂L/∂w}, {@code grad_w}, {@code w.grad}. */
    private static final Pattern GRADIENT =
            Pattern.compile("(?:d\\w*/d|∂\\w*/∂|grad_?|∇_?|d)(\\w+)|(\\w+?)[._]grad", Pattern.CASE_INSENSITIVE);

    private Operands() {}

    static Matrix require(String role, Matrix operand, String whose) {
        if (operand == null) {
            throw new IllegalArgumentException(role + " of " + whose + " is null; did the cell that declares it fail?");
        }
        return operand;
    }

    /**
     * The role that {@code name} means among {@code operands}: {@code w}, or {@code w1} where that is the variable's name. A
     * role comes before a variable's name.
     */
    static String role(String name, Map<String, Matrix> operands, String whose) {
        if (operands.containsKey(name)) {
            return name;
        }
        List<String> named = operands.entrySet().stream()
                .filter(operand -> operand.getValue().name().equals(Optional.of(name)))
                .map(Map.Entry::getKey)
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new IllegalArgumentException(whose + " have more than one " + name + ": it is "
                    + String.join(" and ", named) + "; ask for one of these");
        }
        Set<String> known = new LinkedHashSet<>();
        operands.forEach((role, operand) ->
                known.add(operand.label(role).equals(role) ? role : role + " (" + operand.label(role) + ")"));
        throw new IllegalArgumentException(
                whose + " have no " + Visible.quoted(name) + "; they have " + list(known) + near(name, operands));
    }

    /** {@code ; did you mean w1?}, or {@code ; did you mean dL/dw1?} for what others call a gradient. */
    private static String near(String name, Map<String, Matrix> operands) {
        Set<String> names = new LinkedHashSet<>(operands.keySet());
        operands.forEach((role, operand) -> names.add(operand.label(role)));
        Matcher gradient = GRADIENT.matcher(name);
        if (gradient.matches() && !name.startsWith("dL/d")) {
            String of = Stream.of(gradient.group(1), gradient.group(2))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            Optional<String> meant = Spelling.nearest(of, names);
            if (meant.isPresent()) {
                return "; did you mean dL/d" + meant.get() + "?";
            }
        }
        return Spelling.didYouMean(name, names);
    }

    /** What a formula's variables hold in a pass; N, n and m are its rows, inputs and outputs. */
    static Values values(Forward pass, Matrix dLdf) {
        Map<String, Matrix> matrices = new HashMap<>(pass.operands());
        matrices.put("f", pass.output());
        if (dLdf != null) {
            matrices.put("dL/df", dLdf);
        }
        return values(
                matrices,
                pass.input().rows(),
                pass.layer().inputs(),
                pass.layer().outputs());
    }

    static Values values(Map<String, Matrix> matrices, int rows, int inputs, int outputs) {
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return matrices.get(variable).get(row - 1, column - 1);
            }

            @Override
            public int size(String name) {
                return switch (name) {
                    case "N" -> rows;
                    case "n" -> inputs;
                    case "m" -> outputs;
                    default -> throw new IllegalArgumentException("a formula's sizes are N, n and m, not " + name);
                };
            }
        };
    }

    /** {@code f[2,1]}, or {@code y[3]} of a vector; row and column counted from 0. */
    static String element(String name, Matrix matrix, int row, int column) {
        return name + "[" + (matrix.rows() == 1 ? "" : row + 1 + ",") + (column + 1) + "]";
    }

    /** {@code f[2,1] is NaN}, of the first entry that is NaN or infinite, if there is one. */
    static Optional<String> notFinite(String name, Matrix matrix) {
        if (matrix.isFinite()) {
            return Optional.empty();
        }
        int first = (int) matrix.stream().takeWhile(Double::isFinite).count();
        int row = first / matrix.columns();
        int column = first % matrix.columns();
        return Optional.of(element(name, matrix, row, column) + " is " + number(matrix.get(row, column)));
    }

    /** {@code 1 input}, {@code 3 inputs}. */
    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    static String number(double number) {
        return Double.isInfinite(number)
                ? number > 0 ? "∞" : "-∞"
                : Double.toString(number).replaceFirst("\\.0$", "");
    }

    /** {@code x, w and b}. */
    static String list(Collection<String> words) {
        String all = String.join(", ", words);
        int comma = all.lastIndexOf(", ");
        return comma < 0 ? all : all.substring(0, comma) + " and " + all.substring(comma + 2);
    }
}
