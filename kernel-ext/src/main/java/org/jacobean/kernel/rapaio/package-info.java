/**
 * The adapter to rapaio-jupyter-kernel (3.0.1), loaded by the service file of its displays. Every value has its view there,
 * {@code show} works as in other notebooks, and the imports are those of a lesson.
 *
 * <p>Magics do not: the kernel keeps a list of its own, which nobody can add to, and allows none beside Java in a cell. So
 * each is written as the Java it stands for, which {@code %java} prints elsewhere and the README shows. An error is its
 * message; and an interrupt ends more than the cell, as the kernel then runs nothing any more until it is restarted.
 *
 * <p>Imports {@code kernel}, {@code view} and the kernel's API.
 */
package org.jacobean.kernel.rapaio;
