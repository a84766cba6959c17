/**
 * What all hosts of a session share, be it a Jupyter kernel or plain JShell: how a magic's Java is evaluated, and what a
 * failure says.
 *
 * <p>A host offers a {@link org.jacobean.kernel.Session}; {@link org.jacobean.kernel.MagicRunner} does the rest.
 * May import {@code magic} and {@code view}, and of {@code matrix} the {@code Backend}, of which {@code %jacobean} tells,
 * {@code Interrupts}, {@code Memory} and {@code Visible}; and of {@code table} what makes Tablesaw ready. The adapters below
 * it import one kernel's API each, and not one another.
 */
package org.jacobean.kernel;
