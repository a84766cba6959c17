package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;
import org.jacobean.kernel.client.Reply;
import org.junit.jupiter.api.Test;

/** The real JJava kernel, spoken to as a notebook speaks to it. */
class JJavaIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    private static KernelClient start(Map<String, String> environment) {
        return KernelClient.start(Kernels.jjava(Project.java(), Project.jjavaJar()), environment);
    }

    private static KernelClient startWithLibrary() {
        return start(Map.of("JJAVA_CLASSPATH", Project.allJar().toString()));
    }

    // Three ways to load

    @Test
    void itLoadsByItselfFromTheClassPath() {
        try (KernelClient kernel = startWithLibrary()) {
            assertEquals("2", kernel.run("%vector x = 1 2\nx.columns()").text());
            assertTrue(!kernel.log().contains("Jacobean could not be installed"), kernel.log());
        }
    }

    @Test
    void itLoadsByTheClasspathMagic() {
        try (KernelClient kernel = start(Map.of())) {
            Reply reply = kernel.run("%classpath " + Project.allJar());
            assertEquals("ok", reply.status(), () -> reply.toString());
            assertEquals("2", kernel.run("%vector x = 1 2\nx.columns()").text());
        }
    }

    /** From a local repository as {@code mvn install} leaves it: the thin jar and the poms, beside what they need. */
    @Test
    void itLoadsByTheMavenMagic() throws IOException {
        try (KernelClient kernel = startBesideARepository(Map.of())) {
            Reply reply = kernel.run(MAVEN, LONG);
            assertEquals("ok", reply.status(), () -> reply.toString());
            assertEquals(
                    "2",
                    kernel.run("%vector x = 1 2\nTable t = %table x\nt.columnCount() - t.rowCount()")
                            .text());
        }
    }

    /** From the class path, by both magics, the thin jar too, and by a call. */
    @Test
    void loadedInEveryWayAtOnceItIsThereOnce() throws IOException {
        try (KernelClient kernel = startBesideARepository(
                Map.of("JJAVA_CLASSPATH", Project.allJar().toString()))) {
            kernel.run("%matrix w = 1 2");
            for (String again : List.of(
                    "%classpath " + Project.allJar(),
                    "%classpath " + Project.thinJar(),
                    MAVEN,
                    "new org.jacobean.kernel.jjava.JJavaExtension()"
                            + ".install(org.dflib.jjava.kernel.JavaNotebookStatics.kernel());")) {
                Reply reply = kernel.run(again, LONG);
                assertEquals("ok", reply.status(), reply::toString);
            }
            String text = "w: 1 × 2, norm 2.236, min 1, max 2\n   w[1]  w[2]\nw     1     2";
            Reply shown = kernel.run("w");
            assertEquals(text, shown.text(), "w is what it was");
            assertEquals(List.of(), shown.displays());
            assertEquals(1, kernel.run("show(w);").displays().size());
            assertEquals(List.of("%matrix"), kernel.complete("%matr"));
            assertEquals("Matrix.row(1, 2)\n", kernel.run("%java %vector 1 2").stdout());
            assertEquals(
                    LoadedOnce.RENDERED_ONCE,
                    kernel.run(LoadedOnce.HOW_OFTEN).displays().stream()
                            .map(Reply.Display::text)
                            .toList());
        }
    }

    private static final String MAVEN = "%maven org.jacobean:jacobean-kernel-ext:" + Project.version();

    private static KernelClient startBesideARepository(Map<String, String> environment) throws IOException {
        Path home = Files.createDirectories(Project.TARGET.resolve("maven-home"));
        Path repository = Files.createDirectories(home.resolve(".m2/repository"));
        Path users = Path.of(System.getProperty("user.home"), ".m2/repository");
        link(users, repository, "org");
        link(users.resolve("org"), Files.createDirectories(repository.resolve("org")), "jacobean");
        install(repository, "jacobean-kernel-ext", Project.ROOT.resolve("kernel-ext/pom.xml"), Project.thinJar());
        install(repository, "jacobean", Project.ROOT.resolve("pom.xml"), null);
        List<String> argv = new ArrayList<>(Kernels.jjava(Project.java(), Project.jjavaJar()));
        argv.add(1, "-Duser.home=" + home);
        return KernelClient.start(argv, environment);
    }

    /** Links every folder of one into the other, but one. */
    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> folders = Files.list(from)) {
            for (Path folder : folders.filter(f -> !f.getFileName().toString().equals(except))
                    .toList()) {
                Path link = to.resolve(folder.getFileName());
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, folder);
            }
        }
    }

    private static void install(Path repository, String artifact, Path pom, Path jar) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("org/jacobean").resolve(artifact).resolve(Project.version()));
        String name = artifact + "-" + Project.version();
        Files.copy(pom, folder.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (jar != null) {
            Files.copy(jar, folder.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // In a session

    @Test
    void variablesComplete() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("%matrix w = 1 2; 3 4");
            kernel.run("%linear layer = w\n%forward pass = layer [1 2]");
            assertEquals(List.of("transpose()"), kernel.complete("w.transp"));
            assertEquals(List.of("output()"), kernel.complete("pass.outp"));
            assertEquals(List.of("%matrix"), kernel.complete("%matr"));
        }
    }

    @Test
    void aMisspeltMagicIsToldWhichWasMeant() {
        try (KernelClient kernel = startWithLibrary()) {
            String meant =
                    "org.jacobean.kernel.MagicError, there is no %matrx; %help lists the magics; did you mean %matrix?";
            assertEquals(meant, kernel.run("%matrx w = 1 2").evalue());
            assertEquals(meant, kernel.run("Matrix w = %matrx 1 2").evalue());
            String theKernels =
                    "org.dflib.jjava.jupyter.kernel.magic.UndefinedMagicException, Undefined line magic 'nonsense'";
            assertEquals(theKernels, kernel.run("%nonsense").evalue());
            assertEquals("1 of 2 %matrx", kernel.run("String.format(\n    \"%d of %d %%matrx\", 1, 2)").text());
        }
    }

    @Test
    void aVariableMayBeRedeclaredAndKeepsItsValueWhenThatFails() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("%matrix w = 1 2");
            kernel.run("%matrix w = 3 4");
            assertEquals("1 × 2 [3 4]", kernel.run("w.toString()").text());
            Reply failed = kernel.run("%matrix w = 5 x\nSystem.out.println(\"not reached\");");
            assertEquals("error", failed.status());
            assertEquals(
                    "org.jacobean.kernel.MagicError, row 1, entry 2: 'x' is not a number; write numbers such as 0.5, -2e-3,"
                            + " 1/3, nan or inf",
                    failed.evalue());
            assertEquals("", failed.stdout());
            assertEquals("1 × 2 [3 4]", kernel.run("w.toString()").text());
            assertEquals("3", kernel.run("%linear w = [1; 2; 3]\nw.inputs()").text());
        }
    }

    @Test
    void aLineOfThousandsOfNumbersIsOneMatrix() {
        String numbers = IntStream.range(0, 15_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        try (KernelClient kernel = startWithLibrary()) {
            assertEquals(
                    "14999.0",
                    kernel.run("%vector x = " + numbers + "\nx.get(0, 14_999)").text());
        }
    }

    @Test
    void valuesAreRichAndOnRequestLatex() {
        try (KernelClient kernel = startWithLibrary()) {
            Reply reply = kernel.run("%matrix w = 1 2");
            assertEquals(Set.of("text/plain", "text/html"), reply.result().keySet());
            assertTrue(reply.html().startsWith("<div class=\"jacobean"), reply.html());
            assertEquals(reply.result(), kernel.run("w").result());
            Reply.Display latex =
                    kernel.run("display(w, \"text/latex\");").displays().get(0);
            assertEquals(
                    "$$\\mathrm{w} = \\begin{bmatrix}\n1 & 2\n\\end{bmatrix}$$",
                    latex.data().get("text/latex"));
            Reply table = kernel.run("Table.create(\"mine\", IntColumn.create(\"n\", 1, 2))");
            assertEquals("mine: 2 × 1\n         n\n   integer\n0        1\n1        2", table.text());
            assertTrue(table.html().contains("<table>"), table.html());
            assertTrue(kernel.run("IntColumn.create(\"n\", 1, 2)").html().contains("<table>"));
        }
    }

    /** A chart, the weights of three units and a network's diagram: by magic, by value and by show. */
    @Test
    void picturesArriveAsSvg() {
        try (KernelClient kernel = startWithLibrary()) {
            assertTrue(kernel.run(
                            "Table run = Table.create(IntColumn.create(\"step\", 1, 2), DoubleColumn.create(\"loss\", 2, 1));"
                                    + "Matrix w = Matrix.normal(4, 3, 1).named(\"w\"); Network net = Network.of(new Linear(w));")
                    .ok());
            for (String picture : List.of(
                    "%chart run step loss",
                    "%histogram w", "%images --columns w 2x2", "%diagram net", "Diagram.of(net)")) {
                Reply reply = kernel.run(picture);
                assertEquals(
                        Set.of("text/plain", "image/svg+xml"), reply.result().keySet(), picture);
                assertTrue(reply.result().get("image/svg+xml").startsWith("<svg xmlns="), picture);
            }
            assertEquals(
                    Set.of("text/plain"),
                    kernel.run("Chart.lines(run.emptyCopy(), \"step\", \"loss\")")
                            .result()
                            .keySet(),
                    "nothing to draw");
            Reply shown = kernel.run("show(Diagram.of(net), w);");
            assertEquals(
                    List.of(Set.of("text/plain", "image/svg+xml"), Set.of("text/plain", "text/html")),
                    shown.displays().stream()
                            .map(display -> display.data().keySet())
                            .toList());
        }
    }

    /** In a new kernel: what Tablesaw's types are depends on which of its classes comes first. */
    @Test
    void aTableThatComesFirstShowsNaN() {
        try (KernelClient kernel = startWithLibrary()) {
            assertEquals(
                    """
                    a: 3 × 1
                             v
                        double
                    0  1.00000
                    1      NaN
                    2  0.12346""",
                    kernel.run("Table.create(\"a\", DoubleColumn.create(\"v\", 1.0, Double.NaN, 0.1234568))")
                            .text());
        }
    }

    @Test
    void aDisplayIsUpdatedInPlace() {
        try (KernelClient kernel = startWithLibrary()) {
            Reply reply = kernel.run("for (int i = 1; i <= 3; i++) { show(\"loss\", Matrix.row(i, -i)); }");
            assertEquals(1, reply.displays().size());
            assertEquals("loss", reply.displays().get(0).id());
            // Run again, the cell has lost its output, and shows a new one.
            assertEquals(
                    1,
                    kernel.run("show(\"loss\", Matrix.row(1, -1));").displays().size());
            assertEquals(
                    List.of(
                            "1 × 2, norm 2.828, min -2, max 2\n     [1]  [2]\n[·]    2   -2",
                            "1 × 2, norm 4.243, min -3, max 3\n     [1]  [2]\n[·]    3   -3"),
                    reply.updates().stream().map(Reply.Display::text).toList());
        }
    }

    @Test
    void aLongMagicIsInterruptedAndTheSessionGoesOn() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("%matrix w = normal 2000x2000\n%linear layer = w", LONG);
            Reply reply = kernel.interruptAfter(
                    Duration.ofMillis(500), "for (int i = 0; i < 200; i++) { Forward p = layer.forward(w); }");
            assertEquals("error", reply.status());
            assertTrue(reply.secondsAfterInterrupt() < 2, () -> reply.toString());
            // What was interrupted has ended, and does not go on in the background.
            Reply threads = kernel.run("Thread.sleep(500);\nThread.getAllStackTraces().values().stream()"
                    + ".filter(s -> java.util.Arrays.toString(s).contains(\"org.jacobean.matrix.Product\")).count()");
            assertEquals("0", threads.text());
            assertEquals("2000", kernel.run("w.rows()").text());
        }
    }

    /**
     * JJava answers an interrupt itself, with the cell and one line; what counts is that nothing goes on, and nothing
     * changed.
     */
    @Test
    void anInterruptedMagicLeavesItsVariableAsItWas() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("%matrix a = normal 1500x1500\n%linear layer = a\n%matrix x = normal 20x1500\n"
                    + "Gradients grads = layer.forward(x).backward(x);");
            for (String cell : List.of(
                    "%matrix w = normal 8000x8000 seed 2",
                    "%check w = grads --all",
                    "for (int i = 0; i < 1_000_000_000; i++) { w = w.times(w); }")) {
                kernel.run("%matrix w = 0 1; 1 0");
                Reply reply = kernel.interruptAfter(Duration.ofMillis(700), cell);
                assertEquals("error", reply.status(), cell);
                assertTrue(reply.secondsAfterInterrupt() < 2, reply::toString);
                String last = reply.traceback().get(reply.traceback().size() - 1);
                assertTrue(last.contains("Evaluation interrupted."), last);
                assertEquals("1", kernel.run("Thread.sleep(300);\nw.sum() / 2").text().replace(".0", ""), cell);
            }
        }
    }

    /** No product of such steps is long enough to notice an interrupt by itself, and JJava lets a busy loop go on. */
    @Test
    void aLoopOfSmallStepsIsInterruptedAndKeepsWhatItLearned() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("Matrix x = Matrix.normal(80, 4, 1);\nMatrix y = Matrix.zeros(80, 3);\n"
                    + "Network net = Network.of(Linear.he(4, 5, 2), new Relu(), Linear.he(5, 3, 3));\n"
                    + "double first = net.forward(x).loss(new MeanSquaredError(), y).value();\nlong steps = 0;");
            Reply reply = kernel.interruptAfter(
                    Duration.ofMillis(1500),
                    """
                    for (int epoch = 0; epoch < 1_000_000; epoch++) {
                        for (Batch batch : Batches.of(x, y, 8).shuffled(epoch)) {
                            net = net.minus(net.forward(batch.x()).backward(new MeanSquaredError(), batch.y()), 0.01);
                            steps++;
                        }
                    }""");
            assertEquals("error", reply.status());
            assertTrue(reply.secondsAfterInterrupt() < 2, reply::toString);
            // What was interrupted has ended, and does not go on in the background.
            String steps = kernel.run("Thread.sleep(200);\nsteps").text();
            assertTrue(Long.parseLong(steps) > 10, steps);
            assertEquals(steps, kernel.run("Thread.sleep(500);\nsteps").text());
            assertEquals(
                    "true",
                    kernel.run("net.forward(x).loss(new MeanSquaredError(), y).value() < first / 2")
                            .text());
        }
    }

    @Test
    void aLongCheckShowsItsProgressAndIsInterrupted() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run(
                    "%matrix w = normal 1500x800\n%linear layer = w\n%matrix x = normal 50x1500\n"
                            + "%forward pass = layer x\nGradients grads = pass.backward(Matrix.ones(50, 800));",
                    LONG);
            Reply reply = kernel.interruptAfter(Duration.ofMillis(2500), "%check check = grads --all");
            assertEquals("error", reply.status());
            assertTrue(reply.secondsAfterInterrupt() < 2, reply::toString);
            assertEquals(1, reply.displays().size(), reply::toString);
            assertTrue(
                    reply.displays()
                            .get(0)
                            .text()
                            .matches("check \\[#*-*] \\d+% \\(.* of 1,275,000\\): all agree so far"),
                    reply::toString);
            assertTrue(reply.displays().get(0).html().contains("<progress value="), reply::toString);
            assertTrue(reply.updates().size() > 1, reply::toString);
            assertEquals("error", kernel.run("check").status(), "nothing is declared by half");
            assertTrue(kernel.run("%check grads", LONG).text().startsWith("1,000 of 1,000 agree; worst "));
        }
    }

    @Test
    void aRestartedKernelBeginsAnew() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("%vector x = 1 2");
            kernel.restart();
            assertEquals("error", kernel.run("x").status());
            assertEquals("2", kernel.run("%vector x = 3 4\nx.columns()").text());
        }
    }

    @Test
    void manyMagicsInOneLoopAllWork() {
        try (KernelClient kernel = startWithLibrary()) {
            assertEquals(
                    "1 × 2 [3 3]",
                    kernel.run("Matrix sum = Matrix.zeros(1, 2);\nfor (int i = 0; i < 3; i++) {\n"
                                    + "    Matrix a = %vector 1 0\n    Matrix b = %vector 0 1\n    sum = sum.plus(a).plus(b);\n}\n"
                                    + "sum.toString()")
                            .text());
        }
    }

    @Test
    void theVersionsAreTold() {
        try (KernelClient kernel = startWithLibrary()) {
            String text = kernel.run("%jacobean").stdout();
            assertTrue(
                    text.startsWith("Jacobean " + Project.version() + ", Java "
                            + Runtime.version().feature() + " ("),
                    text);
            assertTrue(text.lines().findFirst().orElseThrow().contains("), JJava 1.0-a"), text);
            assertTrue(text.lines().skip(1).findFirst().orElseThrow().startsWith("large products by "), text);
            assertNull(kernel.run("%jacobean").text());
        }
    }

    @Test
    void aBrokenInstallationDoesNotEndTheKernel() {
        // An IJava adapter in a JJava kernel is such a case: there is no IJava to be found.
        try (KernelClient kernel = startWithLibrary()) {
            Reply reply = kernel.run("org.jacobean.kernel.ijava.IJavaExtension.install()");
            assertEquals("ok", reply.status());
            assertEquals("2", kernel.run("1 + 1").text());
        }
    }

    /** JJava drops silently what does not fit into one constant of Java. */
    @Test
    void aCellOfThousandsOfRowsIsOneMatrix() {
        String rows = IntStream.range(0, 100_000).mapToObj(i -> i + "\t" + -i).collect(Collectors.joining("\n"));
        try (KernelClient kernel = startWithLibrary()) {
            Reply reply = kernel.run("%%matrix big\n" + rows, LONG);
            assertEquals("ok", reply.status(), () -> reply.toString());
            assertEquals("-99999.0", kernel.run("big.get(99_999, 1)").text());
        }
    }

    @Test
    void aMatrixOf5000By5000RendersAtOnce() {
        try (KernelClient kernel = startWithLibrary()) {
            kernel.run("Matrix big = Matrix.normal(5000, 5000, 1);", LONG);
            Reply reply = kernel.run("big");
            assertTrue(reply.ok());
            assertTrue(reply.html().length() < 100_000);
        }
    }
}
