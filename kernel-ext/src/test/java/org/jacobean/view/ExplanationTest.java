package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Explanation.Convention;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Formula;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an explanation says, to the letter; above each the arithmetic by hand. */
class ExplanationTest {

    private static final Matrix X = Matrix.row(3, -5, 6).named("x");
    private static final Matrix W = Matrix.parse("0.2 0.3; 0.4 -0.5; -0.6 0.7").named("w");
    private static final Matrix B = Matrix.row(0.01, -0.02).named("b");
    private static final Linear LAYER = new Linear(W, B);
    private static final Gradients GRADS = LAYER.forward(X).backward(Matrix.row(4, -7));
    private static final Gradients BATCH =
            LAYER.forward(Matrix.parse("3 -5 6; 1 2 3").named("x")).backward(Matrix.parse("4 -7; 1 2"));
    private static final Gradients MINUS_ONES = new Linear(Matrix.parse("-1").named("w"))
            .forward(Matrix.parse("-3").named("x"))
            .backward(Matrix.parse("-1"));

    // One element

    @Test
    void anInput() {
        // 4·0.2 − 7·0.3 = 0.8 − 2.1
        assertEquals(
                """
                Why dL/dx[1] is -1.3

                1. Where x[1] stands
                   f[1] = w[1,1]·x[1] + 3 constants
                   f[2] = w[1,2]·x[1] + 3 constants
                   The derivative of a constant is 0.

                2. How each of these outputs moves with x[1]
                   df[1]/dx[1] = w[1,1] = 0.2
                   df[2]/dx[1] = w[1,2] = 0.3

                3. The chain rule
                   dL/dx[1] = Σⱼ dL/df[j]·df[j]/dx[1]
                            = dL/df[1]·df[1]/dx[1] + dL/df[2]·df[2]/dx[1]
                   x[1] reaches L through each of these 2 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[1]·w[1,1] = 4 · 0.2 = 0.8
                   dL/df[2]·w[1,2] = -7 · 0.3 = -2.1
                   dL/dx[1]        = -1.3

                5. The same in one product, and measured
                   dL/dx[1] is entry [1] of dL/df·wᵀ.
                   Moving x[1] by ±2.9e-5 and measuring L = Σ dL/df∘f gives:
                   dL/dx[1] = -1.3""",
                text(Explanation.of(GRADS, "dL/dx[1]")));
    }

    @Test
    void aWeight() {
        // 4·(−5)
        assertEquals(
                """
                Why dL/dw[2,1] is -20

                1. Where w[2,1] stands
                   f[1] = w[2,1]·x[2] + 3 constants
                   The derivative of a constant is 0. The other output does not hold w[2,1].

                2. How f[1] moves with w[2,1]
                   df[1]/dw[2,1] = x[2] = -5

                3. The chain rule
                   dL/dw[2,1] = dL/df[1]·df[1]/dw[2,1]
                   w[2,1] reaches L through this output alone.

                4. The numbers
                   dL/df[1]·x[2] = 4 · (-5) = -20
                   dL/dw[2,1]    = -20

                5. The same in one product, and measured
                   dL/dw[2,1] is entry [2,1] of xᵀ·dL/df.
                   Moving w[2,1] by ±2.7e-6 and measuring L = Σ dL/df∘f gives:
                   dL/dw[2,1] = -20""",
                text(Explanation.of(GRADS, "dL/dw[2,1]")));
    }

    @Test
    void aBias() {
        assertEquals(
                """
                Why dL/db[2] is -7

                1. Where b[2] stands
                   f[2] = b[2] + 3 constants
                   The derivative of a constant is 0. The other output does not hold b[2].

                2. How f[2] moves with b[2]
                   df[2]/db[2] = 1

                3. The chain rule
                   dL/db[2] = dL/df[2]·df[2]/db[2]
                   b[2] reaches L through this output alone.

                4. The numbers
                   dL/df[2] = -7
                   dL/db[2] = -7

                5. The same in one product, and measured
                   dL/db[2] is entry [2] of the column sums of dL/df.
                   Moving b[2] by ±1.2e-7 and measuring L = Σ dL/df∘f gives:
                   dL/db[2] = -7""",
                text(Explanation.of(GRADS, "dL/db[2]")));
    }

    @Test
    void anOutput() {
        // 0.9 + 2.5 + 4.2 − 0.02
        assertEquals(
                """
                Why f[2] is 7.58

                1. The formula
                   f[2] = Σᵢ w[i,2]·x[i] + b[2]

                2. The numbers
                   w[1,2]·x[1] = 0.3 · 3 = 0.9
                   w[2,2]·x[2] = -0.5 · (-5) = 2.5
                   w[3,2]·x[3] = 0.7 · 6 = 4.2
                   b[2]        = -0.02
                   f[2]        = 7.58

                3. The same for all outputs
                   f[2] is entry [2] of x·w + b.""",
                text(Explanation.of(GRADS.pass(), "f[2]")));
    }

    @Test
    void aWeightOfABatch() {
        // 4·(−5) + 1·2
        assertEquals(
                """
                Why dL/dw[2,1] is -18

                1. Where w[2,1] stands
                   f[1,1] = w[2,1]·x[1,2] + 3 constants
                   f[2,1] = w[2,1]·x[2,2] + 3 constants
                   The derivative of a constant is 0. The other 2 outputs do not hold w[2,1].

                2. How each of these outputs moves with w[2,1]
                   df[1,1]/dw[2,1] = x[1,2] = -5
                   df[2,1]/dw[2,1] = x[2,2] = 2

                3. The chain rule
                   dL/dw[2,1] = Σᵣ dL/df[r,1]·df[r,1]/dw[2,1]
                              = dL/df[1,1]·df[1,1]/dw[2,1] + dL/df[2,1]·df[2,1]/dw[2,1]
                   w[2,1] reaches L through each of these 2 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[1,1]·x[1,2] = 4 · (-5) = -20
                   dL/df[2,1]·x[2,2] = 1 · 2 = 2
                   dL/dw[2,1]        = -18

                5. The same in one product, and measured
                   dL/dw[2,1] is entry [2,1] of xᵀ·dL/df.
                   Moving w[2,1] by ±2.7e-6 and measuring L = Σ dL/df∘f gives:
                   dL/dw[2,1] = -18""",
                text(Explanation.of(BATCH, "dL/dw[2,1]")));
    }

