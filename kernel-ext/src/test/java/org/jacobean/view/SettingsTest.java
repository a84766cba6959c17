package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Settings are changed one by one or in a chain, which is all or nothing. */
class SettingsTest {

    private static final String AT_FIRST = "rows 12, columns 12, digits 4, in tables 6";

    @AfterEach
    void settingsAsTheyWere() {
        Display.defaults();
    }

    @Test
    void aChainSetsEachOfItsSettings() {
        assertEquals(AT_FIRST, Display.settings().toString());
        assertEquals("rows 20, columns 12, digits 5", Display.rows(20).digits(5).toString());
        assertEquals("rows 20, columns 7, digits 5", Display.columns(7).toString());
        assertEquals("rows 20, columns 7, digits 5", Display.settings().toString());
        assertEquals(AT_FIRST, Display.defaults().toString());
        assertEquals(AT_FIRST, Display.settings().toString());
    }

    @Test
    void aChainWithAMistakeLeavesAllAsItWas() {
        Display.rows(20);
        assertEquals(
                "Display.digits is from 1 to 17, not 0",
                message(() -> Display.rows(5).columns(6).digits(0)));
        assertEquals(
                "rows 20, columns 12, digits 4, in tables 6", Display.settings().toString());
        assertEquals("Display.columns is at least 2, not 1", message(() -> Display.defaults()
                .columns(1)));
        assertEquals(
                "rows 20, columns 12, digits 4, in tables 6", Display.settings().toString());
        assertEquals("Display.rows is at least 2, not 0", message(() -> Display.rows(0)));
        assertEquals(
                "rows 20, columns 12, digits 4, in tables 6", Display.settings().toString());
    }

    @Test
    void settingsThatWereKeptAreSetAgainByGoingOnWithThem() {
        Settings wide = Display.columns(40);
        Display.defaults();
        assertEquals("Display.rows is at least 2, not 1", message(() -> wide.rows(1)));
        assertEquals(AT_FIRST, Display.settings().toString());
        wide.rows(30);
        assertEquals(
                "rows 30, columns 40, digits 4, in tables 6", Display.settings().toString());
    }

    private static String message(Executable executable) {
        return assertThrows(IllegalArgumentException.class, executable).getMessage();
    }
}
