package org.jacobean.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jacobean.magic.Magics;
import org.jacobean.matrix.Backend;

/** What {@code %jacobean} prints. */
final class About {

    private About() {}

    static String text(Session session) {
        return "Jacobean " + version() + ", Java " + Runtime.version().feature() + " ("
                + System.getProperty("java.version")
                + "), " + session.host() + "\nlarge products by " + Backend.current() + "\n\n" + Magics.list()
                + "\n\n%MAGIC --help tells how one is written. show(value) shows anything, and %display says how much.";
    }

    /** The version of this library, which the build writes into the jar. */
    static String version() {
        try (InputStream resource = About.class.getResourceAsStream("/org/jacobean/version.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException | NullPointerException e) {
            return "(version unknown)";
        }
    }
}
