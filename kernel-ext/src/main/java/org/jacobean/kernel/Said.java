package org.jacobean.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was said beside the outputs of a session, on stderr, so that it is said once, and again when what it speaks of has
 * changed. The number that comes with a line stands for that: it stays as it is until then.
 */
final class Said {

    private static final int KEPT = 100;

    private final Map<String, Integer> lines = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > KEPT;
        }
    };

    /** Says the line, unless it was said of the same. */
    void say(String line, int of) {
        Integer before = lines.remove(line);
        lines.put(line, of);
        if (before == null || before != of) {
            System.err.println(line);
        }
    }
}
