package org.jacobean.kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Function;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jacobean.layer.Gradients;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a session keeps of a matrix once no variable of the person's holds it: nothing, whatever magics have shown of it. */
class KeptTest {

    private static final String DECLARED =
            """
            %matrix w = normal 300x200
            %linear layer = w
            %forward pass = layer x
            %backward grads = pass dLdf
            """;

    @Test
    void noMatrixIsHeldByWhatAMagicShowed() throws ReflectiveOperationException, InterruptedException {
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            notebook.run("%matrix x = normal 1x300\n%matrix dLdf = normal 1x200");
            notebook.run(DECLARED);
            List<WeakReference<double[]>> numbers = List.of(
                    numbers((Matrix) notebook.value("w")), numbers(((Gradients) notebook.value("grads")).of("w")));
            for (String cell : List.of(
                    "%explain grads dL/dw[2,1]",
                    "%explain grads dL/dw",
                    "%check grads",
                    "%check grads dL/dw = w",
                    "%table grads x",
                    "%histogram w",
                    "%diagram grads",
                    "%shapes",
                    "show(grads)",
                    "show(\"step\", w)")) {
                notebook.run(cell);
            }
            assertThrows(Throwable.class, () -> notebook.run("%forward bad = layer w"));
            assertThrows(Throwable.class, () -> notebook.run("%matrix w = 1 x"));
            assertEquals(300, ((Matrix) notebook.value("w")).rows());
            notebook.run(DECLARED.replace("300x200", "300x200 seed 2"));
            for (int i = 0; i < 50 && numbers.stream().anyMatch(its -> its.get() != null); i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertEquals(0, numbers.stream().filter(its -> its.get() != null).count());
            // Of a source with a lambda JShell keeps all that the compiler made of it.
            List<String> evaluated = notebook.shell()
                    .snippets()
                    .map(Snippet::source)
                    .filter(source -> source.contains("org.jacobean.kernel.Handover"))
                    .toList();
            assertTrue(evaluated.size() > 10, evaluated::toString);
            assertEquals(List.of(), evaluated.stream().filter(source -> source.contains("->")).toList());
        }
    }

    /** JShell imports each into all that follows; so a magic drops what the one before it left, unless it is spoken of. */
    @Test
    void magicsLeaveNoVariablesOfJShell() {
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            notebook.run("%matrix w = 1 2\n%table w\n%java %table w\n%table --help");
            assertEquals(List.of("magic"), nameless(notebook));
            assertThrows(CellException.class, () -> notebook.run("%table nothing"));
            notebook.run("1 + 1");
            notebook.run("%%matrix w\n3 4\n5 6");
            assertEquals(List.of("1 + 1", "magic"), nameless(notebook));
            notebook.run("Object kept = " + nameless(notebook, VarSnippet::name).get(1));
            notebook.run("%table w");
            notebook.run("for (int i = 0; i < 2; i++) {\n    Object o = %table w\n}");
            notebook.run("%table w");
            assertEquals(List.of("1 + 1", "magic", "magic"), nameless(notebook));
            assertEquals("w: 2 × 2, norm 9.274, min 3, max 6", notebook.run("kept").text().lines().findFirst().orElse(""));
        }
    }

    private static List<String> nameless(Notebook notebook) {
        return nameless(notebook, variable -> variable.source().contains("Magic(") ? "magic" : variable.source().strip());
    }

    private static List<String> nameless(Notebook notebook, Function<VarSnippet, String> what) {
        return notebook.shell()
                .variables()
                .filter(variable -> variable.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                .map(what)
                .toList();
    }

    private static WeakReference<double[]> numbers(Matrix matrix) throws ReflectiveOperationException {
        Field entries = Matrix.class.getDeclaredField("entries");
        entries.setAccessible(true);
        return new WeakReference<>((double[]) entries.get(matrix));
    }
}
