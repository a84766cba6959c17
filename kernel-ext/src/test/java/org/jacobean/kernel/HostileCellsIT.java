package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;
import org.jacobean.kernel.client.Reply;
import org.junit.jupiter.api.Test;

/** The real kernel, with little memory, and cells that ask too much of it: it answers each, and goes on as it was. */
class HostileCellsIT {

    private static final String MORE = "start Java with more, -Xmx1g; the kernel: python3 install --jvm-option=-Xmx1g";

    private static KernelClient start() {
        List<String> argv = new ArrayList<>(Kernels.jjava(Project.java(), Project.jjavaJar()));
        argv.add(1, "-Xmx400m");
        return KernelClient.start(
                argv, Map.of("JJAVA_CLASSPATH", Project.allJar().toString()));
    }

    @Test
    void theKernelLivesAndItsVariablesAreAsBefore() {
        try (KernelClient kernel = start()) {
            assertEquals("ok", kernel.run("%matrix w = 1 2; 3 4").status());
            texts(kernel);
            sizes(kernel);
            lines(kernel);
            assertEquals("2 × 2 [1 2; 3 4]", kernel.run("w.toString()").text());
        }
    }

    private static void texts(KernelClient kernel) {
        fails(
                kernel,
                "%matrix w = 1 \u001b[31mred\u001b[0m",
                "row 1, entry 2: '‹U+001B›' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf");
        fails(
                kernel,
                "%matrix w = 1 \u202egnp.exe",
                "row 1, entry 2: '‹U+202E›gnp.exe' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf");
        fails(
                kernel,
                "%matrix w = 1 \"); System.exit(1); (\"",
                "row 1, entry 2: ')' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf");
        fails(
                kernel,
                "%matrix w = %s %n {0}",
                "row 1, entry 1: '%s' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf");
        // Half of a pair, from Java and from the notebook's file.
        Reply half = kernel.run("Matrix.row(1, 2).named(\"a\\ud800b\")");
        assertEquals(
                """
                a‹U+D800›b: 1 × 2, norm 2.236, min 1, max 2
                            [1]  [2]
                a‹U+D800›b    1    2""",
                half.text());
        assertEquals("error", kernel.run("%matrix w = 1 \ud800").status());
        assertEquals("ok", kernel.run("String half = \"\ud800\";").status());
    }

    private static void sizes(KernelClient kernel) {
        for (String large : List.of(
                "%matrix w = normal 30000x30000",
                "%matrix w = zeros 30000x30000",
                "Matrix.of(new double[1][30000]).transpose().times(Matrix.zeros(1, 30000))")) {
            fails(
                    kernel,
                    large,
                    "a matrix of 30,000 × 30,000 needs 7.2 GB, more than the 419 MB that this Java may use; make it"
                            + " smaller, or " + MORE);
        }
        assertEquals("ok", kernel.run("%matrix a = zeros 5000x5000").status());
        fails(
                kernel,
                "%matrix w = normal 6000x5000",
                "a matrix of 6,000 × 5,000 needs 240 MB, and of the 419 MB that this Java may use too little is free;"
                        + " make it smaller, let go of another (w = null;), or " + MORE);
        fails(
                kernel,
                "a.plus(a)",
                "a matrix of 5,000 × 5,000 needs 200 MB, and of the 419 MB that this Java may use too little is free;"
                        + " make it smaller, let go of another (w = null;), or " + MORE);
        fails(
                kernel,
                "%linear l = w [1 2]\nMatrix big = Matrix.zeros(20_000_000, 2);",
                "a matrix of 20,000,000 × 2 needs 320 MB, and of the 419 MB that this Java may use too little is free;"
                        + " make it smaller, let go of another (w = null;), or " + MORE);
        assertEquals("ok", kernel.run("a = null;").status());
        assertEquals("ok", kernel.run("%matrix a = zeros 5000x5000").status());
        assertEquals("ok", kernel.run("a = null;").status());
    }

    /** As a spreadsheet gives them. */
    private static void lines(KernelClient kernel) {
        String body = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> i + "\t" + i / 8.0 + "\t-" + i)
                .collect(Collectors.joining("\n"));
        Reply reply = kernel.run("%%matrix m\n" + body);
        assertEquals("ok", reply.status(), reply::toString);
        assertEquals(
                "10,000 × 3 [10000 1250 -10000]",
                kernel.run("m.shape() + m.row(9999).toString().substring(5)").text());
        assertTrue(reply.text().startsWith("m: 10,000 × 3, norm "), reply::text);
    }

    private static void fails(KernelClient kernel, String cell, String message) {
        assertEquals(message, KernelHost.message(kernel.run(cell)), cell);
    }
}