    @Test
    void anInputOfABatch() {
        // 1·(−0.6) + 2·0.7
        assertEquals(
                """
                Why dL/dx[2,3] is 0.8

                1. Where x[2,3] stands
                   f[2,1] = w[3,1]·x[2,3] + 3 constants
                   f[2,2] = w[3,2]·x[2,3] + 3 constants
                   The derivative of a constant is 0. The other 2 outputs do not hold x[2,3].

                2. How each of these outputs moves with x[2,3]
                   df[2,1]/dx[2,3] = w[3,1] = -0.6
                   df[2,2]/dx[2,3] = w[3,2] = 0.7

                3. The chain rule
                   dL/dx[2,3] = Σⱼ dL/df[2,j]·df[2,j]/dx[2,3]
                              = dL/df[2,1]·df[2,1]/dx[2,3] + dL/df[2,2]·df[2,2]/dx[2,3]
                   x[2,3] reaches L through each of these 2 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[2,1]·w[3,1] = 1 · (-0.6) = -0.6
                   dL/df[2,2]·w[3,2] = 2 · 0.7 = 1.4
                   dL/dx[2,3]        = 0.8

                5. The same in one product, and measured
                   dL/dx[2,3] is entry [2,3] of dL/df·wᵀ.
                   Moving x[2,3] by ±1.8e-5 and measuring L = Σ dL/df∘f gives:
                   dL/dx[2,3] = 0.8""",
                text(Explanation.of(BATCH, "dL/dx[2,3]")));
    }

    @Test
    void variablesWithNames() {
        // −7·6
        Gradients named = new Linear(W.named("w1"), B.named("b1"))
                .forward(X.named("input"))
                .backward(Matrix.row(4, -7));
        assertEquals(
                """
                Why dL/dw1[3,2] is -42

                1. Where w1[3,2] stands
                   f[2] = w1[3,2]·input[3] + 3 constants
                   The derivative of a constant is 0. The other output does not hold w1[3,2].

                2. How f[2] moves with w1[3,2]
                   df[2]/dw1[3,2] = input[3] = 6

                3. The chain rule
                   dL/dw1[3,2] = dL/df[2]·df[2]/dw1[3,2]
                   w1[3,2] reaches L through this output alone.

                4. The numbers
                   dL/df[2]·input[3] = -7 · 6 = -42
                   dL/dw1[3,2]       = -42

                5. The same in one product, and measured
                   dL/dw1[3,2] is entry [3,2] of inputᵀ·dL/df.
                   Moving w1[3,2] by ±4.2e-6 and measuring L = Σ dL/df∘f gives:
                   dL/dw1[3,2] = -42""",
                text(Explanation.of(named, "dL/dw1[3,2]")));
    }

