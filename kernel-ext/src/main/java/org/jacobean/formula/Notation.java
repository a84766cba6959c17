package org.jacobean.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jacobean.formula.Expression.Above;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Exp;
import org.jacobean.formula.Expression.Log;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Max;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Power;
import org.jacobean.formula.Expression.Same;
import org.jacobean.formula.Expression.Slope;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Expression.Times;

/**
 * How expressions are written: {@code Σⱼ dL/df[j]·w[1,j]} as text, the same as LaTeX.
 *
 * @param names what a variable is called, where it has a name of its own: w as {@code w1}
 * @param vectors the variables of one row, whose elements have one index: {@code b[2]}
 * @param numbers how a number is written
 */
public record Notation(Map<String, String> names, Set<String> vectors, DoubleFunction<String> numbers) {

    private static final String LETTERS_BELOW = "ijkmnprst";
    private static final String BELOW = "ᵢⱼₖₘₙₚᵣₛₜ";

    /** As text for a terminal. */
    public String text(Expression e) {
        return new Writer(false).of(e);
    }

    /** As LaTeX, for math mode. */
    public String latex(Expression e) {
        return new Writer(true).of(e);
    }

    /** What a variable is called. */
    public String name(String variable) {
        return names.getOrDefault(variable, variable);
    }

    /**
     * A variable's name in LaTeX: more than one letter upright, as one word. What LaTeX would take for a command is shown.
     */
    public static String latexName(String name) {
        String escaped = name.replaceAll("[\\p{Cntrl}\\s]+", "~")
                .replaceAll("([_$#%&{}])", "\\\\$1")
                .replaceAll("\\\\(?![_$#%&{}])", "\\\\backslash ")
                .replace("^", "\\wedge ");
        return name.length() == 1 ? escaped : "\\mathrm{" + escaped + "}";
    }

    /** A number as {@link #numbers} writes it, for LaTeX. */
    public static String latexNumber(String text) {
        return switch (text) {
            case "∞" -> "\\infty";
            case "-∞" -> "-\\infty";
            case "NaN" -> "\\mathrm{NaN}";
            default -> text.contains("e") ? text.replace("e", " \\cdot 10^{") + "}" : text;
        };
    }

    private final class Writer {

        private final boolean latex;

        Writer(boolean latex) {
            this.latex = latex;
        }

        String of(Expression e) {
            if (e instanceof Constant constant) {
                String number = numbers.apply(constant.value());
                return latex ? latexNumber(number) : number;
            } else if (e instanceof Symbol symbol) {
                return symbol.name();
            } else if (e instanceof Element element) {
                return element(element);
            } else if (e instanceof LossSlope slope) {
                return slope("L", element(slope.by()));
            } else if (e instanceof Slope slope) {
                return slope(element(slope.of()), element(slope.by()));
            } else if (e instanceof Plus plus) {
                return plus(plus);
            } else if (e instanceof Times times) {
                return times(times.factors());
            } else if (e instanceof Power power) {
                return power.exponent() < 0 ? times(List.of(power)) : power(power);
            } else if (e instanceof Exp exp) {
                return call("exp", exp.of());
            } else if (e instanceof Log log) {
                return call("log", log.of());
            } else if (e instanceof Max max) {
                return call("max", max.first(), max.second());
            } else if (e instanceof Above above) {
                return "[" + of(above.a()) + " > " + of(above.b()) + "]";
            } else if (e instanceof Same same) {
                return "[" + same.a() + " = " + same.b() + "]";
            }
            Sum sum = (Sum) e;
            return sign(sum) + (sum.term() instanceof Plus ? brackets(of(sum.term())) : of(sum.term()));
        }

        private String element(Element element) {
            String name = name(element.of());
            boolean vector = vectors.contains(element.of());
            return (latex ? latexName(name) : name) + "[" + (vector ? "" : element.row() + ",") + element.column()
                    + "]";
        }

