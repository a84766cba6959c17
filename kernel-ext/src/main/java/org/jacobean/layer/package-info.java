/**
 * Layers, what they compute forward, and the gradients they pass backward.
 *
 * <pre>{@code
 * Linear layer = new Linear(w, b);                           // f = x·w + b
 * Forward pass = layer.forward(x);
 * Gradients grads = pass.backward(Matrix.row(1, -2));        // dL/df
 * Matrix dLdw = grads.of("w");                               // xᵀ·dL/df
 *
 * Network network = Network.of(linear1, new Relu(), linear2);
 * NetworkPass run = network.forward(x);
 * NetworkGradients all = run.backward(new MeanSquaredError(), y);
 * Network next = network.minus(all, 0.1);                    // gradient descent
 * for (Batch batch : Batches.of(x, y, 32).shuffled(1)) {}    // rows in batches
 * }</pre>
 *
 * One direction: a {@code Forward} holds its layer, x and f; {@code Gradients} hold their pass and the dL/df that came in.
 * The pass and the gradients of a network hold one of these for each of its layers.
 * May import {@code matrix} (and {@code formula}), never Tablesaw, a view, a magic or a kernel.
 */
package org.jacobean.layer;
