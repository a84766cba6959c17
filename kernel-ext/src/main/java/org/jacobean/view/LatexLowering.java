package org.jacobean.view;

import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;

/** A matrix as LaTeX, with the digits and the rows that its view shows: {@code $$w = \begin{bmatrix}…\end{bmatrix}$$}. */
final class LatexLowering {

    private LatexLowering() {}

    static String of(Matrix matrix, View view) {
        Grid grid = ((Beside) view.blocks().get(0)).grids().get(0);
        String rows = grid.rows().stream()
                .map(row -> row.cells().stream().map(LatexLowering::entry).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" \\\\\n"));
        String name = matrix.name().map(n -> "\\mathrm{" + escape(n) + "} = ").orElse("");
        return "$$" + name + "\\begin{bmatrix}\n" + rows + "\n\\end{bmatrix}$$";
    }

    private static String entry(Cell cell) {
        String text = cell.text();
        return switch (text) {
            case "…" -> "\\cdots";
            case "⋮" -> "\\vdots";
            case "⋱" -> "\\ddots";
            case "∞" -> "\\infty";
            case "-∞" -> "-\\infty";
            case "NaN" -> "\\mathrm{NaN}";
            default -> text.contains("e") ? text.replace("e", " \\cdot 10^{") + "}" : text;
        };
    }

    private static String escape(String name) {
        return Visible.of(name)
                .replace("\\", "\\backslash")
                .replaceAll("[_$#%&{}]", "\\\\$0")
                .replace("~", "\\sim")
                .replace(" ", "~")
                .replaceAll("\\\\(backslash|sim)", "$0 ")
                .replace("^", "\\wedge ");
    }
}
