/**
 * Matrices and gradients as Tablesaw tables, to sort, filter and join, and back.
 *
 * <pre>{@code
 * Table wide = Tables.of(grads.of("w"));                     // a row for each input, a column for each neuron
 * Table tidy = Tables.tidy(grads);                           // a row for each element
 * Matrix dLdw = Tables.matrix(wide);
 * }</pre>
 *
 * May import {@code matrix}, {@code layer}, {@code explain} and Tablesaw.
 */
package org.jacobean.table;
