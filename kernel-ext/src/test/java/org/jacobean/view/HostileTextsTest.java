package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.Inventory;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.layer.FormulaLayer;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Every text that a user may put into a value, and every form in which it is shown: it shows as itself, and does nothing.
 */
class HostileTextsTest {

    /** Each short enough to be shown whole. */
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=a()>",
            "$x$ $$y$$",
            "\\(x\\) \\[y\\]",
            "\\begin{a}x\\end{a}",
            "%s %n %1$s",
            "{0} '{1}'",
            "`a` ```b```",
            "*a* _b_ ~~c~~",
            "# a",
            "- a",
            "1. a",
            "    a",
            "[a](javascript:b)",
            "![a](b)",
            "a|b\\|c",
            "&lt;i&gt; &#60; &amp;",
            "\"a\" 'b' onclick='c'",
            "a]]>b-->c",
            "</style></pre><script>",
            "a\nb\r\nc\td",
            "a\u0000b\u0007c\u0085d",
            "a\u001b[31mb\u001b[0m",
            "a\u202eb\u202cc",
            "a\u2066b\u2069c\u200fd",
            "a\u200bb\ufeffc\u2060d",
            "a\ud800b",
            "\udc00a",
            "a\ufffeb\uffffc",
            "a\u2028b\u2029c",
            "שלום 3 × 2",
            "مرحبا, عالم",
            "e\u0301 𝔵 😀 größe");

    private static final Matrix X = Matrix.parse("1 2; 3 4");
    private static final Matrix W = Matrix.parse("0.5 -1; 2 3");
    private static final Matrix OTHER = Matrix.parse("7 1; -3 2");
    private static final Matrix INCOMING = Matrix.parse("1 -1; 2 0.5");

    private static final Map<String, Function<String, Object>> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("matrix", text -> X.named(text));
        PLACES.put("layer's weights", text -> new Linear(W.named(text)));
        PLACES.put("pass", text -> new Linear(W.named(text)).forward(X));
        PLACES.put("gradients", HostileTextsTest::gradients);
        PLACES.put("input", text -> new Linear(W).forward(X.named(text)).backward(INCOMING));
        PLACES.put("Jacobian", text -> Jacobian.of(new Linear(W.named(text)).forward(Matrix.row(1, 2)), "w"));
        PLACES.put("explanation", text -> Explanation.of(gradients(text), "dL/dw[2,1]"));
        PLACES.put("whole explanation", text -> Explanation.of(gradients(text), "dL/dw"));
        PLACES.put("explanation of a layer", text -> Explanation.of(new Linear(W.named(text))));
        PLACES.put("check", text -> GradientCheck.of(gradients(text)));
        PLACES.put("contributions", text -> Contributions.of(gradients(text), "dL/dw"));
        PLACES.put("diagnosis", text -> Diagnosis.of(
                        gradients("w"), "w", X.transpose().times(OTHER))
                .against(text, OTHER));
        PLACES.put("flow", text -> Flow.of(gradients(text)));
        PLACES.put("inventory", text -> Inventory.of(text, X));
        PLACES.put("network", text -> Network.of(new Linear(W.named(text)), new Relu(), new Linear(W)));
        PLACES.put("network's gradients", HostileTextsTest::networkGradients);
        PLACES.put("explanation of a network", text -> Explanation.of(networkGradients(text), "dL/dx[1,1]"));
        PLACES.put("own layer", text -> Network.of(own(text), new Relu()));
        PLACES.put("own layer's gradients", text -> own(text).forward(X).backward(INCOMING));
        PLACES.put("own layer explained", text -> Explanation.of(own(text)));
        PLACES.put(
                "own layer in a network explained",
                text -> Explanation.of(backward(Network.of(own(text), new Relu())), "dL/dx[1,1]"));
        PLACES.put("table", text -> Table.create(text, DoubleColumn.create("a", 1, 2)));
        PLACES.put("column", text -> Table.create("t", DoubleColumn.create(text, 1, 2)));
        PLACES.put("cell", text -> Table.create("t", StringColumn.create("a", text, "b")));
        PLACES.put("column alone", text -> StringColumn.create(text, text));
        PLACES.put("table of a matrix", text -> Tables.of(X.named(text)));
        PLACES.put("progress", text -> new ProgressBar(text, 1, 2, "words"));
        PLACES.put("progress's words", text -> new ProgressBar("check", 1, 2, text));
        PLACES.put("side by side", text -> new SideBySide(List.of(X.named(text), X)));
        PLACES.put("side by side with a text", text -> new SideBySide(List.of(text, X)));
        // Drawn by a library, which takes its time: all three at once.
        PLACES.put("chart", text -> Chart.lines(series(text + "x", text), text + "x", text)
                .title(text));
        PLACES.put("histogram", text -> Chart.histogram(text, X));
        PLACES.put("images", text -> Images.of(X.named(text), 1, 2));
        PLACES.put("captions", text -> Images.of(Matrix.ones(1, 900), 1, 900).captions(List.of(text)));
        PLACES.put("diagram", text -> Diagram.of(networkGradients(text)));
        PLACES.put("diagram of a layer", text -> Diagram.of(own(text)));
    }

    /** Where something else than the text itself is shown of it, or only what of it has room. */
    private static final Set<String> CUT = Set.of(
            "Jacobian",
            "diagram",
            "diagram of a layer",
            "images",
            "own layer's gradients",
            "own layer in a network explained");

    /** Whose toString is another's, or nobody's to see. */
    private static final Set<String> NOT_OURS = Set.of("Table", "StringColumn", "ProgressBar", "SideBySide");

    private static final Set<String> HTML = Set.of(
            "div",
            "style",
            "p",
            "b",
            "pre",
            "details",
            "summary",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "br",
            "small",
            "progress");
    private static final Set<String> HTML_ATTRIBUTES =
            Set.of("class", "style", "scope", "title", "tabindex", "value", "max");
    private static final Set<String> MARKDOWN_HTML = Set.of(
            "<span>", "</span>", "</details>", "</summary>", "<details style=\"margin:0 0 1em 2em\">", "<summary>");

    /** What may hide, or turn round, what stands beside it; without the marks that isolate. */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\p{Cc}\\p{Zl}\\p{Zp}\\x{D800}-\\x{DFFF}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2067}\\x{FEFF}\\x{FFFE}\\x{FFFF}&&[^\n"
                + "]]");

    private static final Pattern RIGHT_TO_LEFT = Pattern.compile("[\\p{IsHebrew}\\p{IsArabic}]");
    private static final Pattern ISOLATED = Pattern.compile("\u2068([^\u2068\u2069\n]*)\u2069");

    private final List<String> wrong = new ArrayList<>();
    private int shown;

    @Test
    void everyTextShowsAsItselfInEveryForm() throws Exception {
        for (String hostile : HOSTILE) {
            for (Map.Entry<String, Function<String, Object>> place : PLACES.entrySet()) {
                String where = place.getKey() + " <" + Visible.of(hostile) + ">";
                check(where, place.getValue().apply(hostile), hostile, CUT.contains(place.getKey()));
            }
        }
        assertEquals(
                "", String.join("\n", wrong.subList(0, Math.min(20, wrong.size()))), () -> wrong.size() + " wrong");
        assertEquals(3968, shown);
    }

    private void check(String where, Object value, String hostile, boolean cut) throws Exception {
        Rendered rendered = Rendered.of(value);
        String self = Visible.of(hostile);
        for (String form : List.of("text/plain", "text/html", "text/markdown", "text/latex", Picture.SVG, "toString")) {
            String source = form.equals("toString")
                    ? Visible.isolated(value.toString())
                    : rendered.as(form).orElse(null);
            if (source == null
                    || form.equals("toString")
                            && NOT_OURS.contains(value.getClass().getSimpleName())) {
                continue;
            }
            shown++;
            String at = where + " in " + form + ": ";
            String plain = ISOLATED.matcher(source).replaceAll("$1");
            if (HIDDEN.matcher(plain).find() || plain.matches("(?s).*[\u2068\u2069].*")) {
                wrong.add(at + "hidden characters: " + Visible.of(source));
            }
            if (!form.equals("text/latex")
                    && RIGHT_TO_LEFT
                            .matcher(ISOLATED.matcher(source).replaceAll(""))
                            .find()) {
                wrong.add(at + "not isolated: " + source);
            }
            String read;
            try {
                read = switch (form) {
                    case "text/html" -> xml(at, plain.replace("<br>", "<br/>"), HTML, HTML_ATTRIBUTES);
                    case Picture.SVG -> xml(at, plain, null, null);
                    case "text/markdown" -> markdown(at, plain);
                    case "text/latex" -> latex(at, plain);
                    default -> plain.replaceAll("\\n +", " ");
                };
            } catch (Exception e) {
                wrong.add(at + e + "\n" + plain);
                continue;
            }
            boolean names = !form.equals("toString") && !form.equals("text/latex") && !cut;
            if (names && !squeezed(read).contains(squeezed(self))) {
                wrong.add(at + "not there: " + read.substring(Math.max(0, read.indexOf("inherit}") + 8)));
            }
        }
    }

    /** Lines are broken at blanks. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static Gradients gradients(String name) {
        return new Linear(W.named(name)).forward(X).backward(INCOMING);
    }

    private static NetworkGradients networkGradients(String name) {
        return backward(Network.of(new Linear(W.named(name)), new Relu(), new Linear(W)));
    }

    private static NetworkGradients backward(Network network) {
        NetworkPass pass = network.forward(X);
        return pass.backward(pass.loss(new MeanSquaredError(), INCOMING));
    }

    private static Layer own(String name) {
        Index.Running r = Index.running("r", "N");
        Index.Running j = Index.running("j", "m");
        Element scale = new Element("s", Index.at(1), j);
        return new FormulaLayer(
                name,
                2,
                2,
                Map.of("s", Matrix.row(2, -1)),
                Formula.of(new Element("f", r, j), scale.times(new Element("x", r, j))));
    }

    private static Table series(String x, String y) {
        return Table.create("t", DoubleColumn.create(x, 1, 2), DoubleColumn.create(y, 3, 4));
    }

    /** The text of a page or a picture, in which there is no element but ours. */
    private String xml(String at, String source, Set<String> elements, Set<String> attributes) throws Exception {
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(null);
        var root = parser.parse(new InputSource(new StringReader(source))).getDocumentElement();
        if (elements != null) {
            Set<String> strange = new TreeSet<>();
            NodeList all = root.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                strange.add(all.item(i).getNodeName());
                NamedNodeMap its = all.item(i).getAttributes();
                for (int k = 0; k < its.getLength(); k++) {
                    strange.add("@" + its.item(k).getNodeName());
                }
            }
            strange.removeAll(elements);
            strange.removeIf(name -> name.startsWith("@") && attributes.contains(name.substring(1)));
            if (!strange.isEmpty()) {
                wrong.add(at + strange);
            }
            if (!root.getAttribute("class").contains("mathjax_ignore")) {
                wrong.add(at + "is searched for formulas");
            }
        }
        return root.getTextContent();
    }

    /** The text that a reader of Markdown sees, in which is no formula, link or element but ours. */
    private String markdown(String at, String source) {
        Node document = Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(source.replaceAll("(?s)(?<=^|\n)\\$\\$\n.*?\n\\$\\$(?=\n|$)", "FORMULA"));
        StringBuilder text = new StringBuilder();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
                if (node.getLiteral().length() > 1 && node.getLiteral().matches("(?s).*[$\\\\].*")) {
                    wrong.add(at + "not alone: " + node.getLiteral());
                }
            }

            @Override
            public void visit(SoftLineBreak node) {
                text.append(' ');
            }

            @Override
            public void visit(HtmlInline node) {
                requireOurs(node.getLiteral());
            }

            @Override
            public void visit(HtmlBlock node) {
                for (String element : node.getLiteral().split("(?=<)")) {
                    if (element.startsWith("<")) {
                        requireOurs(element.substring(0, element.indexOf('>') + 1));
                    }
                }
                text.append(node.getLiteral()
                        .replaceAll("<[^>]*>", "")
                        .replace("&#36;", "$")
                        .replace("&#92;", "\\")
                        .replace("&#39;", "'")
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"));
            }

            @Override
            public void visit(Link node) {
                wrong.add(at + "a link: " + node.getDestination());
            }

            @Override
            public void visit(Image node) {
                wrong.add(at + "an image: " + node.getDestination());
            }

            private void requireOurs(String element) {
                if (!MARKDOWN_HTML.contains(element)) {
                    wrong.add(at + element);
                }
            }
        });
        return text.toString();
    }

    /** One formula: no other ends in it, and its braces are closed. */
    private String latex(String at, String source) {
        String inside = source.substring(2, source.length() - 2).replaceAll("\\\\[$#%&_{}]", "");
        int depth = 0;
        for (char c : inside.toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth < 0) {
                break;
            }
        }
        if (!source.startsWith("$$") || !source.endsWith("$$") || inside.matches("(?s).*[$#%].*") || depth != 0) {
            wrong.add(at + source);
        }
        return source;
    }
}
