/**
 * A magic is sugar for Java that could have been typed: each is a pure function from its text to Java source.
 *
 * <pre>{@code
 * Magics.expand("forward", "pass = layer x").java();         // Forward pass = layer.forward(x);
 * }</pre>
 *
 * May import {@code matrix}, to check what is written before it is evaluated. Nothing here evaluates anything.
 */
package org.jacobean.magic;
