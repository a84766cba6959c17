package org.jacobean.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jacobean.kernel.client.Kernels;

/** Where the build put what the integration tests run. */
public final class Project {

    public static final Path ROOT = Path.of(System.getProperty("project.root")).toAbsolutePath();
    public static final Path TARGET = ROOT.resolve("kernel-ext/target");
    public static final Path NOTEBOOKS = ROOT.resolve("notebooks");

    private Project() {}

    public static String version() {
        return System.getProperty("jacobean.version");
    }

    /** The jar without its dependencies. */
    public static Path thinJar() {
        return TARGET.resolve("jacobean-kernel-ext-" + version() + ".jar");
    }

    /** The jar with its dependencies. */
    public static Path allJar() {
        return TARGET.resolve("jacobean-kernel-ext-" + version() + "-all.jar");
    }

    public static Path jjavaJar() {
        return ROOT.resolve(".venv/share/jupyter/kernels/java/jjava.jar");
    }

    public static Path java() {
        return Kernels.thisJava();
    }

    /** The command line {@code python3 install …}, with the jar and the JDK of this build. */
    public static List<String> install(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("python"),
                "install",
                "--jar",
                allJar().toString(),
                "--jdk",
                System.getProperty("java.home")));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whether {@code -Dupdate} asks for outputs to be written instead of compared. */
    public static boolean update() {
        String update = System.getProperty("update", "false");
        return update.isEmpty() || update.equals("true");
    }
}
