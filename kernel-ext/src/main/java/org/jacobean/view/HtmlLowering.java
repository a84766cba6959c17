package org.jacobean.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jacobean.matrix.Visible;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Folded;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;
import org.jacobean.view.View.Section;
import org.jacobean.view.View.Written;

/**
 * A view as HTML that stands on a bare page: semantic tables, colours and layout in inline styles, which an untrusted
 * notebook keeps, no script and no ids. A style sheet for its own class adds what a trusted page may have.
 */
final class HtmlLowering {

    static final int LONGEST_CELL = 60;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_CAPTION = 1000;
    private static final String MISSING = "<i style=\"opacity:.7\">";

    /** Where it is removed all stays readable: lines between rows, digits of one width, heads that stay in sight. */
    private static final String STYLE = "<style>"
            + ".jacobean table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
            + ".jacobean thead th{position:sticky;top:0;background:var(--jp-layout-color0,transparent)}"
            + ".jacobean th{font-weight:600;white-space:nowrap}"
            + ".jacobean small{font-weight:400;opacity:.75}"
            + ".jacobean td,.jacobean th{padding:.25em .6em;border:1px solid var(--jp-border-color2,#bdbdbd)}"
            + ".jacobean caption{color:inherit}"
            + "</style>";

    /** In the style sheet, so that it goes where that goes. */
    private static final String HINT =
            "Point at a number of f or of a gradient, or go to it with Tab: what made it is framed.";

    private HtmlLowering() {}

    /** Nothing in it is a formula, to neither MathJax: JupyterLab's, version 3, nor that of nbconvert's pages, version 2. */
    static String of(View view) {
        StringBuilder blocks = new StringBuilder();
        view.blocks().forEach(block -> block(blocks, block));
        String display = view.pointing() == null ? "" : pointing(view.pointing(), blocks);
        StringBuilder html = new StringBuilder("<div class=\"jacobean mathjax_ignore tex2jax_ignore" + display + "\">")
                .append(STYLE)
                .append(blocks);
        return html.append("\n</div>").toString();
    }

    /** Adds the rules for pointing, under a class of this display's own, and returns that class. */
    private static String pointing(Pointing pointing, StringBuilder blocks) {
        String name = "jacobean-" + Integer.toHexString(pointing.rules("").hashCode());
        String framed = "{outline:2px solid #b35900;outline-offset:-2px;text-decoration:underline}";
        blocks.insert(
                0,
                "<style>"
                        + ("D::after{content:'" + HINT + "';display:block;margin-top:1em;opacity:.75}"
                                        + "D:has(td[tabindex]:hover)::after,D:has(td[tabindex]:focus)::after{visibility:hidden}"
                                        + "D>div{position:relative}"
                                        + "D td[tabindex]{cursor:help}"
                                        + "D td[tabindex]:hover,D td[tabindex]:focus{outline:3px solid #b35900;outline-offset:-2px}"
                                        + "D td[tabindex]:hover::after,D:not(:has(td[tabindex]:hover)) td[tabindex]:focus::after"
                                        + "{content:attr(title);position:absolute;left:0;top:100%;z-index:9;width:100%;box-sizing:border-box;"
                                        + "text-align:left;white-space:normal;font-weight:400;padding:7px 8px;"
                                        + "border:1px solid #b35900;border-left-width:4px;background:var(--jp-layout-color0,#fff);"
                                        + "color:var(--jp-ui-font-color1,#111)}")
                                .replaceAll("\\bD(?=[ >:])", "." + name)
                        + "\n" + pointing.rules(name) + framed + "</style>");
        return " " + name;
    }

    private static void block(StringBuilder html, Block block) {
        if (block instanceof Line line) {
            html.append("\n<p>").append(escape(line.text())).append("</p>");
        } else if (block instanceof ProgressBar progress) {
            progress(html, progress);
        } else if (block instanceof Folded folded) {
            html.append("\n<details><summary>").append(escape(folded.title())).append("</summary>");
            folded.blocks().forEach(inner -> block(html, inner));
            html.append("\n</details>");
        } else if (block instanceof Section section) {
            html.append("\n<p><b>").append(escape(section.title())).append("</b></p>");
            section.blocks().forEach(inner -> block(html, inner));
        } else if (block instanceof Written written) {
            html.append("\n<pre>")
                    .append(markup(TextLowering.written(written, TextLowering.WIDTH)))
                    .append("</pre>");
        } else {
            html.append("\n<div style=\"display:flex;flex-wrap:wrap;align-items:flex-start\">");
            List<Grid> grids = ((Beside) block).grids();
            // In the box of a wide table its lines would be as wide, and out of sight.
            boolean apart = grids.size() == 1 && isData(grids.get(0));
            grids.forEach(grid -> grid(html, grid, apart));
            html.append("\n</div>");
            if (apart) {
                below(html, grids.get(0));
            }
        }
    }

