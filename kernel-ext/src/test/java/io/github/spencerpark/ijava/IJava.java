package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The kernel's process: serves one Jupyter connection, and tells the notebook's code which kernel it runs in. */
public final class IJava {
    private static volatile JavaKernel kernel;

    private IJava() {}

    /** The kernel of this process, or null when there is none. */
    public static JavaKernel getKernelInstance() {
        return kernel;
    }

    /** Serves the connection that the file {@code args[0]} describes, until the client shuts it down. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException("usage: IJava CONNECTION_FILE");
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        var connection = new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        kernel = new JavaKernel();
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }
}
