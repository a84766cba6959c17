package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;
import org.jacobean.kernel.client.Reply;
import org.jacobean.kernel.client.Reply.Display;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real rapaio-jupyter-kernel, spoken to as a notebook speaks to it. */
class RapaioIT {

    private static final String INSTALL = "org.jacobean.kernel.rapaio.RapaioExtension.install();";
    private static final int ATTEMPTS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static KernelClient kernel;

    @BeforeAll
    static void startOne() {
        kernel = startWithLibrary(directory);
    }

    @AfterAll
    static void end() {
        kernel.close();
    }

    /**
     * Again where it does not answer: when a channel's thread overtakes the one that starts it this kernel never does, and
     * on a busy machine that is not rare.
     */
    private static KernelClient start(Map<String, String> environment, Path directory) {
        for (int attempt = 1; ; attempt++) {
            try {
                return KernelClient.start(Kernels.rapaio(Project.java()), environment, directory, PATIENCE);
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                System.out.println("rapaio-jupyter-kernel did not answer, attempt " + attempt + " of " + ATTEMPTS);
            }
        }
    }

    static KernelClient startWithLibrary(Path directory) {
        KernelClient kernel = start(Map.of("RJK_CLASSPATH", Project.allJar().toString()), directory);
        kernel.run(INSTALL);
        return kernel;
    }

    @Test
    void byItsMagicTheJarIsEnough() {
        try (KernelClient own = start(Map.of(), directory)) {
            own.run("%jar " + Project.allJar());
            Reply shown = own.run("Matrix w = Matrix.row(1.0, 2).named(\"w\"); show(w);");
            assertEquals(
                    List.of(Set.of("text/plain", "text/html")),
                    shown.displays().stream().map(d -> d.data().keySet()).toList(),
                    shown::toString);
            assertEquals(shown.displays().get(0).data(), own.run("w").result());
        }
    }

    /** Twice by its magic, once by the class path, the thin jar too, and by two calls. */
    @Test
    void loadedInEveryWayAtOnceItIsThereOnce() {
        kernel.run("Matrix w = Matrix.row(1.0, 2).named(\"w\");");
        kernel.run("%jar " + Project.allJar() + "\n%jar " + Project.thinJar() + "\n%jar " + Project.allJar());
        kernel.run(INSTALL + INSTALL);
        assertEquals(
                "w: 1 × 2, norm 2.236, min 1, max 2\n   w[1]  w[2]\nw     1     2",
                kernel.run("w").result().get("text/plain"));
        assertEquals(1, kernel.run("show(w);").displays().size());
        assertEquals(
                LoadedOnce.RENDERED_ONCE,
                kernel.run(LoadedOnce.HOW_OFTEN).displays().stream()
                        .map(Display::text)
                        .toList());
    }

    /** Of an init script the kernel makes one snippet, however many imports it holds. */
    @Test
    void anInitScriptKeepsItsImports() throws Exception {
        Path script = directory.resolve("init.jsh");
        Files.writeString(script, String.join("\n", Setup.imports()));
        try (KernelClient own = start(
                Map.of("RJK_CLASSPATH", Project.allJar().toString(), "RJK_INIT_SCRIPT", script.toString()),
                directory)) {
            String text = "1 × 2, norm 2.236, min 1, max 2\n     [1]  [2]\n[·]    1    2";
            assertEquals(text, own.run("Matrix w = Matrix.row(1.0, 2); w").text());
            assertEquals(text, own.run("show(w);").displays().get(0).text(), "w is what it was");
        }
    }

    /** It would wait for a kernel that waits for it. */
    @Test
    void calledByAnInitScriptItSaysThatThisIsTooEarly() throws Exception {
        Path script = directory.resolve("install.jsh");
        Files.writeString(script, INSTALL);
        try (KernelClient own = start(
                Map.of("RJK_CLASSPATH", Project.allJar().toString(), "RJK_INIT_SCRIPT", script.toString()),
                directory)) {
            assertTrue(
                    own.log()
                            .contains("Jacobean cannot be installed by an init script, since that runs before there is a"
                                    + " kernel; call it in the first cell\n"),
                    own.log());
            own.run(INSTALL);
            assertEquals(1, own.run("show(Matrix.row(1.0, 2));").displays().size());
        }
    }

    @Test
    void whatIsAskedForIsGivenWithItsText() {
        kernel.run("Matrix w = Matrix.row(1.0, 2).named(\"w\"); Diagram d = Diagram.of(new Linear(w));");
        for (String mime : List.of("latex", "text/latex")) {
            assertEquals(
                    "$$\\mathrm{w} = \\begin{bmatrix}\n1 & 2\n\\end{bmatrix}$$",
                    display(kernel, mime, "w").get("text/latex"));
        }
        assertEquals(
                Set.of("text/plain", "text/markdown"),
                display(kernel, "md", "w").keySet());
        assertEquals(Set.of("text/plain"), display(kernel, "text", "w").keySet());
        assertEquals(
                Set.of("text/plain", "image/svg+xml"),
                display(kernel, "svg", "d").keySet());
        assertEquals(Set.of("text/plain"), display(kernel, "html", "d").keySet(), "a picture has no HTML");
        assertEquals(
                Set.of("text/plain", "image/svg+xml"), kernel.run("d").result().keySet());
    }

    private static Map<String, String> display(KernelClient kernel, String mime, String value) {
        List<Display> displays =
                kernel.run("display(\"" + mime + "\", " + value + ");").displays();
        assertEquals(1, displays.size());
        return displays.get(0).data();
    }

    @Test
    void aDisplayIsUpdatedInPlaceAndNullIsShown() {
        Reply reply = kernel.run("for (int i = 1; i <= 3; i++) { show(\"loss\", Matrix.row(i, -i)); }");
        assertEquals(List.of("loss"), reply.displays().stream().map(Display::id).toList());
        assertEquals(
                List.of(
                        "1 × 2, norm 2.828, min -2, max 2\n     [1]  [2]\n[·]    2   -2",
                        "1 × 2, norm 4.243, min -3, max 3\n     [1]  [2]\n[·]    3   -3"),
                reply.updates().stream().map(Display::text).toList());
        // Run again, the cell has lost its output, and shows a new one.
        assertEquals(
                1, kernel.run("show(\"loss\", Matrix.row(1, -1));").displays().size());
        assertEquals("null", kernel.run("show(null);").displays().get(0).text());
    }

    /** Without Tablesaw nothing of ours can be displayed. */
    @Test
    void aBrokenInstallationDoesNotEndTheKernel() {
        try (KernelClient own = start(Map.of(), directory)) {
            own.run("%jar " + Project.thinJar());
            assertEquals(
                    "1 × 2 [1 2]",
                    own.run("org.jacobean.matrix.Matrix.row(1.0, 2).toString()")
                            .result()
                            .get("text/html"));
            assertTrue(
                    own.log()
                            .contains("Jacobean could not be installed in this kernel: java.lang.NoClassDefFoundError:"
                                    + " tech/tablesaw/table/Relation\n"),
                    own.log());
        }
    }
}
