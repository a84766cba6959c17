package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;
import org.jacobean.kernel.client.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The IJava of the test code, which behaves as IJava 1.3.0 does, spoken to as a notebook speaks to it. */
class IJavaIT {

    private static final String INSTALL = "org.jacobean.kernel.ijava.IJavaExtension.install();";

    static KernelClient startWithLibrary(Path directory) {
        return KernelClient.start(
                Kernels.ijava(Project.java()),
                Map.of("IJAVA_CLASSPATH", Project.allJar().toString(), "IJAVA_STARTUP_SCRIPT", INSTALL),
                directory);
    }

    @Test
    void itIsInstalledFromACell(@TempDir Path directory) {
        try (KernelClient kernel = KernelClient.start(Kernels.ijava(Project.java()), Map.of(), directory)) {
            kernel.run("%jars " + Project.allJar());
            Reply installed = kernel.run(INSTALL + INSTALL);
            assertEquals("ok", installed.status(), () -> installed.toString());
            Reply reply = kernel.run("%vector x = 1 2");
            assertEquals("x: 1 × 2, norm 2.236, min 1, max 2\n   x[1]  x[2]\nx     1     2", reply.text());
            assertTrue(reply.html().startsWith("<div class=\"jacobean"));
            assertEquals(reply.result(), kernel.run("x").result());
        }
    }

    /** From the class path, by a magic, and by calls. */
    @Test
    void loadedInEveryWayAtOnceItIsThereOnce(@TempDir Path directory) {
        try (KernelClient kernel = startWithLibrary(directory)) {
            kernel.run("%matrix w = 1 2");
            kernel.run("%jars " + Project.allJar() + "\n%jars " + Project.thinJar());
            kernel.run(INSTALL + INSTALL);
            assertEquals(
                    "w: 1 × 2, norm 2.236, min 1, max 2\n   w[1]  w[2]\nw     1     2",
                    kernel.run("w").text());
            assertEquals(1, kernel.run("show(w);").displays().size());
            Reply magic = kernel.run("%vector 1 2");
            assertEquals("1 × 2, norm 2.236, min 1, max 2\n     [1]  [2]\n[·]    1    2", magic.text());
            assertEquals(List.of(), magic.displays());
            assertEquals("Matrix.row(1, 2)\n", kernel.run("%java %vector 1 2").stdout());
            assertEquals(
                    LoadedOnce.RENDERED_ONCE,
                    kernel.run(LoadedOnce.HOW_OFTEN).displays().stream()
                            .map(Reply.Display::text)
                            .toList());
        }
    }

    @Test
    void picturesArriveAsSvg(@TempDir Path directory) {
        try (KernelClient kernel = startWithLibrary(directory)) {
            kernel.run("%vector x = 0 1 2 3");
            Reply reply = kernel.run("%images x 2x2");
            Map<String, String> picture = reply.result();
            assertEquals(Set.of("text/plain", "image/svg+xml"), picture.keySet());
            assertTrue(picture.get("image/svg+xml").startsWith("<svg xmlns="));
            assertEquals(picture, kernel.run("Images.of(x, 2, 2)").result());
            assertEquals(
                    Set.of("text/plain"),
                    kernel.run("Chart.lines(Table.create(DoubleColumn.create(\"a\")), \"a\", \"a\")")
                            .result()
                            .keySet(),
                    "nothing to draw");
            assertEquals(
                    List.of(picture),
                    kernel.run("show(Images.of(x, 2, 2));").displays().stream()
                            .map(Reply.Display::data)
                            .toList());
        }
    }

    @Test
    void whatTheLastMagicOfACellReturnsIsShown(@TempDir Path directory) {
        try (KernelClient kernel = startWithLibrary(directory)) {
            // In the first cell IJava runs its start-up script: it was read before.
            assertEquals(2, kernel.run("%vector x = 1 2\n%vector y = 3").displays().size());
            Reply two = kernel.run("%vector x = 1 2\n%vector y = 3\n// y is shown /* and nothing else */\n");
            assertEquals("y: 1 × 1, norm 3, min 3, max 3\n   y[1]\ny     3", two.text());
            assertEquals(List.of(), two.displays());
            assertEquals("17", kernel.run("%vector y = 3\n17").text());
            assertEquals(Map.of(), kernel.run("Matrix z = %vector 3").result());
            assertEquals(Map.of(), kernel.run("%jars *.jar").result(), "the kernel's own");
            assertEquals(Map.of(), kernel.run("%vector y = 3\nint i = 3;").result());
            assertEquals(1, kernel.run("%%matrix w\n1 2").displays().size());
        }
    }

    @Test
    void anErrorIsItsMessage(@TempDir Path directory) {
        try (KernelClient kernel = startWithLibrary(directory)) {
            Reply reply = kernel.run("%vector x = 1 two");
            assertEquals("EvalException", reply.ename());
            assertEquals(
                    "row 1, entry 2: 'two' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf",
                    reply.evalue());
        }
    }

    @Test
    void variablesCompleteAndDisplaysUpdate(@TempDir Path directory) {
        try (KernelClient kernel = startWithLibrary(directory)) {
            kernel.run("%matrix w = 1 2; 3 4");
            assertEquals(List.of("transpose()"), kernel.complete("w.transp"));
            Reply reply = kernel.run("show(\"loss\", w); show(\"loss\", w.row(0));");
            assertEquals(1, reply.displays().size());
            assertEquals(1, reply.updates().size());
        }
    }

    /** More than IJava itself can hand over, see {@code CellParser}. */
    @Test
    void aLongCellAndALongLineAreOneMatrixEach(@TempDir Path directory) {
        String rows = IntStream.range(0, 20_000).mapToObj(i -> i + "\t" + -i).collect(Collectors.joining("\n"));
        String numbers = IntStream.range(0, 15_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        try (KernelClient kernel = startWithLibrary(directory)) {
            kernel.run("%vector first = 1 2"); // in this cell IJava runs its start-up script
            Reply reply = kernel.run("%%matrix big\n" + rows);
            assertEquals("ok", reply.status(), reply::toString);
            assertEquals(
                    "20000, -19999.0",
                    kernel.run("big.rows() + \", \" + big.get(19_999, 1)").text());
            assertEquals(
                    "14999.0",
                    kernel.run("Matrix x = %vector " + numbers + "\nx.get(0, 14_999)")
                            .text());
        }
    }
}
