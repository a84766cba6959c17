package org.jacobean.kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.kernel.Cells;
import org.jacobean.kernel.Cells.Case;
import org.jacobean.kernel.Cells.Outcome;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The JShell host: the table of cells that all hosts share, and what is its own. */
@ResourceLock(Resources.SYSTEM_OUT)
class NotebookTest {

    @Test
    void whatIsStaleIsSaidWhereItIsUsed() {
        try (Session session = new Session()) {
            assertEquals(
                    "nothing of Jacobean's is in this session yet; an example:\n%matrix w = 0.1 0.2; 0.3 0.4",
                    session.run("%shapes").shows());
            session.run("%matrix w = 1 2; 3 4\n%linear layer = w\n%forward pass = layer [5 6]\n%matrix w = 1 2; 3 4");
            assertEquals("", session.said("%explain pass f[1]"), "equal numbers are not stale");
            session.run("%matrix w = 1 2; 3 5");
            assertEquals(
                    "pass was computed with an earlier w; run again the cells of layer and pass, in this order",
                    session.said("%backward grads = pass [1 1]"));
        }
    }

    @Test
    void whatIsStaleIsSaidOnceInEachCellThatUsesIt() {
        String grads =
                "grads was computed with an earlier w; run again the cells of layer, pass and grads, in this order";
        try (Session session = new Session()) {
            String way = "%linear layer = w\n%forward pass = layer [5 6]\n%backward grads = pass [1 1]";
            session.run("%matrix w = 1 2; 3 4\n" + way + "\n%matrix w = 1 2; 3 5");
            assertEquals(grads, session.said("%explain grads dL/dw\n%table grads w\n%check grads"));
            assertEquals(grads, session.said("%explain grads dL/dw"), "and again when it runs again");
            assertEquals(
                    "pass was computed with an earlier w; run again the cells of layer and pass, in this order",
                    session.said("for (int i = 0; i < 3; i++) {\n    Gradients g = %backward pass [1 2]\n}"));
            session.run(way);
            assertEquals("", session.said("%explain grads dL/dw"));
        }
    }

    @Test
    void aSoftmaxBeforeCrossEntropyIsSaidWhereTheLossIsDeclared() {
        String warning = "%loss: f is softmax's already, and cross-entropy applies it itself: leave the layer out";
        try (Session session = new Session()) {
            session.run("%linear layer = [1 2; 3 4]\n%network net = layer softmax\n%forward run = net [1 2; 3 4]");
            assertEquals(warning, session.said("%loss l = run cross-entropy [0 1]\n%backward grads = run l"));
            assertEquals(warning, session.said("%loss l = run cross-entropy [0 1]"));
            assertEquals(
                    warning,
                    session.said("for (int i = 0; i < 3; i++) {\n    LossPass p = %loss run cross-entropy [0 1]\n}"));
            assertEquals("", session.said("%loss run cross-entropy [0 1]"), "its view says it");
            assertEquals("", session.said("%loss l = run mse [0 1; 1 0]"));
            assertTrue(session.run("%flow grads").shows().contains("\n" + warning.substring("%loss: ".length())));
        }
    }

    @Test
    void helpIsAsWideAsATerminal() {
        try (Session session = new Session()) {
            String help = session.run("%help").prints();
            String about = session.run("%jacobean").prints();
            assertEquals(help, about.split("\n\n", 2)[1]);
            assertEquals(
                    "%MAGIC --help tells how one is written; show(value) shows anything, and\n"
                            + "%display says how much of it.",
                    help.split("\n\n")[1]);
            assertEquals(
                    List.of(), about.lines().filter(line -> line.length() > 80).toList());
            assertEquals(
                    session.run("%forward --help").prints(),
                    session.run("%help %forward").prints());
            assertEquals(
                    "there is no %forwrad; %help lists the magics; did you mean %forward?",
                    session.run("%help forwrad").fails());
        }
    }

