package org.jacobean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which: the sources' imports and written-out names against one table, read top to bottom. */
class ImportRulesTest {

    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src", "main", "java");
    private static final String OURS = "org.jacobean.";
    private static final String TABLESAW = "tech.tablesaw";

    /** What each package may use besides the JDK and itself, by the beginning of the name. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("matrix", List.of("dev.ludovic.netlib")),
            Map.entry("formula", List.of()),
            Map.entry("layer", ours("matrix", "formula")),
            Map.entry("explain", ours("matrix", "formula", "layer")),
            Map.entry("table", and(TABLESAW, ours("matrix", "layer", "explain"))),
            Map.entry(
                    "view",
                    and(TABLESAW, and("org.knowm.xchart", ours("matrix", "formula", "layer", "explain", "table")))),
            Map.entry("magic", ours("matrix")),
            Map.entry(
                    "kernel",
                    ours(
                            "magic",
                            "view",
                            "matrix.Backend",
                            "matrix.Interrupts",
                            "matrix.Memory",
                            "matrix.Visible",
                            "table.Tablesaw")),
            Map.entry("kernel.jjava", and("org.dflib.jjava", ours("kernel", "magic", "view"))),
            Map.entry("kernel.ijava", and("io.github.spencerpark", ours("kernel", "magic", "view"))),
            Map.entry("kernel.rapaio", and("org.rapaio.jupyter.kernel", ours("kernel", "view"))),
            Map.entry("kernel.jshell", ours("kernel", "magic", "view", "matrix.Visible")));

    private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?([\\w.]+)");
    /** A name written out in the code: lower-case parts with a type at their end. */
    private static final Pattern WRITTEN_OUT = Pattern.compile("\\b((?:[a-z]\\w*\\.){2,}[A-Z]\\w*)");

    private static final Pattern NO_CODE =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"");

    @Test
    void everySourceUsesOnlyWhatItsPackageMay() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Path source : sources()) {
            String name = packageOf(source);
            seen.add(name);
            violations(name, Files.readString(source))
                    .forEach(violation -> wrong.add(source.getFileName() + ": " + violation));
        }
        assertEquals(List.of(), wrong);
        assertTrue(
                seen.containsAll(List.of(
                        "matrix",
                        "layer",
                        "explain",
                        "table",
                        "view",
                        "magic",
                        "kernel",
                        "kernel.jjava",
                        "kernel.ijava",
                        "kernel.rapaio",
                        "kernel.jshell")),
                "packages seen: " + seen);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path source : sources()) {
            Path info = source.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
                silent.add(packageOf(source));
            }
        }
        assertEquals(List.of(), silent);
    }

    @Test
    void aForbiddenImportIsFound() {
        assertEquals(
                List.of("matrix may not use tech.tablesaw.api.Table"),
                violations("matrix", "import tech.tablesaw.api.Table;\n"));
        assertEquals(
                List.of("kernel may not use tech.tablesaw.api.Table"),
                violations("kernel", "import tech.tablesaw.api.Table;\n"));
        assertEquals(
                List.of("layer may not use org.jacobean.view.Views.of"),
                violations("layer", "import java.util.List;\nimport static org.jacobean.view.Views.of;\n"));
        assertEquals(
                List.of("kernel.ijava may not use org.jacobean.kernel.jjava.JJavaSession"),
                violations(
                        "kernel.ijava",
                        "import org.jacobean.kernel.Session;\nimport org.jacobean.kernel.jjava.JJavaSession;\n"));
        assertEquals(
                List.of("kernel may not use org.jacobean.matrix.Matrix"),
                violations("kernel", "import org.jacobean.matrix.Backend;\nimport org.jacobean.matrix.Matrix;\n"));
        assertEquals(List.of("table may not use com.google.gson"), violations("table", "import com.google.gson.*;\n"));
    }

    @Test
    void aForbiddenNameWrittenOutInTheCodeIsFound() {
        assertEquals(
                List.of("magic may not use org.jacobean.layer.Linear"),
                violations("magic", "class A { Object a = new org.jacobean.layer.Linear(null); }\n"));
        assertEquals(
                List.of("formula may not use tech.tablesaw.api.Table"),
                violations("formula", "class A { tech.tablesaw.api.Table t; }\n"));
    }

    @Test
    void textAndCommentsAreNoUse() {
        assertEquals(
                List.of(),
                violations(
                        "matrix",
                        """
                /** See {@link tech.tablesaw.api.Table}. */
                class A {
                    // org.jacobean.view.View
                    String s = "org.jacobean.view.View";
                }
                """));
    }

    @Test
    void aPackageWithoutARuleIsFound() {
        assertEquals(List.of("magics has no rule"), violations("magics", ""));
    }

    private static List<String> violations(String name, String source) {
        List<String> allowed = MAY_USE.get(name);
        if (allowed == null) {
            return List.of(name + " has no rule");
        }
        String code = NO_CODE.matcher(source).replaceAll("");
        List<String> used = new ArrayList<>();
        IMPORT.matcher(code).results().forEach(found -> used.add(found.group(1)));
        Matcher writtenOut = WRITTEN_OUT.matcher(code.replaceAll("(?m)^\\s*(?:import|package)\\s.*$", ""));
        writtenOut.results().forEach(found -> used.add(found.group(1)));
        return used.stream()
                .map(use -> use.endsWith(".") ? use.substring(0, use.length() - 1) : use)
                .filter(use -> !use.matches("(?:java|javax|jdk)\\..*"))
                .filter(use -> !inPackage(use, OURS + name))
                .filter(use -> allowed.stream()
                        .noneMatch(may -> may.startsWith(OURS) ? inPackage(use, may) : use.startsWith(may + ".")))
                .map(use -> name + " may not use " + use)
                .toList();
    }

    /** In the package itself, not in one below it: what follows is a type, or all types. */
    private static boolean inPackage(String use, String name) {
        return use.equals(name) || use.startsWith(name + ".") && !Character.isLowerCase(use.charAt(name.length() + 1));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String packageOf(Path source) {
        Path folder = SOURCES.resolve(Path.of("org", "jacobean")).relativize(source.getParent());
        return folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
    }

    private static List<String> ours(String... packages) {
        return Stream.of(packages).map(name -> OURS + name).toList();
    }

    private static List<String> and(String api, List<String> ours) {
        List<String> all = new ArrayList<>(ours);
        all.add(api);
        return List.copyOf(all);
    }
}
