/** The adapter to JJava, loaded by the service file of its extensions. Imports {@code kernel} and JJava's API. */
package org.jacobean.kernel.jjava;