    @Test
    void ofTwelveTermsTheMiddleOnesAreAddedUp() {
        // 0.5·(1 + … + 12) = 39; the terms left out are 0.5·(4 + … + 10) = 24.5
        Matrix twelve = Matrix.row(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Gradients grads = new Linear(
                        Matrix.ones(2, 12).scale(0.5).named("w"),
                        Matrix.zeros(1, 12).named("b"))
                .forward(Matrix.row(1, 2).named("x"))
                .backward(twelve);
        assertEquals(
                """
                Why dL/dx[2] is 39

                1. Where x[2] stands
                   f[1]  = w[2,1]·x[2] + 2 constants
                   f[2]  = w[2,2]·x[2] + 2 constants
                   f[3]  = w[2,3]·x[2] + 2 constants
                   … 7 more outputs
                   f[11] = w[2,11]·x[2] + 2 constants
                   f[12] = w[2,12]·x[2] + 2 constants
                   The derivative of a constant is 0.

                2. How each of these outputs moves with x[2]
                   df[1]/dx[2]  = w[2,1] = 0.5
                   df[2]/dx[2]  = w[2,2] = 0.5
                   df[3]/dx[2]  = w[2,3] = 0.5
                   … 7 more slopes
                   df[11]/dx[2] = w[2,11] = 0.5
                   df[12]/dx[2] = w[2,12] = 0.5

                3. The chain rule
                   dL/dx[2] = Σⱼ dL/df[j]·df[j]/dx[2]
                   x[2] reaches L through each of these 12 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[1]·w[2,1]   = 1 · 0.5 = 0.5
                   dL/df[2]·w[2,2]   = 2 · 0.5 = 1
                   dL/df[3]·w[2,3]   = 3 · 0.5 = 1.5
                   … 7 more terms, together 24.5
                   dL/df[11]·w[2,11] = 11 · 0.5 = 5.5
                   dL/df[12]·w[2,12] = 12 · 0.5 = 6
                   dL/dx[2]          = 39

                5. The same in one product, and measured
                   dL/dx[2] is entry [2] of dL/df·wᵀ.
                   Moving x[2] by ±1.2e-5 and measuring L = Σ dL/df∘f gives:
                   dL/dx[2] = 39""",
                text(Explanation.of(grads, "dL/dx[2]")));
    }

    @Test
    void ofTwelveInputsToo() {
        // 1 + … + 12 = 78; the terms left out are 4 + … + 10 = 49
        Matrix twelve = Matrix.row(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Forward pass = new Linear(Matrix.ones(12, 1).named("w")).forward(twelve);
        assertEquals(
                """
                Why f[1] is 78

                1. The formula
                   f[1] = Σᵢ w[i,1]·x[i]

                2. The numbers
                   w[1,1]·x[1]   = 1 · 1 = 1
                   w[2,1]·x[2]   = 1 · 2 = 2
                   w[3,1]·x[3]   = 1 · 3 = 3
                   … 7 more terms, together 49
                   w[11,1]·x[11] = 1 · 11 = 11
                   w[12,1]·x[12] = 1 · 12 = 12
                   f[1]          = 78

                3. The same for all outputs
                   f[1] is entry [1] of x·w.""",
                text(Explanation.of(pass, "f[1]")));
    }

    @Test
    void oneByOneWithMinusOnes() {
        // (−1)·(−1) = 1; without b nothing is constant
        assertEquals(
                """
                Why dL/dx[1] is 1

                1. Where x[1] stands
                   f[1] = w[1]·x[1]

                2. How f[1] moves with x[1]
                   df[1]/dx[1] = w[1] = -1

                3. The chain rule
                   dL/dx[1] = dL/df[1]·df[1]/dx[1]
                   x[1] reaches L through this output alone.

                4. The numbers
                   dL/df[1]·w[1] = -1 · (-1) = 1
                   dL/dx[1]      = 1

                5. The same in one product, and measured
                   dL/dx[1] is entry [1] of dL/df·wᵀ.
                   Moving x[1] by ±1.8e-5 and measuring L = Σ dL/df∘f gives:
                   dL/dx[1] = 1""",
                text(Explanation.of(MINUS_ONES, "dL/dx[1]")));
    }

    @Test
    void anOutputOfOneInput() {
        // (−1)·(−3) = 3; a sum of one term is that term
        assertEquals(
                """
                Why f[1] is 3

                1. The formula
                   f[1] = w[1]·x[1]

                2. The numbers
                   w[1]·x[1] = -1 · (-3) = 3
                   f[1]      = 3

                3. The same for all outputs
                   f[1] is entry [1] of x·w.""",
                text(Explanation.of(MINUS_ONES, "f[1]")));
    }

    // Whole gradients

    @Test
    void theWeights() {
        assertEquals(
                """
                How dL/dw comes about

                1. The formula
                   f[j] = Σᵢ w[i,j]·x[i] + b[j]
                   j runs from 1 to m = 2, i runs from 1 to n = 3.

                2. Where w[i,j] stands
                   f[j] = w[i,j]·x[i] + constants
                   w[i,j] stands in f[j] alone. The derivative of a constant is 0.

                3. How these outputs move with w[i,j]
                   df[j]/dw[i,j] = x[i]

                4. The chain rule
                   dL/dw[i,j] = dL/df[j]·df[j]/dw[i,j] = dL/df[j]·x[i]
                   dL/dw[1,1] = dL/df[1]·x[1]
                   dL/dw[1,2] = dL/df[2]·x[1]
                   dL/dw[2,1] = dL/df[1]·x[2]
                   dL/dw[2,2] = dL/df[2]·x[2]
                   … and so on for all 6 elements

                5. All elements as one product
                   dL/dw = xᵀ·dL/df : (n×N)·(N×m) → n×m : (3 × 1)·(1 × 2) → 3 × 2
                   dL/dw has the shape of w, n × m = 3 × 2. Of x, N × n = 1 × 3, and dL/df,
                   N × m = 1 × 2, in either order and transposed or not, only xᵀ·dL/df fits.""",
                text(Explanation.of(GRADS, "dL/dw")));
    }

    @Test
    void theInputsOfABatch() {
        // N = m = 2 here, so dL/df may be transposed by mistake without an error
        assertEquals(
                """
                How dL/dx comes about

                1. The formula
                   f[r,j] = Σᵢ w[i,j]·x[r,i] + b[j]
                   r runs from 1 to N = 2, j runs from 1 to m = 2, i runs from 1 to n = 3; r is
                   a row of the batch.

                2. Where x[r,i] stands
                   f[r,j] = w[i,j]·x[r,i] + constants
                   x[r,i] stands in f[r,j] for every j, and in no other output. The derivative
                   of a constant is 0.

                3. How these outputs move with x[r,i]
                   df[r,j]/dx[r,i] = w[i,j]

                4. The chain rule
                   dL/dx[r,i] = Σⱼ dL/df[r,j]·df[r,j]/dx[r,i] = Σⱼ dL/df[r,j]·w[i,j]
                   dL/dx[1,1] = dL/df[1,1]·w[1,1] + dL/df[1,2]·w[1,2]
                   dL/dx[1,2] = dL/df[1,1]·w[2,1] + dL/df[1,2]·w[2,2]
                   dL/dx[1,3] = dL/df[1,1]·w[3,1] + dL/df[1,2]·w[3,2]
                   dL/dx[2,1] = dL/df[2,1]·w[1,1] + dL/df[2,2]·w[1,2]
                   … and so on for all 6 elements

                5. All elements as one product
                   dL/dx = dL/df·wᵀ : (N×m)·(m×n) → N×n : (2 × 2)·(2 × 3) → 2 × 3
                   dL/dx has the shape of x, N × n = 2 × 3. Of dL/df, N × m = 2 × 2, and w,
                   n × m = 3 × 2, in either order and transposed or not, only dL/df·wᵀ fits
                   whatever the sizes.
                   Here N = m = 2, so dL/dfᵀ·wᵀ fits too, and is wrong: entry [r,i] of dL/dfᵀ·wᵀ
                   is Σⱼ dL/df[j,r]·w[i,j], and the chain rule says Σⱼ dL/df[r,j]·w[i,j].""",
                text(Explanation.of(BATCH, "dL/dx")));
    }

    @Test
    void whenNEqualsMTheWrongProductIsNamed() {
        // entry [1] of dL/df·w is 4·0.2 − 7·0.4 = −2, and dL/dx[1] is 4·0.2 − 7·0.3 = −1.3
        Gradients square = new Linear(Matrix.parse("0.2 0.3; 0.4 -0.5").named("w"))
                .forward(Matrix.row(3, -5).named("x"))
                .backward(Matrix.row(4, -7));
        assertEquals(
                """
                How dL/dx comes about

                1. The formula
                   f[j] = Σᵢ w[i,j]·x[i]
                   j runs from 1 to m = 2, i runs from 1 to n = 2.

                2. Where x[i] stands
                   f[j] = w[i,j]·x[i] + constants
                   x[i] stands in f[j] for every j, and in no other output. The derivative of a
                   constant is 0.

                3. How these outputs move with x[i]
                   df[j]/dx[i] = w[i,j]

                4. The chain rule
                   dL/dx[i] = Σⱼ dL/df[j]·df[j]/dx[i] = Σⱼ dL/df[j]·w[i,j]
                   dL/dx[1] = dL/df[1]·w[1,1] + dL/df[2]·w[1,2]
                   dL/dx[2] = dL/df[1]·w[2,1] + dL/df[2]·w[2,2]

                5. All elements as one product
                   dL/dx = dL/df·wᵀ : (N×m)·(m×n) → N×n : (1 × 2)·(2 × 2) → 1 × 2
                   dL/dx has the shape of x, N × n = 1 × 2. Of dL/df, N × m = 1 × 2, and w,
                   n × m = 2 × 2, in either order and transposed or not, only dL/df·wᵀ fits
                   whatever the sizes.
                   Here n = m = 2, so dL/df·w fits too, and is wrong: entry [i] of dL/df·w is
                   Σⱼ dL/df[j]·w[j,i], and the chain rule says Σⱼ dL/df[j]·w[i,j].""",
                text(Explanation.of(square, "dL/dx")));
    }

    @Test
    void ofOneByOneAllProductsAreAlike() {
        assertEquals(
                """
                How dL/dw comes about

                1. The formula
                   f[j] = Σᵢ w[i,j]·x[i]
                   j runs from 1 to m = 1, i runs from 1 to n = 1.

                2. Where w[i,j] stands
                   f[j] = w[i,j]·x[i]
                   w[i,j] stands in f[j] alone.

                3. How these outputs move with w[i,j]
                   df[j]/dw[i,j] = x[i]

                4. The chain rule
                   dL/dw[i,j] = dL/df[j]·df[j]/dw[i,j] = dL/df[j]·x[i]
                   dL/dw[1,1] = dL/df[1]·x[1]

                5. All elements as one product
                   dL/dw = xᵀ·dL/df : (n×N)·(N×m) → n×m : (1 × 1)·(1 × 1) → 1 × 1
                   dL/dw has the shape of w, n × m = 1 × 1. Of x, N × n = 1 × 1, and dL/df,
                   N × m = 1 × 1, in either order and transposed or not, xᵀ·dL/df fits; what
                   else does with these sizes (N = n = m = 1) gives the same.""",
                text(Explanation.of(MINUS_ONES, "dL/dw")));
    }

    @Test
    void theOutputs() {
        assertEquals(
                """
                How f comes about

                1. The formula
                   f[r,j] = Σᵢ w[i,j]·x[r,i] + b[j]
                   r runs from 1 to N = 2, j runs from 1 to m = 2, i runs from 1 to n = 3; r is
                   a row of the batch.
                   f = x·w + b : (N×n)·(n×m) + (1×m) → N×m : (2 × 3)·(3 × 2) + (1 × 2) → 2 × 2""",
                text(Explanation.of(BATCH.pass(), "f")));
    }

    @Test
    void aLayer() {
        assertEquals(
                """
                How the gradients of Linear 3 → 2 come about

                dL/dx

                   1. The formula
                      f[r,j] = Σᵢ w[i,j]·x[r,i] + b[j]
                      r runs from 1 to N, j runs from 1 to m = 2, i runs from 1 to n = 3; r is a
                      row of the batch.

                   2. Where x[r,i] stands
                      f[r,j] = w[i,j]·x[r,i] + constants
                      x[r,i] stands in f[r,j] for every j, and in no other output. The
                      derivative of a constant is 0.

                   3. How these outputs move with x[r,i]
                      df[r,j]/dx[r,i] = w[i,j]

                   4. The chain rule
                      dL/dx[r,i] = Σⱼ dL/df[r,j]·df[r,j]/dx[r,i] = Σⱼ dL/df[r,j]·w[i,j]
                      dL/dx[1,1] = dL/df[1,1]·w[1,1] + dL/df[1,2]·w[1,2]
                      dL/dx[1,2] = dL/df[1,1]·w[2,1] + dL/df[1,2]·w[2,2]
                      dL/dx[1,3] = dL/df[1,1]·w[3,1] + dL/df[1,2]·w[3,2]

                   5. All elements as one product
                      dL/dx = dL/df·wᵀ : (N×m)·(m×n) → N×n
                      dL/dx has the shape of x, N × n = N × 3. Of dL/df, N × m = N × 2, and w,
                      n × m = 3 × 2, in either order and transposed or not, only dL/df·wᵀ fits.

                dL/dw

                   1. Where w[i,j] stands
                      f[r,j] = w[i,j]·x[r,i] + constants
                      w[i,j] stands in f[r,j] for every r, and in no other output. The
                      derivative of a constant is 0.

                   2. How these outputs move with w[i,j]
                      df[r,j]/dw[i,j] = x[r,i]

                   3. The chain rule
                      dL/dw[i,j] = Σᵣ dL/df[r,j]·df[r,j]/dw[i,j] = Σᵣ dL/df[r,j]·x[r,i]
                      dL/dw[1,1] = Σᵣ dL/df[r,1]·x[r,1]
                      dL/dw[1,2] = Σᵣ dL/df[r,2]·x[r,1]
                      dL/dw[2,1] = Σᵣ dL/df[r,1]·x[r,2]
                      dL/dw[2,2] = Σᵣ dL/df[r,2]·x[r,2]
                      … and so on for all 6 elements

                   4. All elements as one product
                      dL/dw = xᵀ·dL/df : (n×N)·(N×m) → n×m
                      dL/dw has the shape of w, n × m = 3 × 2. Of x, N × n = N × 3, and dL/df,
                      N × m = N × 2, in either order and transposed or not, only xᵀ·dL/df fits.

                dL/db

                   1. Where b[j] stands
                      f[r,j] = b[j] + constants
                      b[j] stands in f[r,j] for every r, and in no other output. The derivative
                      of a constant is 0.

                   2. How these outputs move with b[j]
                      df[r,j]/db[j] = 1

                   3. The chain rule
                      dL/db[j] = Σᵣ dL/df[r,j]·df[r,j]/db[j] = Σᵣ dL/df[r,j]
                      dL/db[1] = Σᵣ dL/df[r,1]
                      dL/db[2] = Σᵣ dL/df[r,2]

                   4. All elements as one product
                      dL/db = column sums of dL/df : (N×m) → (1×m)
                      dL/db has the shape of b, 1 × m = 1 × 2: of dL/df, N × m = N × 2, the sum
                      over its rows leaves just that.""",
                text(Explanation.of(LAYER)));
    }

    // The other convention

    @Test
    void aLayerStoredOutByIn() {
        assertEquals(
                """
                The gradients of Linear 3 → 2 where w is stored out × in

                1. The formula, with the two indices of w exchanged
                   f[r,j] = Σᵢ w[i,j]·x[r,i] + b[j]
                   f[r,j] = Σᵢ w[j,i]·x[r,i] + b[j]
                   r is a row of the batch. Only the way of storing differs: a row of w now
                   holds the weights of one output, so the transpose moves to the forward pass.

                2. What follows from each
                               w stored n × m, as here  w stored m × n, as nn.Linear
                   f           x·w + b                  x·wᵀ + b
                   dL/dx       dL/df·wᵀ                 dL/df·w
                   dL/dw       xᵀ·dL/df                 dL/dfᵀ·x
                   dL/db       column sums of dL/df     column sums of dL/df
                   shape of w  n × m = 3 × 2            m × n = 2 × 3
                   Computed with x = 1 2 3 and dL/df = 1 2, both give the same numbers; dL/dw is
                   transposed like w, since a gradient has the shape of what it belongs to.""",
                text(Explanation.of(LAYER, Convention.OUT_IN)));
    }

    @Test
    void gradientsStoredOutByIn() {
        assertEquals(
                """
                The gradients of Linear 3 → 2 where w is stored out × in

                1. The formula, with the two indices of w exchanged
                   f[r,j] = Σᵢ w[i,j]·x[r,i] + b[j]
                   f[r,j] = Σᵢ w[j,i]·x[r,i] + b[j]
                   r is a row of the batch. Only the way of storing differs: a row of w now
                   holds the weights of one output, so the transpose moves to the forward pass.

                2. What follows from each
                               w stored n × m, as here  w stored m × n, as nn.Linear
                   f           x·w + b                  x·wᵀ + b
                   dL/dx       dL/df·wᵀ                 dL/df·w
                   dL/dw       xᵀ·dL/df                 dL/dfᵀ·x
                   dL/db       column sums of dL/df     column sums of dL/df
                   shape of w  n × m = 3 × 2            m × n = 2 × 3
                   Computed on the numbers of this pass, both give the same numbers; dL/dw is
                   transposed like w, since a gradient has the shape of what it belongs to.""",
                text(Explanation.of(BATCH, Convention.OUT_IN)));
    }

    // Other kinds of text

    @Test
    void asMarkdown() {
        assertEquals(
                """
                Why dL/dw\\[2,1\\] is -18

                **1. Where w\\[2,1\\] stands**

                $$
                \\begin{aligned}
                f[1,1] &= w[2,1] \\cdot x[1,2] \\text{ + 3 constants} \\\\[4pt]
                f[2,1] &= w[2,1] \\cdot x[2,2] \\text{ + 3 constants}
                \\end{aligned}
                $$

                The derivative of a constant is 0. The other 2 outputs do not hold w\\[2,1\\].

                **2. How each of these outputs moves with w\\[2,1\\]**

                $$
                \\begin{aligned}
                \\frac{df[1,1]}{dw[2,1]} &= x[1,2] = -5 \\\\[4pt]
                \\frac{df[2,1]}{dw[2,1]} &= x[2,2] = 2
                \\end{aligned}
                $$

                **3. The chain rule**

                $$
                \\begin{aligned}
                \\frac{dL}{dw[2,1]} &= \\sum_{r=1}^{N} \\frac{dL}{df[r,1]} \\cdot \\frac{df[r,1]}{dw[2,1]} \\\\[4pt]
                &= \\frac{dL}{df[1,1]} \\cdot \\frac{df[1,1]}{dw[2,1]} + \\frac{dL}{df[2,1]} \\cdot \\frac{df[2,1]}{dw[2,1]}
                \\end{aligned}
                $$

                w\\[2,1\\] reaches L through each of these 2 outputs, and what arrives adds up.

                **4. The numbers**

                $$
                \\begin{aligned}
                \\frac{dL}{df[1,1]} \\cdot x[1,2] &= 4 \\cdot \\left(-5\\right) = -20 \\\\[4pt]
                \\frac{dL}{df[2,1]} \\cdot x[2,2] &= 1 \\cdot 2 = 2 \\\\[4pt]
                \\frac{dL}{dw[2,1]} &= -18
                \\end{aligned}
                $$

                **5. The same in one product, and measured**

                dL/dw\\[2,1\\] is entry \\[2,1\\] of xᵀ·dL/df.

                Moving w\\[2,1\\] by ±2.7e-6 and measuring L = Σ dL/df∘f gives:

                $$
                \\begin{aligned}
                \\frac{dL}{dw[2,1]} &= -18
                \\end{aligned}
                $$""",
                markdown(Explanation.of(BATCH, "dL/dw[2,1]")));
    }

    @Test
    void namesInMarkdown() {
        Gradients grads = new Linear(W.named("$w")).forward(X.named("größe_1")).backward(Matrix.row(4, -7));
        assertEquals(
                """
                Why dL/d<span>&#36;</span>w\\[2,1\\] is -20

                **1. Where <span>&#36;</span>w\\[2,1\\] stands**

                $$
                \\begin{aligned}
                f[1] &= \\mathrm{\\$w}[2,1] \\cdot \\mathrm{größe\\_1}[2] \\text{ + 2 constants}
                \\end{aligned}
                $$

                The derivative of a constant is 0. The other output does not hold <span>&#36;</span>w\\[2,1\\].

                **2. How f\\[1\\] moves with <span>&#36;</span>w\\[2,1\\]**

                $$
                \\begin{aligned}
                \\frac{df[1]}{d\\mathrm{\\$w}[2,1]} &= \\mathrm{größe\\_1}[2] = -5
                \\end{aligned}
                $$

                **3. The chain rule**

                $$
                \\begin{aligned}
                \\frac{dL}{d\\mathrm{\\$w}[2,1]} &= \\frac{dL}{df[1]} \\cdot \\frac{df[1]}{d\\mathrm{\\$w}[2,1]}
                \\end{aligned}
                $$

                <span>&#36;</span>w\\[2,1\\] reaches L through this output alone.

                **4. The numbers**

                $$
                \\begin{aligned}
                \\frac{dL}{df[1]} \\cdot \\mathrm{größe\\_1}[2] &= 4 \\cdot \\left(-5\\right) = -20 \\\\[4pt]
                \\frac{dL}{d\\mathrm{\\$w}[2,1]} &= -20
                \\end{aligned}
                $$

                **5. The same in one product, and measured**

                dL/d<span>&#36;</span>w\\[2,1\\] is entry \\[2,1\\] of größe\\_1ᵀ·dL/df.

                Moving <span>&#36;</span>w\\[2,1\\] by ±2.7e-6 and measuring L = Σ dL/df∘f gives:

                $$
                \\begin{aligned}
                \\frac{dL}{d\\mathrm{\\$w}[2,1]} &= -20
                \\end{aligned}
                $$""",
                markdown(Explanation.of(grads, "dL/d$w[2,1]")));
    }

    @Test
    void anExplanationIsShownAsMarkdownAndNotAsHtml() {
        Rendered rendered = Rendered.of(Explanation.of(GRADS, "dL/dx[1]"));
        assertEquals("text/markdown", Rendered.preferred(Explanation.class));
        assertTrue(rendered.html().isEmpty());
        assertTrue(rendered.as("text/latex").isEmpty());
    }

    @Test
    void itsToStringIsOneLine() {
        assertEquals(
                "Explanation of dL/dx[1]: 5 steps",
                Explanation.of(GRADS, "dL/dx[1]").toString());
    }

    // Numbers that are not finite

    @ParameterizedTest(name = "{0}: {1} {2} {3}, {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            dL/dx[1]   | nan  | 0.2  | 4    | 4 · 0.2 = 0.8         | -1.3
            dL/dx[1]   | inf  | 0.2  | 4    | 4 · 0.2 = 0.8         | -1.3
            dL/dx[1]   | 0    | 0.2  | 4    | 4 · 0.2 = 0.8         | -1.3
            dL/dx[1]   | 3    | nan  | 4    | 4 · NaN = NaN         | NaN
            dL/dx[1]   | 3    | inf  | 4    | 4 · ∞ = ∞             | ∞
            dL/dx[1]   | 3    | -inf | 4    | 4 · (-∞) = -∞         | -∞
            dL/dx[1]   | 3    | 0    | 4    | 4 · 0 = 0             | -2.1
            dL/dx[1]   | 3    | 0.2  | nan  | NaN · 0.2 = NaN       | NaN
            dL/dx[1]   | 3    | 0.2  | -inf | -∞ · 0.2 = -∞         | -∞
            dL/dx[1]   | 3    | 0.2  | 0    | 0 · 0.2 = 0           | -2.1
            dL/dw[1,1] | nan  | 0.2  | 4    | 4 · NaN = NaN         | NaN
            dL/dw[1,1] | -inf | 0.2  | 4    | 4 · (-∞) = -∞         | -∞
            dL/dw[1,1] | 0    | 0.2  | 4    | 4 · 0 = 0             | 0
            dL/dw[1,1] | 3    | nan  | 4    | 4 · 3 = 12            | 12
            dL/dw[1,1] | 0    | 0.2  | inf  | ∞ · 0 = NaN           | NaN
            """)
    void notANumberAndInfinitiesAreWrittenAndMultipliedAsTheyAre(
            String element, String x, String w, String dLdf, String term, String value) {
        Gradients grads = new Linear(
                        Matrix.parse(w + " 0.3; 0.4 -0.5; -0.6 0.7").named("w"), B)
                .forward(Matrix.parse(x + " -5 6").named("x"))
                .backward(Matrix.parse(dLdf + " -7"));
        String text = text(Explanation.of(grads, element));
        assertTrue(text.startsWith("Why " + element + " is " + value + "\n"), text);
        assertTrue(text.contains("] = " + term + "\n"), text);
        assertFalse(text.contains("Infinity") || text.contains("±NaN") || text.contains("own backward pass"), text);
        boolean measured = !(x + w + dLdf).matches(".*(nan|inf).*");
        assertEquals(measured, text.contains("Moving "), text);
    }

    // A layer whose backward pass is not that of its formula

    @Test
    void aBackwardPassThatIsWrongIsGivenAway() {
        Gradients grads = new Lying(LAYER, 1.5).forward(X).backward(Matrix.row(4, -7));
        // 4·0.2 − 7·0.3 = −1.3, and half as much again is −1.95
        String text = text(Explanation.of(grads, "dL/dx[1]"));
        assertTrue(text.startsWith("Why dL/dx[1] is -1.95\n"), text);
        assertTrue(
                text.contains(
                        """
                        4. The numbers
                           dL/df[1]·w[1,1] = 4 · 0.2 = 0.8
                           dL/df[2]·w[1,2] = -7 · 0.3 = -2.1
                           dL/dx[1]        = -1.3
                           The layer's own backward pass says -1.95 instead: it does not compute what
                           its formula says.
                        """),
                text);
    }

    @Test
    void anElementOfNoOutputHasAGradientOfZero() {
        assertEquals(
                """
                Why dL/dw[2,1] is 0

                1. Where w[2,1] stands
                   In no output: f does not depend on w[2,1], so dL/dw[2,1] is 0.""",
                text(Explanation.of(backward(FormulaLayers.FIRST_ROW), "dL/dw[2,1]")));
        assertEquals(
                """
                Why dL/dw[2,1] is NaN

                1. Where w[2,1] stands
                   In no output: f does not depend on w[2,1], so dL/dw[2,1] is 0.
                   The layer's own backward pass says NaN instead: it does not compute what its
                   formula says.""",
                text(Explanation.of(backward(new Lying(FormulaLayers.FIRST_ROW, Double.NaN)), "dL/dw[2,1]")));
    }

    @Test
    void aBackwardPassThatIsALittleWrongToo() {
        Gradients grads = new Lying(LAYER, 1 + 1e-11).forward(X).backward(Matrix.row(4, -7));
        assertTrue(text(Explanation.of(grads, "dL/dx[1]")).contains("own backward pass says -1.300000000013 instead"));
        Gradients lost = new Lying(LAYER, Double.NaN).forward(X).backward(Matrix.row(4, -7));
        assertTrue(text(Explanation.of(lost, "dL/dx[1]")).contains("own backward pass says NaN instead: it does not"));
    }

    @Test
    void roundingIsNotCalledWrong() {
        Random random = new Random(1);
        int explained = 0;
        for (int k = 0; k < 200; k++) {
            int rows = 1 + random.nextInt(20);
            int n = 1 + random.nextInt(20);
            int m = 1 + random.nextInt(20);
            double scale =
                    Math.pow(10, random.nextInt(600) - 300); // down to subnormal products and up to infinite ones
            Gradients grads = new Linear(Matrix.normal(n, m, k).scale(scale), Matrix.normal(1, m, k + 1000))
                    .forward(Matrix.normal(rows, n, k + 2000))
                    .backward(Matrix.normal(rows, m, k + 3000).scale(random.nextBoolean() ? scale : 1));
            for (String role : new String[] {"x", "w", "b"}) {
                Matrix gradient = grads.of(role);
                String element = "dL/d" + role + "[" + (gradient.rows() == 1 ? "" : gradient.rows() + ",")
                        + gradient.columns() + "]";
                String text = text(Explanation.of(grads, element));
                assertFalse(text.contains("own backward pass"), text);
                explained++;
            }
        }
        assertEquals(600, explained);
    }

    /** A linear layer whose gradients are all multiplied by a factor. */
    private record Lying(Layer honest, double factor) implements Layer {

        @Override
        public int inputs() {
            return honest.inputs();
        }

        @Override
        public int outputs() {
            return honest.outputs();
        }

        @Override
        public Map<String, Matrix> parameters() {
            return honest.parameters();
        }

        @Override
        public Layer with(String role, Matrix value) {
            return new Lying(honest.with(role, value), factor);
        }

        @Override
        public Matrix output(Matrix x) {
            return honest.output(x);
        }

        @Override
        public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
            Map<String, Matrix> gradients = new LinkedHashMap<>(honest.gradients(x, dLdf));
            gradients.replaceAll((role, gradient) -> gradient.scale(factor));
            return gradients;
        }

        @Override
        public Formula formula() {
            return honest.formula();
        }
    }

    // Layers of which only the formula is known

    @Test
    void aMaximumPassesOnlyWhatIsAbove() {
        // the slope of max(0, −2) is 0
        assertEquals(
                """
                Why dL/dx[2] is 0

                1. Where x[2] stands
                   f[2] = max(0, x[2])
                   The other 2 outputs do not hold x[2].

                2. How f[2] moves with x[2]
                   df[2]/dx[2] = [x[2] > 0] = 0

                3. The chain rule
                   dL/dx[2] = dL/df[2]·df[2]/dx[2]
                   x[2] reaches L through this output alone.

                4. The numbers
                   dL/df[2]·[x[2] > 0] = -7 · 0 = 0
                   dL/dx[2]            = 0

                5. The same, measured
                   Moving x[2] by ±1.2e-5 and measuring L = Σ dL/df∘f gives:
                   dL/dx[2] = 0""",
                text(Explanation.of(backward(FormulaLayers.RELU), "dL/dx[2]")));
    }

    @Test
    void atAKinkBothSlopesAreSaid() {
        // max(0, x) at 0: 0 to the left, 6·1 to the right, on average 3; h = ∛ε·√((0² + 2² + 0²)/3)
        Gradients relu =
                FormulaLayers.RELU.forward(Matrix.row(0, 2, 0).named("x")).backward(Matrix.row(6, 1, 1));
        assertTrue(
                text(Explanation.of(relu, "dL/dx[1]"))
                        .endsWith(
                                """
                                5. The same, measured
                                   Moving x[1] by ±7.0e-6 and measuring L = Σ dL/df∘f gives:
                                   dL/dx[1] = 3
                                   x[1] is at a kink: the slope is 0 to its left and 6 to its right."""),
                text(Explanation.of(relu, "dL/dx[1]")));
        // |x| at 0, times −1.5
        Gradients modulus =
                FormulaLayers.MODULUS.forward(Matrix.row(0, -2, 1).named("x")).backward(Matrix.row(-1.5, 1, 1));
        assertTrue(
                text(Explanation.of(modulus, "dL/dx[1]"))
                        .endsWith(
                                """
                                5. The same, measured
                                   Moving x[1] by ±7.8e-6 and measuring L = Σ dL/df∘f gives:
                                   dL/dx[1] = 0
                                   x[1] is at a kink: the slope is 1.5 to its left and -1.5 to its right."""),
                text(Explanation.of(modulus, "dL/dx[1]")));
        // 1e-7 away from it there is none.
        for (double near : new double[] {1e-7, -1e-7, 2}) {
            Gradients beside =
                    FormulaLayers.RELU.forward(Matrix.row(near, 2, 0)).backward(Matrix.row(6, 1, 1));
            String text = text(Explanation.of(beside, "dL/dx[1]"));
            assertTrue(text.endsWith("gives:\n   dL/dx[1] = " + (near > 0 ? 6 : 0)), text);
        }
    }

    @Test
    void whatBendsNearZeroIsMeasuredInSmallSteps() {
        // d exp(10⁶·x)/dx at 10⁻⁶ is 10⁶·e, at −2·10⁻⁶ it is 10⁶/e²
        Gradients steep =
                FormulaLayers.STEEP.forward(Matrix.row(1e-6, -2e-6, 0)).backward(Matrix.row(1, 1, 1));
        assertEquals(1e6 * Math.E, measured(Explanation.of(steep, "dL/dx[1]")), 1e-3);
        assertEquals(1e6 / Math.E / Math.E, measured(Explanation.of(steep, "dL/dx[2]")), 1e-3);
    }

    /** The number on the last line. */
    private static double measured(Explanation explanation) {
        List<Step> steps = explanation.parts().get(0).steps();
        List<Line> lines = steps.get(steps.size() - 1).lines();
        Equation last = (Equation) lines.get(lines.size() - 1);
        return ((Constant) last.sides().get(1)).value();
    }

    @Test
    void anOutputOfASigmoid() {
        // 1/(1 + e²) = 1/8.38906 = 0.1192
        assertEquals(
                """
                Why f[2] is 0.1192

                1. The formula
                   f[2] = 1/(1 + exp(-x[2]))

                2. The numbers
                   1/(1 + exp(-x[2])) = 1/(1 + exp(-1 · (-2))) = 0.1192
                   f[2]               = 0.1192""",
                text(Explanation.of(backward(FormulaLayers.SIGMOID).pass(), "f[2]")));
    }

    @Test
    void anInputOfASoftmaxReachesAllOutputs() {
        // p = exp(1 −2 0.5)/4.50234 = 0.60375 0.03006 0.36619; 4·p₁·(1 − p₁) + 7·p₂·p₁ − 2·p₃·p₁ = 0.9569 + 0.1270 −
        // 0.4422
        assertEquals(
                """
                Why dL/dx[1] is 0.6418

                1. Where x[1] stands
                   f[1] = exp(x[1])/(Σₖ exp(x[k]))
                   f[2] = exp(x[2])/(Σₖ exp(x[k]))
                   f[3] = exp(x[3])/(Σₖ exp(x[k]))

                2. How each of these outputs moves with x[1]
                   df[1]/dx[1] = exp(x[1])/(Σₖ exp(x[k])) - exp(x[1])²/(Σₖ exp(x[k]))² = 0.2392
                   df[2]/dx[1] = -exp(x[2])·exp(x[1])/(Σₖ exp(x[k]))² = -0.01815
                   df[3]/dx[1] = -exp(x[3])·exp(x[1])/(Σₖ exp(x[k]))² = -0.2211

                3. The chain rule
                   dL/dx[1] = Σⱼ dL/df[j]·df[j]/dx[1]
                            = dL/df[1]·df[1]/dx[1] + dL/df[2]·df[2]/dx[1] + dL/df[3]·df[3]/dx[1]
                   x[1] reaches L through each of these 3 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[1]·(exp(x[1])/(Σₖ exp(x[k])) - exp(x[1])²/(Σₖ exp(x[k]))²)
                       = 4 · 0.2392 = 0.9569
                   -dL/df[2]·exp(x[2])·exp(x[1])/(Σₖ exp(x[k]))²
                       = -7 · (-0.01815) = 0.127
                   -dL/df[3]·exp(x[3])·exp(x[1])/(Σₖ exp(x[k]))²
                       = 2 · (-0.2211) = -0.4422
                   dL/dx[1]
                       = 0.6418

                5. The same, measured
                   Moving x[1] by ±8.0e-6 and measuring L = Σ dL/df∘f gives:
                   dL/dx[1] = 0.6418""",
                text(Explanation.of(backward(FormulaLayers.SOFTMAX), "dL/dx[1]")));
    }

    @Test
    void inGeneralASoftmaxHasNoProduct() {
        assertEquals(
                """
                How dL/dx comes about

                1. The formula
                   f[j] = exp(x[j])/(Σₖ exp(x[k]))
                   j runs from 1 to m = 3, k runs from 1 to m = 3.

                2. Where x[i] stands
                   f[j] = exp(x[j])/(Σₖ exp(x[k]))
                   x[i] stands in f[j] for every j, and in no other output. Here i runs from 1
                   to m = 3.

                3. How these outputs move with x[i]
                   df[j]/dx[i] = exp(x[j])·[j = i]/(Σₖ exp(x[k])) -
                                   exp(x[j])·exp(x[i])/(Σₖ exp(x[k]))²

                4. The chain rule
                   dL/dx[i] = Σⱼ dL/df[j]·df[j]/dx[i]
                            = dL/df[i]·exp(x[i])/(Σₖ exp(x[k])) -
                                (Σⱼ dL/df[j]·exp(x[j])·exp(x[i])/(Σₖ exp(x[k]))²)
                   dL/dx[1] = dL/df[1]·exp(x[1])/(Σₖ exp(x[k])) -
                                (Σⱼ dL/df[j]·exp(x[j])·exp(x[1])/(Σₖ exp(x[k]))²)
                   dL/dx[2] = dL/df[2]·exp(x[2])/(Σₖ exp(x[k])) -
                                (Σⱼ dL/df[j]·exp(x[j])·exp(x[2])/(Σₖ exp(x[k]))²)
                   dL/dx[3] = dL/df[3]·exp(x[3])/(Σₖ exp(x[k])) -
                                (Σⱼ dL/df[j]·exp(x[j])·exp(x[3])/(Σₖ exp(x[k]))²)""",
                text(Explanation.of(backward(FormulaLayers.SOFTMAX), "dL/dx")));
    }

    @Test
    void aScaleAddsUpOverTheBatch() {
        // −7·(−2) + 2·1
        Gradients grads = FormulaLayers.SCALE
                .forward(Matrix.parse("1 -2 0.5; 3 1 -1").named("x"))
                .backward(Matrix.parse("4 -7 2; 1 2 3"));
        assertEquals(
                """
                Why dL/ds[2] is 16

                1. Where s[2] stands
                   f[1,2] = s[2]·x[1,2]
                   f[2,2] = s[2]·x[2,2]
                   The other 4 outputs do not hold s[2].

                2. How each of these outputs moves with s[2]
                   df[1,2]/ds[2] = x[1,2] = -2
                   df[2,2]/ds[2] = x[2,2] = 1

                3. The chain rule
                   dL/ds[2] = Σᵣ dL/df[r,2]·df[r,2]/ds[2]
                            = dL/df[1,2]·df[1,2]/ds[2] + dL/df[2,2]·df[2,2]/ds[2]
                   s[2] reaches L through each of these 2 outputs, and what arrives adds up.

                4. The numbers
                   dL/df[1,2]·x[1,2] = -7 · (-2) = 14
                   dL/df[2,2]·x[2,2] = 2 · 1 = 2
                   dL/ds[2]          = 16

                5. The same, measured
                   Moving s[2] by ±8.0e-6 and measuring L = Σ dL/df∘f gives:
                   dL/ds[2] = 16""",
                text(Explanation.of(grads, "dL/ds[2]")));
    }

    @Test
    void theDisplayOfGradientsWritesElementsWhereThereIsNoProduct() {
        // 1·4 = 4; −2 is not above 0; 2
        assertEquals(
                """
                f: 1 × 3, norm 1.118, min 0, max 1, 1 zero
                   f[1]  f[2]  f[3]
                f   1.0     0   0.5

                dL/df: 1 × 3, norm 8.307, min -7, max 4
                       dL/df[1]  dL/df[2]  dL/df[3]
                dL/df         4        -7         2

                x: 1 × 3, norm 2.291, min -2, max 1
                   x[1]  x[2]  x[3]
                x   1.0  -2.0   0.5

                dL/dx: 1 × 3, norm 4.472, min 0, max 4, 1 zero
                       dL/dx[1]  dL/dx[2]  dL/dx[3]
                dL/dx         4         0         2
                dL/dx[r,j] = dL/df[r,j]·[x[r,j] > 0]""",
                text(backward(FormulaLayers.RELU)));
    }

    @Test
    void totalsAreThoseOfFiniteDifferences() {
        Matrix x = Matrix.parse("1 -2 0.5; 3 1 -1").named("x");
        Matrix dLdf = Matrix.parse("4 -7 2; 1 2 3");
        int explained = 0;
        for (Layer layer :
                new Layer[] {FormulaLayers.RELU, FormulaLayers.SIGMOID, FormulaLayers.SOFTMAX, FormulaLayers.SCALE}) {
            Gradients grads = layer.forward(x).backward(dLdf);
            for (String role : grads.all().keySet()) {
                Matrix operand = grads.pass().operands().get(role);
                for (int i = 0; i < operand.rows(); i++) {
                    for (int j = 0; j < operand.columns(); j++) {
                        String element = role + "[" + (operand.rows() == 1 ? "" : i + 1 + ",") + (j + 1) + "]";
                        Explanation explanation = Explanation.of(grads, "dL/d" + element);
                        // A central difference of h = 1e-5 is off by some h² = 1e-10 and by rounding, 1e-16/h = 1e-11.
                        double measured = (loss(layer, x, role, operand.with(i, j, operand.get(i, j) + 1e-5), dLdf)
                                        - loss(layer, x, role, operand.with(i, j, operand.get(i, j) - 1e-5), dLdf))
                                / 2e-5;
                        assertEquals(measured, total(explanation), 1e-8, layer + ": " + element);
                        assertEquals(measured, explanation.value().orElseThrow(), 1e-8, layer + ": " + element);
                        assertFalse(text(explanation).contains("own backward pass"), text(explanation));
                        explained++;
                    }
                }
            }
        }
        assertEquals(4 * 6 + 3, explained);
    }

    private static double loss(Layer layer, Matrix x, String role, Matrix changed, Matrix dLdf) {
        Matrix f = role.equals("x")
                ? layer.output(changed)
                : layer.with(role, changed).output(x);
        double loss = 0;
        for (int r = 0; r < f.rows(); r++) {
            for (int j = 0; j < f.columns(); j++) {
                loss += dLdf.get(r, j) * f.get(r, j);
            }
        }
        return loss;
    }

    /** What step 4, the numbers, comes to. */
    private static double total(Explanation explanation) {
        double total = Double.NaN;
        for (Part part : explanation.parts()) {
            for (Step step : part.steps()) {
                for (Line line : step.title().equals("The numbers") ? step.lines() : List.<Line>of()) {
                    if (line instanceof Equation equation) {
                        total = ((Constant)
                                        equation.sides().get(equation.sides().size() - 1))
                                .value();
                    }
                }
            }
        }
        return total;
    }

    // Errors

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            dL/dy      | these gradients have no y; they have x, w and b
            dL/dw[4,1] | there is no dL/dw[4,1]: dL/dw is 3 × 2, so its rows go from 1 to 3 and its columns from 1 to 2
            dL/dx[1]   | dL/dx is 2 × 3: name the row and the column, such as dL/dx[1,1]
            dL/df[1,1] | dL/df[1,1] came in with the backward pass: it was given, not computed here. What the layer computes from it: dL/dx, dL/dw, dL/db
            dL/df      | dL/df came in with the backward pass: it was given, not computed here. What the layer computes from it: dL/dx, dL/dw, dL/db
            f[3,1]     | there is no f[3,1]: f is 2 × 2, so its rows go from 1 to 2 and its columns from 1 to 2
            """)
    void whatThereIsNot(String name, String message) {
        assertFails(message, () -> Explanation.of(BATCH, name));
    }

    @Test
    void whatWasGivenToAPass() {
        assertFails(
                "x[1] was given, not computed; what the pass computes is f, and a gradient is an element of gradients:"
                        + " dL/dx[1]",
                () -> Explanation.of(GRADS.pass(), "x[1]"));
        assertFails("this pass's operands have no q; they have x, w and b", () -> Explanation.of(GRADS.pass(), "q"));
    }

    @Test
    void whatIsNull() {
        String name = null;
        assertFails(
                "nothing was named; an element is named like dL/dw[1,1], and all of it dL/dw",
                () -> Explanation.of(GRADS, name));
        assertFails(
                "the gradients are null; did the cell that declares them fail?",
                () -> Explanation.of((Gradients) null, "dL/dx"));
        assertFails(
                "the gradients are null; did the cell that declares them fail?",
                () -> Explanation.of((Gradients) null));
        assertFails(
                "the gradients are null; did the cell that declares them fail?",
                () -> Explanation.of((Gradients) null, Convention.OUT_IN));
        assertFails("the pass is null; did the cell that declares it fail?", () -> Explanation.of((Forward) null, "f"));
        assertFails("the layer is null; did the cell that declares it fail?", () -> Explanation.of((Layer) null));
        assertFails(
                "no convention was named; there are IN_OUT, as here, and OUT_IN, as nn.Linear",
                () -> Explanation.of(LAYER, null));
    }

    @Test
    void aConventionIsAboutWeights() {
        assertFails(
                "a convention is about weights, and relu 3 → 3 has no w",
                () -> Explanation.of(FormulaLayers.RELU, Convention.OUT_IN));
        assertFails(
                "conventions are compared of layers whose formula and gradients are products of matrices, as f = x·w +"
                        + " b is; no product is w[j,1]·x[r,j] of first row 3 → 3",
                () -> Explanation.of(FormulaLayers.FIRST_ROW, Convention.OUT_IN));
    }

    private static void assertFails(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static Gradients backward(Layer layer) {
        return layer.forward(Matrix.row(1, -2, 0.5).named("x")).backward(Matrix.row(4, -7, 2));
    }

    private static String text(Object explanation) {
        return Rendered.of(explanation).text();
    }

    private static String markdown(Explanation explanation) {
        return Rendered.of(explanation).as("text/markdown").orElseThrow();
    }
}
