package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Product;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Slope;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.Index.Running;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/**
 * The gradients of a layer in general: for any element, then for the first few, then as one product, and why no other fits.
 */
final class GeneralCase {

    /** How many elements are written out, and how many terms of each. */
    static final int FEW = 4;

    private final Formula formula;
    private final Map<String, String> names;
    private final Map<String, Integer> sizes;
    private final Notation notation;

    /** @param f what the output is called */
    private GeneralCase(Layer layer, Map<String, Matrix> operands, String f, int rows) {
        this.formula = layer.formula();
        this.names = new LinkedHashMap<>();
        operands.forEach((role, operand) -> names.put(role, operand.label(role)));
        names.put("f", f);
        this.sizes = new LinkedHashMap<>();
        if (rows > 0) {
            sizes.put("N", rows);
        }
        if (layer.inputs() > 0) {
            sizes.put("n", layer.inputs());
            sizes.put("m", layer.outputs());
        }
        this.notation = new Notation(names, vectors(), Double::toString);
    }

    /** What has one row by the formula, or because the pass has: elements of these have one index. */
    private Set<String> vectors() {
        List<Element> all = new ArrayList<>(formula.variables().values());
        all.add(formula.output());
        return all.stream()
                .filter(element -> element.row() instanceof Index.At
                        || oneRow() && element.row().equals(formula.row()))
                .map(Element::of)
                .collect(Collectors.toSet());
    }

    private boolean oneRow() {
        return sizes.getOrDefault("N", 0) == 1;
    }

    /** For a pass of one row, without the letter r and the sums over it. */
    private Expression shown(Expression e) {
        return oneRow() ? withoutRows(e) : e;
    }

    private Expression withoutRows(Expression e) {
        Expression inner = e instanceof Sum sum && sum.over().equals(formula.row()) ? sum.term() : e;
        return inner.map(this::withoutRows).with(formula.row(), Index.at(1));
    }

    private Equation equation(Expression... sides) {
        return equation(List.of(sides));
    }

    private Equation equation(List<Expression> sides) {
        return new Equation(sides.stream().map(this::shown).distinct().toList(), "");
    }

    static Explanation of(Layer layer) {
        GeneralCase general = new GeneralCase(layer, layer.parameters(), "f", 0);
        return general.explanation(
                "How the gradients of " + layer + " come about",
                List.copyOf(general.formula.variables().keySet()));
    }

    /** @param only one role, or null for all */
    static Explanation of(Gradients grads, String only) {
        GeneralCase general = general(grads.pass());
        return only == null
                ? general.explanation(
                        "How the gradients of " + grads.pass().layer() + " come about", List.copyOf(grads.roles()))
                : general.explanation("How " + grads.of(only).label("") + " comes about", List.of(only));
    }

    /** A layer of a network as one step: its formula, and each gradient as a sum and as a product. */
    static Step inShort(Gradients grads, String title) {
        GeneralCase general = general(grads.pass());
        List<Line> lines = new ArrayList<>();
        lines.add(general.equation(general.formula.output(), general.formula.body()));
        List<Line> products = new ArrayList<>();
        for (String role : inOrder(List.copyOf(grads.roles()))) {
            Element v = general.formula.general(role);
            List<Expression> sides = new ArrayList<>(List.of(new LossSlope(v), general.formula.gradient(v)));
            general.formula.gradientInOutput(v).ifPresent(sides::add);
            lines.add(general.equation(sides));
            general.product(role, v).ifPresent(products::add);
        }
        lines.addAll(products);
        return new Step(title, lines, of(grads, null));
    }

    private Optional<Product> product(String role, Element v) {
        return MatrixForm.of(formula.gradient(v), v.row(), v.column())
                .map(form -> new Product(gradient(role), form, shapes(form, size(v.row()), size(v.column()))));
    }

    private static GeneralCase general(Forward pass) {
        return new GeneralCase(
                pass.layer(),
                pass.operands(),
                pass.output().label("f"),
                pass.input().rows());
    }

    /** f itself. */
    static Explanation of(Forward pass) {
        GeneralCase general = general(pass);
        List<Line> lines = new ArrayList<>(general.formulaLines());
        MatrixForm.of(general.formula.body(), general.formula.row(), general.formula.column())
                .ifPresent(form ->
                        lines.add(new Product(general.notation.name("f"), form, general.shapes(form, "N", "m"))));
        return general.explanation(
                List.of(new Part("", List.of(new Step("The formula", lines)))),
                "How " + general.notation.name("f") + " comes about");
    }

