package org.jacobean.magic;

import org.jacobean.matrix.Visible;

/** A magic's text that means nothing; the message is for the person who typed it. */
public final class MagicException extends IllegalArgumentException {

    MagicException(String message) {
        super(Visible.message(message));
    }
}
