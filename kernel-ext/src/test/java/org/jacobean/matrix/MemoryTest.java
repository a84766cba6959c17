package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The advice where memory is too small names twice what there is, in whole gigabytes. */
class MemoryTest {

    @Test
    void twiceAsMuch() {
        assertEquals(
                "start Java with more, -Xmx8g; the kernel: python3 install --jvm-option=-Xmx8g", Memory.more(4L << 30));
        assertEquals(
                "start Java with more, -Xmx1g; the kernel: python3 install --jvm-option=-Xmx1g",
                Memory.more(400L << 20));
        assertEquals(
                "start Java with more, -Xmx9g; the kernel: python3 install --jvm-option=-Xmx9g",
                Memory.more((4L << 30) + 1));
    }
}
