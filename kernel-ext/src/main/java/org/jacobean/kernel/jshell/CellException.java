package org.jacobean.kernel.jshell;

/** A cell that failed: its Java did not compile, or threw. */
public final class CellException extends RuntimeException {

    private final String kind;

    CellException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The class of what was thrown, or {@code compile error}. */
    public String kind() {
        return kind;
    }
}
