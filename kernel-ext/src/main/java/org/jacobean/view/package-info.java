/**
 * How values look: one {@link org.jacobean.view.View} of an object, lowered to text, HTML, Markdown and LaTeX.
 *
 * <pre>{@code
 * show(grads);                                               // the whole view, in a notebook or a terminal
 * Display.rows(20);                                          // how many rows before the middle is left out
 * String html = Rendered.of(w).html().orElseThrow();
 * }</pre>
 *
 * {@link org.jacobean.view.Chart}, {@link org.jacobean.view.Images} and {@link org.jacobean.view.Diagram} are values that
 * are pictures: SVG and text.
 *
 * <p>May import all that stands above it, Tablesaw and XChart.
 */
package org.jacobean.view;
