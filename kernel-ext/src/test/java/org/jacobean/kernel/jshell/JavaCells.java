package org.jacobean.kernel.jshell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.kernel.Cells;
import org.jacobean.kernel.Cells.Case;
import org.jacobean.magic.Expansion;
import org.jacobean.magic.Magics;

/**
 * The table of cells for hosts without magics: the same cells, each magic written as the Java it stands for, with the same
 * outcomes. Those that no Java stands for are left out.
 */
public final class JavaCells {

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
    public static Case printing(Case one) {
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
        return CellSource.java(one.cell(), new CellSource.Calls() {
                    @Override
                    public String line(String before, String name, String text) {
                        Expansion expansion = Magics.expand(name, text, variables);
                        return before.isBlank() ? java(expansion, one) : expansion.expression() + ";";
                    }

                    @Override
                    public String cell(String name, String text, String body) {
                        return java(Magics.expandCell(name, text, body), one);
                    }
                })
                .stripTrailing();
    }

    /** A magic also shows what it declares; and where it fails it declares nothing, as a declaration in Java would. */
    private static String java(Expansion expansion, Case one) {
        if (!one.fails().isEmpty()) {
            return expansion.expression();
        }
        return expansion.java() + (expansion.name() == null ? "" : "\n" + expansion.name());
    }
}
