/**
 * Why a number is what it is, whether a gradient is right, what is wrong with one that is not, and what a session holds.
 *
 * <pre>{@code
 * Explanation why = Explanation.of(grads, "dL/dw[2,1]");     // step by step
 * GradientCheck check = GradientCheck.of(grads);             // against central differences
 * Diagnosis diagnosis = Diagnosis.of(grads, "dL/dw", mine);  // what was done wrong
 * Contributions rows = Contributions.of(grads, "dL/dw");     // which row of the batch made it
 * Flow flow = Flow.of(grads);                                // what the numbers are like on their way
 * Confusion confusion = Confusion.of(pass.output(), y);      // which class was taken for which
 * }</pre>
 *
 * May import {@code matrix}, {@code formula} and {@code layer}, never Tablesaw, a view, a magic or a kernel.
 */
package org.jacobean.explain;