        private String slope(String of, String by) {
            return latex ? "\\frac{d" + of + "}{d" + by + "}" : "d" + of + "/d" + by;
        }

        private String sign(Sum sum) {
            String letter = sum.over().name();
            if (latex) {
                return "\\sum_{" + letter + "=1}^{" + sum.over().size() + "} ";
            }
            int below = letter.length() == 1 ? LETTERS_BELOW.indexOf(letter) : -1;
            return below < 0 ? "Σ" + letter + " " : "Σ" + BELOW.charAt(below) + " ";
        }

        private String plus(Plus plus) {
            StringBuilder text = new StringBuilder();
            for (Expression term : plus.terms()) {
                String written = term instanceof Plus ? brackets(of(term)) : of(term);
                if (text.isEmpty()) {
                    text.append(written);
                } else if (written.startsWith("-")) {
                    text.append(" - ").append(written.substring(1));
                } else {
                    text.append(isMinusZero(term) ? " - " : " + ").append(written);
                }
            }
            return text.toString();
        }

        /** A 0 that is subtracted, whose minus no number shows. */
        private boolean isMinusZero(Expression term) {
            List<Expression> factors = term instanceof Times times ? times.factors() : List.of(term);
            return factors.contains(Expression.number(-0.0)); // a record tells it from 0
        }

        /** Factors, and below a line those with a negative exponent. */
        private String times(List<Expression> factors) {
            List<Expression> above = new ArrayList<>();
            List<Expression> below = new ArrayList<>();
            for (Expression factor : factors) {
                if (factor instanceof Power power && power.exponent() < 0) {
                    below.add(power.exponent() == -1 ? power.base() : new Power(power.base(), -power.exponent()));
                } else {
                    above.add(factor);
                }
            }
            String top = above.isEmpty() ? "1" : product(above);
            if (below.isEmpty()) {
                return top;
            }
            Expression only = below.size() == 1 ? below.get(0) : null;
            if (latex) {
                boolean minus = top.startsWith("-");
                return (minus ? "-\\frac{" + top.substring(1) : "\\frac{" + top) + "}{"
                        + (only != null ? of(only) : product(below)) + "}";
            }
            return top + "/" + (only != null ? factor(only, false) : brackets(product(below)));
        }

        private String product(List<Expression> factors) {
            // Two numbers need room between them; what is bound to letters does not.
            boolean numbersOnly = factors.stream().allMatch(Constant.class::isInstance);
            if (factors.get(0).equals(Expression.number(-1)) && factors.size() > 1 && !numbersOnly) {
                return "-" + product(factors.subList(1, factors.size()));
            }
            String dot = latex ? " \\cdot " : numbersOnly ? " · " : "·";
            List<String> texts = new ArrayList<>();
            for (int k = 0; k < factors.size(); k++) {
                texts.add(factor(factors.get(k), k == 0));
            }
            return String.join(dot, texts);
        }

        private String factor(Expression factor, boolean first) {
            String text = of(factor);
            boolean loose = factor instanceof Plus
                    || factor instanceof Sum
                    || factor instanceof Times
                    || factor instanceof Constant && text.startsWith("-") && !first;
            return loose ? brackets(text) : text;
        }

        private String power(Power power) {
            String base = power.base() instanceof Element || power.base() instanceof Exp
                    ? of(power.base())
                    : brackets(of(power.base()));
            String exponent = numbers.apply(power.exponent());
            if (latex) {
                return "{" + base + "}^{" + exponent + "}";
            }
            return base + (exponent.equals("2") ? "²" : exponent.equals("3") ? "³" : "^" + exponent);
        }

        private String call(String name, Expression... of) {
            String inside = List.of(of).stream().map(this::of).collect(Collectors.joining(", "));
            return latex ? "\\" + name + "\\left(" + inside + "\\right)" : name + "(" + inside + ")";
        }

        private String brackets(String inside) {
            return latex ? "\\left(" + inside + "\\right)" : "(" + inside + ")";
        }
    }
}
