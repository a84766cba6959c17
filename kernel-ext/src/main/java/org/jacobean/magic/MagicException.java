package org.jacobean.magic;

/** A magic's text that means nothing; the message is for the person who typed it. */
public final class MagicException extends IllegalArgumentException {

    MagicException(String message) {
        super(message);
    }
}
