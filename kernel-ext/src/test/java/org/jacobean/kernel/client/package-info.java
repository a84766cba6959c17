/** A client for Jupyter kernels: tests start a real kernel, run cells in it, and look at what a notebook would show. */
package org.jacobean.kernel.client;
