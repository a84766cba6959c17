package org.jacobean.kernel;

import java.util.List;

/** Whether a value is rendered once, however often the library was loaded: a value that counts how often it is asked. */
final class LoadedOnce {

    /** A cell that shows such a value, beside another, since then the view is ours. */
    static final String HOW_OFTEN =
            """
            int[] asked = {0};
            show(new Object() {
                @Override
                public String toString() {
                    return "asked " + ++asked[0];
                }
            }, "beside");
            show(asked[0], "times");""";

    /** The texts that it shows. */
    static final List<String> RENDERED_ONCE = List.of("asked 1\nbeside", "1\ntimes");

    private LoadedOnce() {}
}
