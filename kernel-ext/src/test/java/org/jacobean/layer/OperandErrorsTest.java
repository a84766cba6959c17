package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Operands that do not fit a layer or its pass: both shapes, the rule, and what to try. */
class OperandErrorsTest {

    private final Matrix w = Matrix.ones(3, 2);
    private final Forward pass = new Linear(w, Matrix.row(1, 2)).forward(Matrix.ones(4, 3));

    @Test
    void biasesOfAnotherLengthThanTheNeurons() {
        unfit(
                """
                b does not fit w
                  w     3 × 2
                  b     1 × 3
                  rule  b must be 1 × 2: one bias for each neuron, that is for each column of w
                  try   a vector of 2, such as Matrix.zeros(1, 2)

                      2
                    ╒════╕         3
                    │    │      ╒══════╕
                  3 │    │    1 │      │
                    │    │      └──────┘
                    └────┘         b
                      w""",
                () -> new Linear(w, Matrix.row(1, 2, 3)));
        unfit(
                """
                b1 does not fit hidden
                  hidden  3 × 2
                  b1      2 × 1
                  rule    b1 must be 1 × 2: one bias for each neuron, that is for each column of
                          hidden
                  try     b1 is a column; a vector is one row: b1.transpose()

                      2
                    ╒════╕       1
                    │    │      ╔══╕
                  3 │    │    2 ║  │
                    │    │      ║  │
                    └────┘      ╙──┘
                    hidden       b1""",
                () -> new Linear(w.named("hidden"), Matrix.column(1, 2).named("b1")));
    }

    @Test
    void aParameterReplacedByOneThatDoesNotFit() {
        unfit(
                """
                b does not fit w
                  w     3 × 3
                  b     1 × 2
                  rule  b must be 1 × 3: one bias for each neuron, that is for each column of w
                  try   a vector of 3, such as Matrix.zeros(1, 3)

                       3
                    ╒══════╕        2
                    │      │      ╒════╕
                  3 │      │    1 │    │
                    │      │      └────┘
                    └──────┘        b
                       w""",
                () -> pass.layer().with("w", Matrix.ones(3, 3)));
    }

    @Test
    void anInputWithAnotherNumberOfEntries() {
        unfit(
                """
                x does not fit the layer
                  x     1 × 2
                  w     3 × 2
                  rule  a row of x (2) must have an entry for each input of the layer (3)
                  fits  x·wᵀ gives 1 × 3
                  try   rows of 3 entries, or a layer with 2 inputs

                                  2
                      2         ╓────┐
                    ╒════╕      ║    │
                  1 │    │  · 3 ║    │
                    └────┘      ║    │
                      x         ╙────┘
                                  w""",
                () -> pass.layer().forward(Matrix.row(1, 2)));
    }

    @Test
    void anInputThatOnlyLiesOnItsSide() {
        unfit(
                """
                A does not fit the layer
                  A, as x  3 × 1
                  w1       3 × 2
                  rule     a row of x (1) must have an entry for each input of the layer (3)
                  try      A.transpose() fits, if each column of A is an example

                     1          2
                    ╒══╕      ╓────┐
                    │  │      ║    │
                  3 │  │  · 3 ║    │
                    │  │      ║    │
                    └──┘      ╙────┘
                     A          w1""",
                () -> new Linear(w.named("w1")).forward(Matrix.column(1, 2, 3).named("A")));
    }

    @Test
    void anIncomingGradientOfAnotherShapeThanTheOutput() {
        unfit(
                """
                dL/df does not fit f
                  dL/df  1 × 2
                  f      4 × 2
                  rule   dL/df has an entry for each entry of f, so it has the shape of f
                  try    a matrix of 4 × 2, such as Matrix.ones(4, 2)

                                  2
                      2         ╓────┐
                    ╓────┐      ║    │
                  1 ║    │    4 ║    │
                    ╙────┘      ║    │
                    dL/df       ║    │
                                ╙────┘
                                  f""",
                () -> pass.backward(Matrix.row(1, -2)));
    }

    @Test
    void anIncomingGradientThatOnlyLiesOnItsSide() {
        unfit(
                """
                g does not fit f
                  g     2 × 4
                  f     4 × 2
                  rule  dL/df has an entry for each entry of f, so it has the shape of f
                  try   g.transpose()

                                      2
                        4           ╔════╕
                    ╔════════╕      ║    │
                  2 ║        │    4 ║    │
                    ║        │      ║    │
                    ╙────────┘      ║    │
                        g           ╙────┘
                                      f""",
                () -> pass.backward(Matrix.ones(2, 4).named("g")));
    }

    @Test
    void whatIsNullIsNamed() {
        isNull("w of a linear layer", () -> new Linear(null));
        isNull("w of a linear layer", () -> new Linear(null, Matrix.row(1, 2)));
        isNull("b of a linear layer", () -> new Linear(w, null));
        isNull("x of a forward pass", () -> new Linear(w).forward(null));
        isNull("dL/df of a backward pass", () -> pass.backward((Matrix) null));
    }

    private static void isNull(String what, Executable make) {
        assertEquals(
                what + " is null; did the cell that declares it fail?",
                assertThrows(IllegalArgumentException.class, make).getMessage());
    }

    private static void unfit(String message, Executable make) {
        assertEquals(message, assertThrows(ShapeException.class, make).getMessage());
    }
}
