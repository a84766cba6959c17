package org.jacobean.formula;

/** What the variables of an expression hold. */
public interface Values {

    /** The element of {@code variable} at {@code row} and {@code column}, both counted from 1. */
    double of(String variable, int row, int column);

    /** How far an index runs: n, m or N. */
    int size(String name);
}
