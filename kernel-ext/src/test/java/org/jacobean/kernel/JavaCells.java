package org.jacobean.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacobean.kernel.Cells.Case;
import org.jacobean.kernel.jshell.CellException;
import org.jacobean.kernel.jshell.Notebook;
import org.jacobean.magic.Expansion;
import org.jacobean.magic.Magics;

/**
 * The table of cells for hosts without magics: the same cells, each magic written as the Java it stands for, with the same
 * outcomes. Those that no Java stands for are left out.
 */
public final class JavaCells {

    private static final Pattern CELL = Pattern.compile("%%(\\w+)([^\n]*)\n(.*)", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("(\\s*|.*=\\s*)%(\\w+) ?(.*)");

    private JavaCells() {}

    /** All of them, where CWD in a message is {@code directory}. */
    public static List<Case> all(String directory) {
        List<Case> cases = new ArrayList<>();
        try (Notebook notebook = Notebook.open(shown -> {})) {
            for (Case one : Cells.all(directory)) {
                if (!one.ofMagics()) {
                    run(notebook, one.cell());
                    Map<String, String> variables = new LinkedHashMap<>();
                    notebook.shell().variables().forEach(v -> variables.put(v.name(), v.typeName()));
                    cases.add(new Case(java(one, variables), one.shows(), one.prints(), one.fails(), false));
                }
            }
        }
        return cases;
    }

    /** Such a case where values are not shown, but printed by {@code show}. */
    static Case printing(Case one) {
        String java = one.cell();
        int last = java.lastIndexOf('\n') + 1;
        boolean shows = !one.shows().isEmpty() && !java.matches("(?s).*[;}]"); // a statement shows by itself
        String cell = shows ? java.substring(0, last) + "show(" + java.substring(last) + ")" : java;
        return new Case(cell, "", one.shows() + one.prints(), one.fails(), false);
    }

    /** For the variables: what a magic stands for depends on their types. */
    private static void run(Notebook notebook, String cell) {
        try {
            notebook.value(cell);
        } catch (CellException e) {
            // a cell that is to fail
        }
    }

    private static String java(Case one, Map<String, String> variables) {
        Matcher cell = CELL.matcher(one.cell());
        if (cell.matches()) {
            return java(Magics.expandCell(cell.group(1), cell.group(2), cell.group(3)), one);
        }
        return one.cell()
                .lines()
                .map(line -> {
                    Matcher magic = LINE.matcher(line);
                    if (!magic.matches()) {
                        return line;
                    }
                    Expansion expansion = Magics.expand(magic.group(2), magic.group(3), variables);
                    return magic.group(1).isBlank()
                            ? magic.group(1) + java(expansion, one)
                            : magic.group(1) + expansion.expression() + ";";
                })
                .collect(Collectors.joining("\n"));
    }

    /** A magic also shows what it declares; and where it fails it declares nothing, as a declaration in Java would. */
    private static String java(Expansion expansion, Case one) {
        if (!one.fails().isEmpty()) {
            return expansion.expression();
        }
        return expansion.java() + (expansion.name() == null ? "" : "\n" + expansion.name());
    }
}
