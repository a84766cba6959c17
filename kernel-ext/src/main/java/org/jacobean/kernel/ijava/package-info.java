/** The adapter to IJava 1.3.0, installed by a line of Java. Imports {@code kernel} and the API of IJava's base kernel. */
package org.jacobean.kernel.ijava;
