package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.kernel.magic.registry.UndefinedMagicException;
import java.util.List;
import java.util.concurrent.Callable;

/** What the magics of a cell are turned into: calls of these functions. */
public final class Magics {
    private Magics() {}

    public static <T> T lineMagic(String name, List<String> arguments) {
        return run(
                "line magic '" + name + "'",
                () -> Kernel.getKernelInstance().getMagics().applyLineMagic(name, arguments));
    }

    public static <T> T cellMagic(String name, List<String> arguments, String body) {
        return run(
                "cell magic '" + name + "'",
                () -> Kernel.getKernelInstance().getMagics().applyCellMagic(name, arguments, body));
    }

    private static <T> T run(String what, Callable<T> magic) {
        try {
            return magic.call();
        } catch (UndefinedMagicException e) {
            throw e;
        } catch (Exception e) { // an Error passes as it is
            throw new RuntimeException(what + " failed: " + e.getMessage(), e);
        }
    }
}
