package org.jacobean.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Kernels;

/** The real rapaio-jupyter-kernel, spoken to as a notebook speaks to it. */
class RapaioIT {

    private static final String INSTALL = "org.jacobean.kernel.rapaio.RapaioExtension.install();";

    private static final int ATTEMPTS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Again where it never answers: it may lose a race of its own, a channel's thread against the one that starts it. */
    private static KernelClient start(Map<String, String> environment, Path directory) {
        for (int attempt = 1; ; attempt++) {
            try {
                return KernelClient.start(Kernels.rapaio(Project.java()), environment, directory, PATIENCE);
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    static KernelClient startWithLibrary(Path directory) {
        KernelClient kernel = start(Map.of("RJK_CLASSPATH", Project.allJar().toString()), directory);
        kernel.run(INSTALL);
        return kernel;
    }
}
