/**
 * A notebook without Jupyter: cells of Java and magics, run by JShell inside any program.
 *
 * <pre>{@code
 * try (Notebook notebook = Notebook.open()) {
 *     notebook.run("%vector x = 1 2 3");
 *     System.out.println(notebook.run("x.scale(2)").text());
 * }
 * }</pre>
 *
 * Imports {@code kernel} and {@code jdk.jshell}. The tests run on it, and so may yours.
 */
package org.jacobean.kernel.jshell;
