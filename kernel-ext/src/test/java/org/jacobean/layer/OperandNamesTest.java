package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** By which names a person asks a pass for its operands, and gradients for a gradient. */
class OperandNamesTest {

    private final Matrix x = Matrix.row(1, 2, 3).named("input");
    private final Matrix w = Matrix.ones(3, 2).named("w1");
    private final Matrix b = Matrix.row(1, 2).named("b1");
    private final Forward pass = new Linear(w, b).forward(x);
    private final Gradients grads = pass.backward(Matrix.row(1, -2).named("g"));

    @Test
    void aRoleAVariableAndTheGradientOfEitherAreTheSame() {
        for (String name : List.of("w", "w1", "dL/dw", "dL/dw1")) {
            assertSame(grads.all().get("w"), grads.of(name), name);
        }
        for (String name : List.of("x", "input", "dL/dx", "dL/dinput")) {
            assertSame(grads.all().get("x"), grads.of(name), name);
        }
        for (String name : List.of("b", "b1", "dL/db", "dL/db1")) {
            assertSame(grads.all().get("b"), grads.of(name), name);
        }
        assertEquals(List.of("x", "w", "b"), List.copyOf(grads.all().keySet()));
    }

    /** By its role or by its variable's name: a formula f = w·w + b would mean another thing. */
    @Test
    void anInputCalledAsAParameterIsCalledX() {
        Linear layer = new Linear(Matrix.parse("1 2; 3 4").named("v"), Matrix.row(5, 6));
        for (String name : List.of("w", "v", "b")) {
            Gradients grads = layer.forward(Matrix.row(7, 8).named(name)).backward(Matrix.row(1, -1));
            assertEquals(Optional.empty(), grads.pass().input().name(), name);
            assertEquals(Matrix.parse("7 -7; 8 -8"), grads.of("v"), name);
            assertEquals(Matrix.parse("7 -7; 8 -8"), grads.of("w"), name);
            assertEquals(Matrix.row(1, -1), grads.of("b"), name);
            assertEquals(Matrix.row(-1, -1), grads.of("x"), name);
        }
        assertEquals(
                Optional.of("mine"),
                layer.forward(Matrix.row(7, 8).named("mine")).input().name());
    }

    @Test
    void aPassAnswersWithItsOperandsAndItsOutput() {
        assertSame(x, pass.of("x"));
        assertSame(x, pass.of("input"));
        assertSame(w, pass.of("w"));
        assertSame(w, pass.of("w1"));
        assertSame(b, pass.of("b1"));
        assertSame(pass.output(), pass.of("f"));
        assertEquals(List.of("x", "w", "b"), List.copyOf(pass.operands().keySet()));
    }

    @Test
    void gradientsAreNamedAfterTheVariableAndTheIncomingOneAfterF() {
        assertEquals("dL/dinput", grads.of("x").label(""));
        assertEquals("dL/dw1", grads.of("w").label(""));
        assertEquals("dL/db1", grads.of("b").label(""));
        assertEquals("dL/df", grads.of("dL/df").label(""));
        assertSame(grads.incoming(), grads.of("f"));
        assertEquals("Gradients of Linear 3 → 2: dL/dinput 1 × 3, dL/dw1 3 × 2, dL/db1 1 × 2", grads.toString());
    }

    @Test
    void theOutputOfOneLayerIsTheXOfTheNext() {
        Gradients next = new Linear(Matrix.ones(2, 1)).forward(pass.output()).backward(Matrix.row(3.0));
        assertEquals("dL/dx", next.of("x").label(""));
        assertEquals("Gradients of Linear 2 → 1 without b: dL/dx 1 × 2, dL/dw 2 × 1", next.toString());
        assertEquals("f", pass.output().label(""));
    }

    @Test
    void weightsInAVariableCalledFHaveTheirRole() {
        Gradients next = new Linear(Matrix.ones(3, 2).named("f")).forward(x).backward(Matrix.row(1, -2));
        assertEquals("dL/dw", next.of("w").label(""));
        assertSame(next.incoming(), next.of("dL/df"));
    }

    @Test
    void aRoleComesBeforeAVariableOfThatName() {
        Matrix confusing = Matrix.ones(3, 2).named("x");
        Forward forward = new Linear(confusing).forward(Matrix.row(1, 2, 3).named("w"));
        assertSame(confusing, forward.of("w"));
        assertEquals("1 × 3", forward.of("x").shape());
    }

    @Test
    void aNameOfTwoOperandsIsAmbiguous() {
        Gradients both = new Linear(w.named("a"), b.named("a")).forward(x).backward(Matrix.row(1, -2));
        fails("these gradients have more than one a: it is w and b; ask for one of these", () -> both.of("a"));
        fails("these gradients have more than one a: it is w and b; ask for one of these", () -> both.of("dL/da"));
        fails("this pass's operands have more than one a: it is w and b; ask for one of these", () -> both.pass()
                .of("a"));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        fails("these gradients have no q; they have x (input), w (w1) and b (b1)", () -> grads.of("q"));
        fails("this pass's operands have no q; they have x (input), w (w1) and b (b1)", () -> pass.of("q"));
        Gradients plain =
                new Linear(Matrix.ones(3, 2)).forward(Matrix.row(1, 2, 3)).backward(Matrix.row(1, -2));
        fails("these gradients have no b; they have x and w", () -> plain.of("b"));
        fails("this pass's operands have no b; they have x and w", () -> plain.pass()
                .of("b"));
    }

    /** A pass has no gradients yet: dL/dw is not w. */
    @Test
    void aPassHasNoGradients() {
        fails("this pass's operands have no dL/dw; they have x (input), w (w1) and b (b1)", () -> pass.of("dL/dw"));
    }

    private static void fails(String message, Executable ask) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, ask).getMessage());
    }
}
