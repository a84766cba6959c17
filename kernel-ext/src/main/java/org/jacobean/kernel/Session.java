package org.jacobean.kernel;

import jdk.jshell.JShell;
import org.jacobean.view.Rendered;

/** What a host must offer for magics to work in it. */
public interface Session {

    /** The host and its version, such as {@code JJava 1.0a8}. */
    String host();

    /** The shell that holds the variables; nothing is evaluated in it. */
    JShell shell();

    /**
     * Evaluates Java as if the user had typed it into a cell.
     *
     * @throws Exception what the host throws when the source does not compile, or fails
     */
    void evaluate(String source) throws Exception;

    /** What a magic returns to have {@code rendered} displayed, if it is the last thing in its cell; or null. */
    Object result(Rendered rendered);

    /** Whether the cell that runs now asks for {@code what} for the first time: with its next run it begins anew. */
    boolean isNew(String what);

    /** Shows {@code value} now; with an {@code id}, in the place of what was last shown under it. */
    void show(Object value, String id);
}
