/**
 * Layers, what they compute forward, and the gradients they pass backward.
 *
 * <pre>{@code
 * Linear layer = new Linear(w, b);                           // f = x·w + b
 * Forward pass = layer.forward(x);
 * Gradients grads = pass.backward(Matrix.row(1, -2));        // dL/df
 * Matrix dLdw = grads.of("w");                               // xᵀ·dL/df
 * }</pre>
 *
 * One direction: a {@code Forward} holds its layer, x and f; {@code Gradients} hold their pass and the dL/df that came in.
 * May import {@code matrix} (and {@code formula}), never Tablesaw, a view, a magic or a kernel.
 */
package org.jacobean.layer;
