package org.jacobean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Test;

/** The jars that the build makes: nothing missing, licences as they are, no larger than is stated. */
class JarsIT {

    private static final Path LICENCES = Path.of("kernel-ext/src/main/resources/META-INF/THIRD-PARTY.txt");

    /** A line of jdeps: a class, and one that it names and that the jar has not. */
    private static final Pattern MISSING = Pattern.compile("(?m)^\\s+(\\S+)\\s+-> (\\S+)\\s+not found$");

    /** {@code | -all | 20.6 MB | …}, in the table of the benchmarks. */
    private static final Pattern STATED = Pattern.compile("(?m)^\\| `jacobean-kernel-ext(\\S*)\\.jar` \\| ([\\d.]+) MB \\|");

    /**
     * What is left out of the -all jar no class in it names. Missing is what a kernel brings, and what nobody can use
     * without bringing more: charts as GIF and PDF, and Tablesaw's way to Smile.
     */
    @Test
    void theJarHasAllThatItNeeds() {
        StringWriter said = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(said),
                        new PrintWriter(said),
                        "-q",
                        "--multi-release",
                        "base",
                        "--missing-deps",
                        Project.allJar().toString());
        assertEquals(0, code, said.toString());
        Map<String, String> needed = new TreeMap<>();
        Matcher missing = MISSING.matcher(said.toString());
        while (missing.find()) {
            String by = missing.group(1).replaceFirst("^(org\\.jacobean\\.kernel\\.\\w+)\\..*", "$1.*");
            String what = missing.group(2).replaceFirst("^((?:\\w+\\.){2}).*|^(\\w+\\.).*", "$1$2*");
            needed.merge(by, what, (a, b) -> a.contains(b) ? a : a + " " + b);
        }
        assertEquals(
                Map.of(
                        "org.jacobean.kernel.ijava.*", "io.github.*",
                        "org.jacobean.kernel.jjava.*", "org.dflib.*",
                        "org.jacobean.kernel.rapaio.*", "org.rapaio.*",
                        "org.knowm.xchart.GifEncoder", "com.madgag.*",
                        "org.knowm.xchart.PdfboxGraphicsEncoder", "de.rototor.* org.apache.*",
                        "tech.tablesaw.conversion.smile.SmileConverter", "smile.data.*"),
                needed);
    }

    /** The build has listed the licences of the dependencies as they are now, and passed no other than those it may. */
    @Test
    void theJarTellsTheLicencesOfAllThatIsInIt() throws IOException {
        String now = Files.readString(Project.TARGET.resolve("generated-sources/license/THIRD-PARTY.txt"));
        if (Project.update()) {
            Files.writeString(Project.ROOT.resolve(LICENCES), now);
            return;
        }
        assertEquals(now, read(Project.allJar(), "META-INF/THIRD-PARTY.txt"));
        assertEquals(Files.readString(Project.ROOT.resolve("LICENSE")), read(Project.allJar(), "META-INF/LICENSE"));
        assertEquals(now, read(Project.thinJar(), "META-INF/THIRD-PARTY.txt"));
        assertTrue(now.contains("(LGPL) VectorGraphics2D"), now);
    }

    @Test
    void programmersGetSourcesAndJavadoc() throws IOException {
        assertTrue(read(jar("-sources"), "org/jacobean/matrix/Matrix.java").contains("a dense, immutable matrix"));
        assertTrue(read(jar("-javadoc"), "org/jacobean/matrix/Matrix.html").contains("a dense, immutable matrix"));
        try (ZipFile sources = new ZipFile(jar("-sources").toFile());
                ZipFile classes = new ZipFile(Project.thinJar().toFile())) {
            List<String> without = classes.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.replace(".class", ".java"))
                    .filter(name -> sources.getEntry(name) == null)
                    .toList();
            assertEquals(List.of(), without);
        }
    }

    /** To 10 %: the javadoc differs from JDK to JDK. */
    @Test
    void theJarsAreAsLargeAsIsStated() throws IOException {
        Matcher stated = STATED.matcher(Files.readString(Project.ROOT.resolve("kernel-ext/BENCHMARKS.md")));
        List<String> wrong = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        while (stated.find()) {
            String classifier = stated.group(1);
            double megabytes = Files.size(jar(classifier)) / 1e6;
            seen.add(classifier);
            if (Math.abs(megabytes / Double.parseDouble(stated.group(2)) - 1) > 0.1) {
                wrong.add("%s: stated %s MB, is %.2f MB".formatted(classifier, stated.group(2), megabytes));
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(List.of("", "-all", "-sources", "-javadoc"), seen);
    }

    private static Path jar(String classifier) {
        return Project.TARGET.resolve("jacobean-kernel-ext-" + Project.version() + classifier + ".jar");
    }

    private static String read(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
