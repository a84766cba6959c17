/**
 * Why a number is what it is, and whether a gradient is right.
 *
 * <pre>{@code
 * GradientCheck check = GradientCheck.of(grads);             // against central differences
 * boolean right = check.passed();
 * Contributions rows = Contributions.of(grads, "dL/dw[2,1]");  // which row of the batch made it
 * }</pre>
 *
 * May import {@code matrix}, {@code formula} and {@code layer}, never Tablesaw, a view, a magic or a kernel.
 */
package org.jacobean.explain;
