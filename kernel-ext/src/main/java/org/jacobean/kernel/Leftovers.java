package org.jacobean.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;

/**
 * The variables that JShell makes of magics. It names the value of each expression that stands alone {@code $1},
 * {@code $2}, …, and imports every one of them into all that is compiled from then on: a hundred magics would make each cell
 * that follows slower. A magic leaves only what the host was to display, which no Java has a use for; so the next magic
 * drops it.
 */
final class Leftovers {

    private final JShell shell;
    private final List<Snippet> left = new ArrayList<>();

    Leftovers(JShell shell) {
        this.shell = shell;
    }

    /** Drops what earlier magics left; what {@code magic} leaves, the statement that runs now, is dropped by the next. */
    void of(Snippet magic) {
        left.removeIf(earlier -> earlier != magic && dropped(earlier));
        if (magic != null && magic.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND && !left.contains(magic)) {
            left.add(magic);
        }
    }

    /** Whether it is gone now. One that is spoken of elsewhere stays: what was made from it would go too. */
    private boolean dropped(Snippet snippet) {
        String name = ((VarSnippet) snippet).name();
        if (shell.status(snippet) != Snippet.Status.VALID) {
            return true;
        }
        if (shell.snippets().anyMatch(other -> other != snippet && other.source().contains(name))) {
            return false;
        }
        shell.drop(snippet);
        return true;
    }
}
