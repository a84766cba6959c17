/**
 * How values look: one {@link org.jacobean.view.View} of an object, lowered to text, HTML, Markdown and LaTeX.
 *
 * <pre>{@code
 * show(grads);                                               // the whole view, in a notebook or a terminal
 * Display.rows(20);                                          // how many rows before the middle is left out
 * String html = Rendered.of(w).html();
 * }</pre>
 *
 * May import all that stands above it, and Tablesaw.
 */
package org.jacobean.view;
