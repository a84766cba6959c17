/**
 * Symbolic expressions over the elements of matrices: differentiated, simplified, evaluated and written down.
 *
 * <pre>{@code
 * Formula linear = Formula.of(f.at(r, j), sum(i, w.at(i, j).times(x.at(r, i))).plus(b.at(1, j)));
 * linear.gradient("w");                                      // dL/dw[i,j] = Σᵣ dL/df[r,j]·x[r,i]
 * }</pre>
 *
 * Imports nothing of ours and no matrix: an expression's variables are names, and who evaluates it says what they hold.
 */
package org.jacobean.formula;
