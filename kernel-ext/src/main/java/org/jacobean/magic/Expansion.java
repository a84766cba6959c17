package org.jacobean.magic;

import java.util.List;

/**
 * What a magic stands for.
 *
 * @param magic its name, without the percent sign
 * @param name the variable that it declares, or null where it is an expression
 * @param type the Java type of that variable
 * @param expression the Java expression for its value
 * @param uses the variables that the expression needs, and what they must be
 * @param warning a Java expression for the lines to be shown before, which may be none; or null
 */
public record Expansion(String magic, String name, String type, String expression, List<Use> uses, String warning) {

    Expansion(String magic, String name, String type, String expression, List<Use> uses) {
        this(magic, name, type, expression, uses, null);
    }

    /** A variable of the session, and what it must be for the magic to mean anything. */
    public record Use(String name, Kind kind) {}

    /** The Java that could have been typed: {@code Forward pass = layer.forward(x);}, or the expression. */
    public String java() {
        return name == null ? expression : type + " " + name + " = " + expression + ";";
    }
}
