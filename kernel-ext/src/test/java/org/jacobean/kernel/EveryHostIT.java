package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jacobean.kernel.Cells.Case;
import org.jacobean.kernel.Cells.Outcome;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;
import org.jacobean.kernel.jshell.JavaCells;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One table of cells in every host: with magics where there are any, and elsewhere in the Java they stand for. */
@Timeout(300)
class EveryHostIT {

    @TempDir
    private static Path directory;

    private static List<Case> cells;
    private static List<Case> java;

    @BeforeAll
    static void read() throws IOException {
        directory = directory.toRealPath();
        cells = Cells.all(directory.toString());
        java = JavaCells.all(directory.toString());
        assertEquals(Cells.COUNT, cells.size());
        assertEquals(Cells.COUNT - Cells.OF_MAGICS, java.size());
    }

    @Test
    void jjava() {
        try (KernelClient kernel = KernelClient.start(
                Kernels.jjava(Project.java(), Project.jjavaJar()),
                Map.of("JJAVA_CLASSPATH", Project.allJar().toString()),
                directory)) {
            run(cells, cell -> KernelHost.run(kernel, cell));
        }
    }

    @Test
    void ijava() {
        try (KernelClient kernel = IJavaIT.startWithLibrary(directory)) {
            run(cells, cell -> KernelHost.run(kernel, cell));
        }
    }

    @Test
    void rapaio() {
        try (KernelClient kernel = RapaioIT.startWithLibrary(directory)) {
            run(java, cell -> KernelHost.run(kernel, cell));
        }
    }

    /** It prints what other hosts show, at most 80 columns wide, and loads nothing that is for a kernel. */
    @Test
    void jshell() throws IOException {
        Path loaded = directory.resolve("classes.log");
        try (JShellTool tool = new JShellTool(directory, "-Xlog:class+load:file=" + loaded)) {
            List<Case> printing = java.stream().map(JavaCells::printing).toList();
            run(printing, tool::run);
            printing.stream()
                    .flatMap(one -> one.prints().lines())
                    .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 80, line));
        }
        List<String> classes = Files.readAllLines(loaded);
        assertTrue(classes.stream().anyMatch(line -> line.contains(" org.jacobean.view.Rendered ")));
        Pattern kernels =
                Pattern.compile(" org\\.jacobean\\.kernel| org\\.dflib| io\\.github\\.spencerpark| org\\.rapaio");
        assertEquals(List.of(), classes.stream().filter(kernels.asPredicate()).toList());
    }

    private static void run(List<Case> cases, Function<String, Outcome> host) {
        for (Case one : cases) {
            assertEquals(one.expected(), host.apply(one.cell()), one.cell());
        }
    }
}
