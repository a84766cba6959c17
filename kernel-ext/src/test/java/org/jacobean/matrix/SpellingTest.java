package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> WORDS = List.of("w", "b", "mse", "relu", "rows", "forward", "backward");

    @Test
    void aWordIsMeantInFewLettersButNeverInMostOfThem() {
        for (String typed : List.of("forward", "FORWARD", "forwrd", "forwrad", "forwarrd", "forvard", "froward")) {
            assertEquals(Optional.of("forward"), Spelling.nearest(typed, WORDS), typed);
        }
        for (String typed : List.of("row", "rowss", "orws")) {
            assertEquals(Optional.of("rows"), Spelling.nearest(typed, WORDS), typed);
        }
        assertEquals(Optional.of("w"), Spelling.nearest("W", WORDS));
        for (String typed : List.of("x", "mae", "ro", "", "forest", "f".repeat(101))) {
            assertEquals(Optional.empty(), Spelling.nearest(typed, WORDS), typed);
        }
        assertEquals("; did you mean relu?", Spelling.didYouMean("rely", WORDS));
        assertEquals("", Spelling.didYouMean("tanh", WORDS));
    }
}