    /** As a spreadsheet gives them. */
    @Test
    void aMatrixOfTenThousandLines() {
        String body = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> i + "\t" + i / 8.0 + "\t-" + i)
                .collect(Collectors.joining("\r\n"));
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            notebook.run("%%matrix m\r\n" + body);
            Matrix m = (Matrix) notebook.value("m");
            assertEquals("10,000 × 3", m.shape());
            assertEquals("1 × 3 [10000 1250 -10000]", m.row(9999).toString());
        }
    }

    /** Its text is a part of the statement, which is searched for the variables of the block. */
    @Test
    void aLongMagicInsideBraces() {
        String line = "double sum = 0;\nfor (int i = 0; i < 1; i++) {\n    Matrix q = %matrix " + "1 ".repeat(9000)
                + "\n    sum += q.sum();\n}";
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            notebook.run("%vector x = 1 2");
            notebook.run(line);
            assertEquals(9000.0, notebook.value("sum"));
        }
    }

    @Test
    void linesMayEndAsOnWindowsAndATextBlockIsNoneInAMagic() {
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            assertEquals("1 × 2 [3 4]", notebook.value("%vector x = 1 2\r\n%vector y = 3 4\r\ny.toString()"));
            assertEquals(
                    "row 1, entry 1: '\"\"\"' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf",
                    assertThrows(CellException.class, () -> notebook.run("%vector z = \"\"\"\n%vector y = 5 6"))
                            .getMessage());
            assertEquals(
                    "a matrix needs at least one number, such as 0.1 0.2; 0.3 0.4",
                    assertThrows(CellException.class, () -> notebook.run("%%matrix z"))
                            .getMessage());
        }
    }

    @Test
    void theSharedCells() {
        List<Case> cases = Cells.all(Path.of("").toAbsolutePath().toString());
        try (Session session = new Session()) {
            for (Case one : cases) {
                assertEquals(one.expected(), session.run(one.cell()), one.cell());
            }
        }
        assertEquals(Cells.COUNT, cases.size());
    }

    @Test
    void theSharedCellsInJavaAlone() {
        List<Case> cases = JavaCells.all(Path.of("").toAbsolutePath().toString());
        try (Session session = new Session()) {
            for (Case one : cases) {
                assertEquals(one.expected(), session.run(one.cell()), one.cell());
            }
        }
        assertEquals(Cells.COUNT - Cells.OF_MAGICS, cases.size());
    }

    @Test
    void aDeclaredVariableHasItsType() {
        try (Session session = new Session()) {
            session.run("%vector x = 1 2\n%linear layer = [1; 2]\n%forward pass = layer x\n%backward grads = pass [3]\n"
                    + "%jacobian j = pass x\n%table t = grads");
            assertEquals(
                    "x Matrix, layer Linear, pass Forward, grads Gradients, j Jacobian, t Table",
                    session.notebook
                            .shell()
                            .variables()
                            .filter(v -> !v.name().startsWith("$"))
                            .map(v -> v.name() + " " + v.typeName())
                            .collect(Collectors.joining(", ")));
        }
    }

    @Test
    void aMagicInsideBracesSaysOnceWhenItsVariableCanBeUsed() {
        String warning = "%vector between braces declares q for the cells that follow, too late for the rest of this"
                + " block; inside it write: Matrix q = %vector …";
        String loop = "for (int i = 0; i < 3; i++) {\n    %vector q = 1 2\n}";
        try (Session session = new Session()) {
            assertEquals(warning, session.said(loop));
            assertEquals("2", session.run("q.columns()").shows());
            assertEquals(warning, session.said(loop + "\n" + loop), "and again when it runs again");
        }
    }

    @Test
    void aMagicInALambdaGivesItsValueThoughTheLambdaStandsAlone() {
        try (Notebook notebook = Notebook.open()) {
            assertEquals(
                    List.of(Matrix.row(1, 2), Matrix.row(1, 2)),
                    notebook.value("Stream.of(1, 2).map(i -> {\n    Matrix z = %matrix 1 2\n    return z;\n})"
                            + ".collect(Collectors.toList())"));
        }
    }

    @Test
    void whatAMagicGivesMustFitWhatIsDeclared() {
        try (Session session = new Session()) {
            session.run("%vector x = 1 2\n%linear layer = [1; 2]\ndouble[][] numbers = {{1, 2}};\ndouble[] row = {1, 2};");
            assertEquals(
                    "%forward gives a value of type Forward, and u is declared as Matrix; write Forward u = %forward …",
                    session.run("Matrix u = %forward layer x").fails());
            assertEquals(
                    "%matrix gives a value of type Matrix, and n is declared as int; write Matrix n = %matrix …",
                    session.run("int n = %matrix 1 2").fails());
            assertEquals(
                    "1 × 2 [1 2] Linear",
                    session.run("Object o = %matrix 1 2\nLayer l = %linear [1; 2]\nvar v = %matrix 1 2\n"
                                    + "v + \" \" + l.getClass().getSimpleName()")
                            .shows());
            assertEquals(
                    "%forward: numbers is declared as double[][], where a Matrix is expected;"
                            + " write Matrix m = Matrix.of(numbers); first",
                    session.run("%forward p = layer numbers").fails());
            assertEquals(
                    "%forward: row is declared as double[], where a Matrix is expected;"
                            + " write Matrix m = Matrix.row(row); first",
                    session.run("%forward p = layer row").fails());
        }
    }

    @Test
    void whatIsNoLayerIsNotProposedAsOne() {
        try (Session session = new Session()) {
            session.run("%linear layer = [1; 2]\nList<String> names = List.of(\"a\");\nRunnable r = () -> {};");
            assertEquals(
                    "%forward: there is no variable nope; what is a layer or a network here: layer",
                    session.run("%forward p = nope [1 2]").fails());
        }
    }

    @Test
    void theJavaOfACellMagicIsNotThatOfALineMagic() {
        try (Session session = new Session()) {
            assertEquals(
                    "%java takes a magic of one line, such as %java %matrix w = 1 2; 3 4",
                    session.run("%java %%matrix w").fails());
        }
    }

    @Test
    void aMagicDoesNotTakeTheSessionsVariableForOneOfItsBlock() {
        try (Session session = new Session()) {
            session.run("%matrix w = 1; 2\n%linear layer = w\n%vector x = 100 100");
            String message =
                    "%forward sees the session's variables, and not the x of this block; write there the Java that it"
                            + " stands for: layer.forward(x)";
            session.run("Matrix run(Matrix x) {\n    Forward p = %forward layer x\n    return p.output();\n}");
            assertEquals(message, session.run("run(Matrix.row(1, 1))").fails());
            assertEquals(
                    message,
                    session.run("for (int i = 0; i < 1; i++) {\n    Matrix x = Matrix.row(i, i);\n"
                                    + "    Forward p = %forward layer x\n}")
                            .fails());
            assertEquals(
                    message,
                    session.run("List.of(w.transpose()).forEach(x -> {\n    Forward p = %forward layer x\n});")
                            .fails());
            assertEquals(
                    "300",
                    session.run("double sum = 0;\nfor (int i = 0; i < 1; i++) {\n    // Matrix x = no\n"
                                    + "    Forward p = %forward layer x\n    sum += p.output().sum();\n}\n(int) sum")
                            .shows());
        }
    }

    @Test
    void theSessionDoesNotKeepAMatrixThatWasOnlyShown() {
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            assertTrue(notebook.value("%matrix w = 1 2") instanceof Rendered);
            assertTrue(notebook.value("%matrix 1 2") instanceof Rendered);
            assertEquals(Matrix.row(1, 2), notebook.value("Matrix v = %matrix 1 2\nv"));
        }
    }

    @Test
    void aFailedMagicWithoutVariableLeavesNoneBehind() {
        try (Session session = new Session()) {
            session.run("%matrix w = 1 x");
            assertEquals(
                    0,
                    session.notebook
                            .shell()
                            .variables()
                            .filter(v -> v.name().equals("w"))
                            .count());
        }
    }

    @Test
    void aCellOfThousandsOfRowsIsOneMatrix() {
        try (Session session = new Session()) {
            String rows =
                    IntStream.range(0, 30_000).mapToObj(i -> i + "\t" + -i).collect(Collectors.joining("\n"));
            session.run("%%matrix big\n" + rows);
            assertEquals(
                    "30000 × 2, -29999.0",
                    session.run("big.rows() + \" × \" + big.columns() + \", \" + big.get(29_999, 1)")
                            .shows());
            String wide = IntStream.range(0, 30_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
            session.run("%%matrix wide\n" + wide);
            assertEquals(
                    "1 × 30000, 29999.0",
                    session.run("wide.rows() + \" × \" + wide.columns() + \", \" + wide.get(0, 29_999)")
                            .shows());
        }
    }

    @Test
    void aTextBlockIsNotAMagic() {
        try (Session session = new Session()) {
            assertEquals(
                    "%matrix is text",
                    session.run("String text = \"\"\"\n    %matrix is text\"\"\";\ntext")
                            .shows());
            assertEquals(
                    "3",
                    session.run("int c5 = 7;\n17\n - 14 // = %matrix not here").shows());
        }
    }

    @Test
    void javaThatDoesNotCompileSaysWhy() {
        try (Notebook notebook = Notebook.open()) {
            CellException failure = assertThrows(CellException.class, () -> notebook.run("int i = \"one\";"));
            assertEquals("compile error", failure.kind());
            assertEquals(
                    "incompatible types: java.lang.String cannot be converted to int\n  int i = \"one\";",
                    failure.getMessage());
            assertEquals(
                    "%forward takes the rest of its line, also the }; in braces a magic stands on a line of its own,"
                            + " as in NetworkPass p = %forward net x",
                    assertThrows(
                                    CellException.class,
                                    () -> notebook.run("if (true) { NetworkPass p = %forward net x }"))
                            .getMessage());
            assertEquals(
                    "%network: there is no variable rely; nothing here is a layer yet; there are also the words relu,"
                            + " sigmoid, tanh, softmax; did you mean relu?",
                    assertThrows(CellException.class, () -> notebook.run("%network bad = rely relu"))
                            .getMessage());
            assertEquals(
                    "%loss: there is no variable y; nothing here is a Matrix yet: begin with %matrix w = 0.1 0.2; 0.3"
                            + " 0.4",
                    assertThrows(CellException.class, () -> {
                                notebook.run("NetworkPass pass = null;");
                                notebook.run("%loss pass mse y");
                            })
                            .getMessage());
            assertEquals(
                    "%loss: there is no variable mae; nothing here is a loss yet; there are also the words mse,"
                            + " cross-entropy",
                    assertThrows(CellException.class, () -> notebook.run("%loss pass mae [1]"))
                            .getMessage());
            assertEquals(
                    "the cell ends in the middle of: int i = (",
                    assertThrows(CellException.class, () -> notebook.run("int i = ("))
                            .getMessage());
        }
    }

    @Test
    void whenAMagicsJavaDoesNotCompileItIsShown() {
        try (Session session = new Session()) {
            session.run("class Matrix {}");
            String message = session.run("%matrix w = 1 2").fails();
            assertTrue(
                    message.startsWith("%matrix stands for Java that does not compile here:\n"
                            + "  Matrix w = Matrix.parse(\"1 2\").named(\"w\");\n  cannot find symbol"),
                    message);
        }
    }

    @Test
    void aDeclarationShowsNothing() {
        try (Notebook notebook = Notebook.open()) {
            assertNull(notebook.run("Matrix w = Matrix.row(1, 2);"));
            assertNull(notebook.run("   "));
            assertNull(notebook.run("String nothing = null; nothing"));
        }
    }

    @Test
    void twoNotebooksDoNotShareVariables() {
        try (Notebook one = Notebook.open();
                Notebook other = Notebook.open()) {
            one.run("%vector x = 1 2");
            other.run("%vector x = 3 4");
            assertEquals(Matrix.row(1, 2), one.value("x"));
            assertEquals(Matrix.row(3, 4), other.value("x"));
        }
    }

    @Test
    void anInterruptEndsAMagic() {
        try (Session session = new Session()) {
            session.run("%matrix w = normal 300x300\n%linear layer = w");
            Thread.currentThread().interrupt();
            try {
                assertEquals(
                        "interrupted: the forward pass was given up",
                        session.run("%forward pass = layer w").fails());
                assertTrue(Thread.currentThread().isInterrupted());
            } finally {
                Thread.interrupted();
            }
        }
    }

    /** A notebook whose output is kept. */
    private static final class Session implements AutoCloseable {

        private final List<String> shown = new ArrayList<>();
        private final Notebook notebook = Notebook.open(rendered -> shown.add(rendered.text()));

        /** What stands on stderr. */
        String said(String cell) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream before = System.err;
            System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            try {
                assertEquals("", run(cell).fails());
            } finally {
                System.setErr(before);
            }
            return bytes.toString(StandardCharsets.UTF_8).replace("\r", "").stripTrailing();
        }

        Outcome run(String cell) {
            shown.clear();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream before = System.out;
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            String failure = "";
            try {
                Rendered rendered = notebook.run(cell);
                if (rendered != null) {
                    shown.add(rendered.text());
                }
            } catch (CellException e) {
                failure = e.getMessage();
            } finally {
                System.setOut(before);
            }
            return new Outcome(
                    String.join("\n", shown),
                    bytes.toString(StandardCharsets.UTF_8).replace("\r", "").stripTrailing(),
                    failure);
        }

        @Override
        public void close() {
            notebook.close();
        }
    }
}
