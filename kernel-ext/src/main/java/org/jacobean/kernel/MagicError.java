package org.jacobean.kernel;

import org.jacobean.matrix.Visible;

/**
 * A magic that failed. Its message is the whole story: an {@code Error}, since kernels add words of their own to exceptions,
 * and without a stack trace, which would only show how magics work.
 */
public final class MagicError extends Error {

    MagicError(String message) {
        super(Visible.isolated(Visible.message(message)), null, false, false);
    }
}
