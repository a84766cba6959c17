package org.jacobean.explain;

import org.jacobean.matrix.Matrix;

/** What a check says while it goes on: how long that takes, and what it has found. */
final class SoFar implements Work.Words {

    /** Judging again what was measured takes a twentieth of the time at most. */
    private static final int SHARE = 20;

    private final TimeLeft left;
    private final Tally tally;
    private Matrix gradient;
    private int[] elements;
    private String found = "";
    private long due = System.nanoTime();

    SoFar(TimeLeft left, Tally tally) {
        this.left = left;
        this.tally = tally;
    }

    void begin(String role, Matrix gradient, int[] elements) {
        left.begin(role);
        this.gradient = gradient;
        this.elements = elements;
    }

    @Override
    public void did(long more) {
        left.did(more);
    }

    @Override
    public String of(Measured measured) {
        long now = System.nanoTime();
        if (now - due >= 0) {
            Tally all = tally.counted();
            all.judge(gradient, elements, measured, false);
            found = all.found();
            due = now + SHARE * (System.nanoTime() - now);
        }
        String time = left.words();
        return time.isEmpty() ? found : time + ", " + found;
    }
}