    private Explanation explanation(String title, List<String> roles) {
        List<Part> parts = new ArrayList<>();
        for (String role : inOrder(roles)) {
            List<Step> steps = new ArrayList<>();
            if (parts.isEmpty()) {
                steps.add(new Step("The formula", formulaLines()));
            }
            steps.addAll(steps(role));
            parts.add(new Part(roles.size() == 1 ? "" : gradient(role), steps));
        }
        return explanation(parts, title);
    }

    private Explanation explanation(List<Part> parts, String title) {
        return new Explanation(title, OptionalDouble.empty(), parts, notation);
    }

    /** x first: the lesson's order. */
    private static List<String> inOrder(List<String> roles) {
        List<String> ordered = new ArrayList<>(roles);
        if (ordered.remove("x")) {
            ordered.add(0, "x");
        }
        return ordered;
    }

    private String gradient(String role) {
        return "dL/d" + names.getOrDefault(role, role);
    }

    private List<Step> steps(String role) {
        Element v = formula.general(role);
        String said = notation.text(v);
        Touched touched = Touched.inGeneral(v, formula);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("Where " + said + " stands", whereItStands(v, said, touched)));
        steps.add(new Step(
                "How these outputs move with " + said,
                List.of(equation(new Slope(touched.output(), v), touched.slope()))));
        steps.add(new Step("The chain rule", chainRule(v, touched)));
        MatrixForm.of(formula.gradient(v), v.row(), v.column()).ifPresent(form -> {
            List<Line> lines = new ArrayList<>();
            lines.add(new Product(gradient(role), form, shapes(form, size(v.row()), size(v.column()))));
            if (form instanceof MatrixForm.Product product) {
                lines.addAll(whyNothingElse(role, v, product));
            } else if (form instanceof MatrixForm.ColumnSums) {
                lines.add(new Words(gradient(role) + " has the shape of " + names.getOrDefault(role, role) + ", "
                        + shape(size(v.row()), size(v.column())) + ": of " + gradient("f") + ", " + shape("N", "m")
                        + ", the sum over its rows leaves just that."));
            }
            steps.add(new Step("All elements as one product", lines));
        });
        return steps;
    }

    private List<Line> formulaLines() {
        List<String> counts = new ArrayList<>();
        for (Running letter : letters()) {
            if (oneRow() && letter.equals(formula.row())) {
                continue;
            }
            counts.add(runs(letter));
        }
        return List.of(
                equation(formula.output(), formula.body()),
                new Words(String.join(", ", counts) + (oneRow() ? "." : "; r is a row of the batch.")));
    }

    private String runs(Running letter) {
        Integer size = sizes.get(letter.size());
        return letter.name() + " runs from 1 to " + letter.size() + (size == null ? "" : " = " + counted(size));
    }

    private List<Running> letters() {
        List<Running> letters = new ArrayList<>(List.of(formula.row(), formula.column()));
        formula.body().letters().stream().filter(l -> !letters.contains(l)).forEach(letters::add);
        return letters;
    }

    private List<Line> whereItStands(Element v, String said, Touched touched) {
        Terms terms = Terms.of(
                formula.body().with(formula.row(), touched.row()).with(formula.column(), touched.column()),
                v,
                anySize());
        String running = touched.letters().stream()
                .filter(letter -> !oneRow() || !letter.equals(formula.row()))
                .map(Running::name)
                .collect(Collectors.joining(" and "));
        String output = notation.text(shown(touched.output()));
        String own = v.letters().stream()
                .filter(letter -> !letters().contains(letter))
                .map(letter -> " Here " + runs(letter) + ".")
                .collect(Collectors.joining());
        return List.of(
                new Equation(
                        List.of(shown(touched.output()), shown(terms.held())),
                        terms.others() == 0 ? "" : "+ constants"),
                new Words(said + " stands in " + output
                        + (running.isEmpty() ? " alone." : " for every " + running + ", and in no other output.")
                        + own
                        + (terms.others() == 0 ? "" : " The derivative of a constant is 0.")));
    }

    /** For the general case only whether there are others matters. */
    private Values anySize() {
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                throw new IllegalStateException("the general case has no numbers");
            }

            @Override
            public int size(String name) {
                return sizes.getOrDefault(name, 2);
            }
        };
    }

    private List<Line> chainRule(Element v, Touched touched) {
        Expression sum = new LossSlope(touched.output()).times(new Slope(touched.output(), v));
        List<Running> letters = touched.letters();
        for (int k = letters.size() - 1; k >= 0; k--) {
            sum = new Sum(letters.get(k), sum);
        }
        Expression gradient = formula.gradient(v);
        Optional<Expression> inOutput = formula.gradientInOutput(v);
        List<Expression> sides = new ArrayList<>(List.of(new LossSlope(v), sum, gradient));
        inOutput.ifPresent(sides::add);
        List<Line> lines = new ArrayList<>();
        lines.add(equation(sides));
        lines.addAll(writtenOut(v, inOutput.orElse(gradient)));
        return lines;
    }

    /** The first few elements, with the terms of their sums one by one where these are few. */
    private List<Line> writtenOut(Element v, Expression gradient) {
        List<Line> lines = new ArrayList<>();
        int rows = v.row() instanceof Running letter ? sizes.getOrDefault(letter.size(), 1) : 1;
        int columns = v.column() instanceof Running letter ? sizes.getOrDefault(letter.size(), 1) : 1;
        long count = (long) rows * columns;
        for (int k = 0; k < Math.min(count, FEW); k++) {
            Index row = Index.at(k / columns + 1);
            Index column = Index.at(k % columns + 1);
            lines.add(equation(
                    placed(new LossSlope(v), v, row, column),
                    expanded(shown(placed(gradient, v, row, column).simplified()))));
        }
        if (count > FEW) {
            lines.add(andSoOn(count));
        }
        return lines;
    }

    static Words andSoOn(long count) {
        return new Words(String.format(Locale.ROOT, "… and so on for all %,d elements", count));
    }

    private static Expression placed(Expression e, Element v, Index row, Index column) {
        Expression placed = v.row() instanceof Running letter ? e.with(letter, row) : e;
        return v.column() instanceof Running letter ? placed.with(letter, column) : placed;
    }

    private Expression expanded(Expression e) {
        if (e instanceof Sum sum) {
            Integer size = sizes.get(sum.over().size());
            if (size != null && size <= FEW) {
                List<Expression> terms = new ArrayList<>();
                for (int k = 1; k <= size; k++) {
                    terms.add(sum.term().with(sum.over(), Index.at(k)));
                }
                return terms.size() == 1 ? terms.get(0) : new Plus(terms);
            }
        }
        return e;
    }

    // The shape argument

    private List<Line> whyNothingElse(String role, Element v, MatrixForm.Product right) {
        MatrixForm.Factor a = plain(right.left());
        MatrixForm.Factor b = plain(right.right());
        List<MatrixForm.Product> others = new ArrayList<>();
        List<MatrixForm.Product> alike = new ArrayList<>();
        Set<Expression> factors = factors(formula.gradient(v));
        for (int way = 0; way < 8; way++) {
            MatrixForm.Factor left = turned((way & 4) == 0 ? a : b, (way & 1) != 0);
            MatrixForm.Factor second = turned((way & 4) == 0 ? b : a, (way & 2) != 0);
            MatrixForm.Product product = new MatrixForm.Product(left, second);
            if (!product.equals(right) && fits(product, size(v.row()), size(v.column()))) {
                (factors(entry(product, v)).equals(factors) ? alike : others).add(product);
            }
        }
        String wanted = gradient(role) + " has the shape of " + names.getOrDefault(role, role) + ", "
                + shape(size(v.row()), size(v.column())) + ". Of " + a.text(notation) + ", "
                + shape(a.rows(), a.columns()) + ", and " + b.text(notation) + ", " + shape(b.rows(), b.columns())
                + ", in either order and transposed or not, ";
        if (others.isEmpty()) {
            return List.of(new Words(
                    alike.isEmpty()
                            ? wanted + "only " + right.text(notation) + " fits."
                            : wanted + right.text(notation) + " fits; what else does with these sizes (" + equalSizes()
                                    + ") gives the same."));
        }
        String also = others.stream().map(p -> p.text(notation)).collect(Collectors.joining(", "));
        return List.of(
                new Words(wanted + "only " + right.text(notation) + " fits whatever the sizes."),
                new Words("Here " + equalSizes() + ", so " + also
                        + (others.size() == 1 ? " fits too, and is wrong" : " fit too, and are wrong")
                        + ": entry " + entry(v) + " of " + others.get(0).text(notation) + " is "
                        + notation.text(shown(entry(others.get(0), v))) + ", and the chain rule says "
                        + notation.text(shown(formula.gradient(v))) + "."));
    }

    /** What is multiplied in an entry; an index that runs to 1 only is that. Alike for products of the same numbers. */
    private Set<Expression> factors(Expression entry) {
        Expression placed = entry instanceof Sum sum ? sum.term() : entry;
        for (Running letter : placed.letters()) {
            placed = Integer.valueOf(1).equals(sizes.get(letter.size())) ? placed.with(letter, Index.at(1)) : placed;
        }
        return placed instanceof Times times ? Set.copyOf(times.factors()) : Set.of(placed);
    }

    private String entry(Element v) {
        String name = notation.text(v);
        return name.substring(name.lastIndexOf('['));
    }

    /** Entry [a,b] of a product, Σ over k of left[a,k]·right[k,b], with the letter that v's own sum has. */
    private Expression entry(MatrixForm.Product product, Element v) {
        Running k = formula.gradient(v) instanceof Sum sum ? sum.over() : Index.running("k", "k");
        return new Sum(k, at(product.left(), v.row(), k).times(at(product.right(), k, v.column())));
    }

    private Expression at(MatrixForm.Factor factor, Index row, Index column) {
        String name = factor.name();
        Element at = factor.transposed() ? new Element(name, column, row) : new Element(name, row, column);
        return name.equals("dL/df") ? new LossSlope(new Element("f", at.row(), at.column())) : at;
    }

    private static MatrixForm.Factor plain(MatrixForm.Factor factor) {
        return turned(factor, false);
    }

    private static MatrixForm.Factor turned(MatrixForm.Factor factor, boolean transposed) {
        return new MatrixForm.Factor(factor.name(), transposed, factor.rows(), factor.columns());
    }

    /** By the numbers where they are known; N of a layer without a pass is like no other. */
    private boolean fits(MatrixForm.Product product, String rows, String columns) {
        return same(leftRows(product.left()), rows)
                && same(leftColumns(product.left()), leftRows(product.right()))
                && same(leftColumns(product.right()), columns);
    }

    private static String leftRows(MatrixForm.Factor factor) {
        return factor.transposed() ? factor.columns() : factor.rows();
    }

    private static String leftColumns(MatrixForm.Factor factor) {
        return factor.transposed() ? factor.rows() : factor.columns();
    }

    private boolean same(String size, String other) {
        Optional<Integer> its = Optional.ofNullable(sizes.get(size));
        return size.equals(other) || its.isPresent() && its.equals(Optional.ofNullable(sizes.get(other)));
    }

    /** {@code n = m = 2}. */
    private String equalSizes() {
        Map<Integer, List<String>> bySize = new LinkedHashMap<>();
        sizes.forEach((letter, size) ->
                bySize.computeIfAbsent(size, s -> new ArrayList<>()).add(letter));
        return bySize.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> String.join(" = ", entry.getValue()) + " = " + counted(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private List<String> shapes(MatrixForm form, String rows, String columns) {
        String letters = form.shapes().contains("→") ? form.shapes() : form.shapes() + " → " + rows + "×" + columns;
        StringBuilder numbers = new StringBuilder();
        boolean known = true;
        for (char c : letters.replace("×", " × ").toCharArray()) {
            String letter = String.valueOf(c);
            known &= !letter.equals("N") || sizes.containsKey("N");
            numbers.append(sizes.containsKey(letter) ? counted(sizes.get(letter)) : letter);
        }
        return known ? List.of(letters, numbers.toString()) : List.of(letters);
    }

    private static String size(Index index) {
        return index instanceof Running letter ? letter.size() : "1";
    }

    /** {@code N × n = 4 × 3}. */
    private String shape(String rows, String columns) {
        String letters = rows + " × " + columns;
        String numbers = number(rows) + " × " + number(columns);
        return letters.equals(numbers) ? letters : letters + " = " + numbers;
    }

    private String number(String letter) {
        return sizes.containsKey(letter) ? counted(sizes.get(letter)) : letter;
    }

    private static String counted(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}
