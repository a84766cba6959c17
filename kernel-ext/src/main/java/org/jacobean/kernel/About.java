package org.jacobean.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jacobean.magic.Magics;
import org.jacobean.matrix.Backend;

/** What {@code %jacobean} and {@code %help} print. */
final class About {

    private About() {}

    static String text(Session session) {
        return "Jacobean " + version() + ", Java " + Runtime.version().feature() + " ("
                + System.getProperty("java.version")
                + "), " + session.host() + "\nlarge products by " + Backend.current() + "\n\n" + help("");
    }

    /** Every magic, or the manual of the one that is named. */
    static String help(String name) {
        String bare = name.strip().replaceFirst("^%{1,2}", "").replaceFirst("\\s.*", "");
        return bare.isEmpty()
                ? Magics.list() + "\n\n%MAGIC --help tells how one is written; show(value) shows anything, and\n"
                        + "%display says how much of it."
                : Magics.manual(bare);
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