    private static void progress(StringBuilder html, ProgressBar progress) {
        html.append("\n<p>").append(escape(cut(progress.what(), LONGEST_TITLE)));
        html.append(String.format(
                Locale.ROOT,
                " <progress value=\"%d\" max=\"%d\">%d%%</progress> %,d/%,d",
                progress.done(),
                progress.total(),
                progress.percent(),
                progress.done(),
                progress.total()));
        html.append(progress.words().isEmpty() ? "" : " " + escape(cut(progress.words(), LONGEST_TITLE)))
                .append("</p>");
    }

    private static void grid(StringBuilder html, Grid grid, boolean apart) {
        html.append("\n<div style=\"margin-right:24px\">\n<table"
                        + (grid.part() == null ? "" : " class=\"" + grid.part() + "\"")
                        + ">\n<caption style=\"caption-side:top;text-align:left;white-space:nowrap\">")
                .append(escape(caption(grid)))
                .append("</caption>\n<thead><tr><td></td>");
        for (int c = 0; c < grid.heads().size(); c++) {
            String head = word(grid.heads().get(c));
            String note = isData(grid) ? "<br><small>" + escape(grid.notes().get(c)) + "</small>" : "";
            String tag = (head + note).isBlank() ? "td" : "th"; // a head that says nothing heads nothing
            html.append('<' + tag + (tag.equals("th") ? " scope=\"col\"" : ""))
                    .append(align(isRight(grid, c), ""))
                    .append('>' + head + note + "</" + tag + ">");
        }
        html.append("</tr></thead>\n<tbody>");
        for (int r = 1; r <= grid.rows().size(); r++) {
            Row row = grid.rows().get(r - 1);
            html.append("\n<tr><th scope=\"row\">").append(word(row.head())).append("</th>");
            for (int c = 1; c <= row.cells().size(); c++) {
                html.append("<td");
                if (grid.part() != null) {
                    html.append(" class=\"r").append(r).append(" c").append(c).append('"');
                    html.append(grid.source() ? " tabindex=\"0\"" : "");
                }
                cell(html, row.cells().get(c - 1), isData(grid));
            }
            html.append("</tr>");
        }
        html.append("\n</tbody>\n</table>");
        if (!apart) {
            below(html, grid);
        }
        html.append("\n</div>");
    }

    private static void below(StringBuilder html, Grid grid) {
        if (!grid.below().isEmpty()) {
            html.append(grid.below().stream()
                    .map(HtmlLowering::escape)
                    .collect(Collectors.joining("<br>\n", "\n<p>", "</p>")));
        }
    }

    /** Columns with types are a table of data, which may be much wider than the page. */
    private static boolean isData(Grid grid) {
        return !grid.notes().isEmpty();
    }

    /**
     * The rest of a cell's element, from its attributes on.
     *
     * @param data whether it stands in a table of data: pages break texts at blanks, and dates, before they make a table
     *     wide
     */
    private static void cell(StringBuilder html, Cell cell, boolean data) {
        if (cell.background() != null) {
            html.append(" style=\"background-color:").append(cell.background()).append(";color:#111\"");
        } else {
            boolean mayBreak = data && (cell.text().indexOf(' ') >= 0 || cell.text().lastIndexOf('-') > 0);
            html.append(align(cell.right(), mayBreak ? ";white-space:nowrap" : ""));
        }
        String title = cell.title() != null ? cell.title() : cell.text().length() > LONGEST_CELL ? cell.text() : null;
        if (title != null && !title.equals(cell.text())) {
            html.append(" title=\"").append(escape(cut(title, LONGEST_TITLE))).append('"');
        }
        String word = word(cell.text());
        html.append('>').append(cell.missing() ? MISSING + word + "</i>" : word).append("</td>");
    }

    /** Pages align table cells as they please, JupyterLab to the right: so it is said where it matters. */
    private static String align(boolean right, String more) {
        return " style=\"text-align:" + (right ? "right" : "left") + more + "\"";
    }

    private static boolean isRight(Grid grid, int c) {
        return grid.rows().stream().allMatch(row -> row.cells().get(c).right());
    }

    private static String word(String text) {
        return escape(cut(text, LONGEST_CELL));
    }

    /** A name may be of any length. */
    static String caption(Grid grid) {
        return cut(grid.caption(), LONGEST_CAPTION);
    }

    static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    static String escape(String text) {
        return markup(Visible.of(text));
    }

    private static String markup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
