package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Which element a name means, and what is said about one that there is not. */
class ElementNameTest {

    private static final Matrix W = Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6");
    private static final Forward PASS = new Linear(W, Matrix.row(0.01, -0.02)).forward(Matrix.row(1, 2, 3));
    private static final Gradients GRADS = PASS.backward(Matrix.row(1, -2));
    private static final Gradients BATCH =
            new Linear(W.named("w1")).forward(Matrix.ones(4, 3).named("input")).backward(Matrix.ones(4, 2));

    @Test
    void rowsAndColumnsCountFromOneInTheNameAndFromZeroInJava() {
        ElementName name = ElementName.of(GRADS, "dL/dw[2,1]");
        assertEquals("w", name.role());
        assertEquals(1, name.row());
        assertEquals(0, name.column());
        assertEquals(2, name.value()); // x[2]·dL/df[1] = 2·1
        assertSame(GRADS.of("w"), name.matrix());
        assertFalse(name.whole());
        assertEquals("dL/dw[2,1]", name.toString());
    }

    @Test
    void blanksAreAllowedTheRoleOrTheVariableWillDoAndAVectorNeedsNoRow() {
        for (String same : List.of("dL/dw[2,1]", " dL/dw [ 2 , 1 ] ", "dL / dw[2,1]", "w[2,1]", "w[+2,01]")) {
            assertEquals("dL/dw[2,1]", ElementName.of(GRADS, same).toString(), same);
        }
        for (String same : List.of("dL/dx[3]", "x[3]", "dL/dx[1,3]")) {
            assertEquals("dL/dx[3]", ElementName.of(GRADS, same).toString(), same);
        }
        for (String same : List.of("dL/dw1[3,2]", "w1[3,2]", "w[3,2]", "dL/dw[3,2]")) {
            assertEquals("dL/dw1[3,2]", ElementName.of(BATCH, same).toString(), same);
        }
        assertEquals("dL/df[2]", ElementName.of(GRADS, "dL/df[2]").toString());
        assertEquals("dL/df[2]", ElementName.of(GRADS, "f[2]").toString());
    }

    @Test
    void withoutBracketsItIsTheWholeMatrix() {
        ElementName name = ElementName.of(BATCH, "dL/dinput");
        assertTrue(name.whole());
        assertEquals("x", name.role());
        assertEquals("dL/dinput", name.toString());
        assertEquals(
                "dL/dinput is a whole matrix, not an element",
                assertThrows(IllegalStateException.class, name::row).getMessage());
    }

    @Test
    void aPassHasOperandsAndAnOutput() {
        assertEquals("f[2]", ElementName.of(PASS, "f[2]").toString());
        assertEquals("f", ElementName.of(PASS, "f[2]").role());
        assertEquals("w[2,1]", ElementName.of(PASS, "w[2,1]").toString());
        assertEquals(0.3, ElementName.of(PASS, "w[2,1]").value());
        assertEquals("input[4,3]", ElementName.of(BATCH.pass(), "x[4,3]").toString());
    }

    @Test
    void anElementThatThereIsNotIsAnsweredWithThoseThereAre() {
        String w = "dL/dw is 3 × 2, so its rows go from 1 to 3 and its columns from 1 to 2";
        fails("there is no dL/dw[4,1]: " + w, GRADS, "dL/dw[4,1]");
        fails("there is no dL/dw[0,1]: " + w, GRADS, "dL/dw[0,1]");
        fails("there is no dL/dw[1,3]: " + w, GRADS, "w[ 1, 3 ]");
        fails("there is no dL/dw[-1,1]: " + w, GRADS, "dL/dw[-1,1]");
        fails("there is no dL/dw[99999999999,1]: " + w, GRADS, "dL/dw[99999999999,1]");
        fails("there is no dL/dx[0]: dL/dx is 1 × 3, so its entries go from 1 to 3", GRADS, "dL/dx[0]");
        fails("there is no dL/dx[2,1]: dL/dx is 1 × 3, so its entries go from 1 to 3", GRADS, "dL/dx[2,1]");
        Gradients column =
                new Linear(Matrix.column(1, 2)).forward(Matrix.row(1, 2)).backward(Matrix.row(1.0));
        fails(
                "there is no dL/dw[1,2]: dL/dw is 2 × 1, so its rows go from 1 to 2 and its only column is 1",
                column,
                "dL/dw[1,2]");
    }

    @Test
    void aMatrixOfSeveralRowsNeedsTheRow() {
        fails("dL/dinput is 4 × 3: name the row and the column, such as dL/dinput[1,1]", BATCH, "dL/dx[1]");
        fails("dL/dinput is 4 × 3: name the row and the column, such as dL/dinput[2,1]", BATCH, "dL/dx[2]");
        fails("dL/dinput is 4 × 3: name the row and the column, such as dL/dinput[1,1]", BATCH, "dL/dx[9]");
    }

    @Test
    void aMatrixThatThereIsNotIsAnsweredWithThoseThereAre() {
        fails("these gradients have no y; they have x, w and b", GRADS, "dL/dy");
        fails("these gradients have no W; they have x, w and b; did you mean w?", GRADS, "dL/dW[1,1]");
        fails("these gradients have no inptu; they have x (input) and w (w1); did you mean input?", BATCH, "dL/dinptu");
        for (String typed : List.of("dl/dw", "dL/dW", "∂L/∂w", "dw", "w.grad", "grad_w")) {
            String bare = typed.replaceFirst("^dL/d", "");
            fails(
                    "these gradients have no " + bare + "; they have x, w and b; did you mean "
                            + (bare.equals("W") ? "w?" : "dL/dw?"),
                    GRADS,
                    typed);
        }
        fails("these gradients have no dy; they have x, w and b", GRADS, "dy");
        fails("these gradients have no w2; they have x (input) and w (w1)", BATCH, "w2");
        assertEquals(
                "this pass's operands have no dL/dw; they have x, w and b",
                assertThrows(IllegalArgumentException.class, () -> ElementName.of(PASS, "dL/dw[1,1]"))
                        .getMessage());
    }

    @Test
    void whatIsNoNameIsAnsweredWithOne() {
        String like = "an element is named like dL/dw[1,1], and all of it dL/dw";
        fails("nothing was named; " + like, GRADS, " ");
        fails("nothing was named; " + like, GRADS, null);
        fails("dL/dw[1 names no element; " + like, GRADS, "dL/dw[1");
        fails("[2,1] names no element; " + like, GRADS, "[2,1]");
        fails("dL/dw[] names no element: a number is missing; " + like, GRADS, "dL/dw[]");
        fails("dL/dw[2,] names no element: a number is missing; " + like, GRADS, "dL/dw[2,]");
        fails("dL/dw[i,1] names no element: 'i' is not a whole number; " + like, GRADS, "dL/dw[i,1]");
        fails("dL/dw[2,·] names no element: '·' is not a whole number; " + like, GRADS, "dL/dw[2,·]");
        fails("dL/dw[1,2,3] names no element: it has a row and a column, such as dL/dw[1,1]", GRADS, "dL/dw[1,2,3]");
        fails("the gradients are null; did the cell that declares them fail?", null, "dL/dw");
    }

    private static void fails(String message, Gradients grads, String name) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ElementName.of(grads, name))
                        .getMessage());
    }
}
