/**
 * A small stand-in for IJava 1.3.0, whose jar is in no registry, under the names of the real one, so that code which
 * reaches for IJava by name finds this. It is built on IJava's own base library and JShell, runs as a process
 * ({@code java -cp … io.github.spencerpark.ijava.IJava CONNECTION_FILE}) and keeps what an extension relies on:
 *
 * <ul>
 * <li>{@link IJava#getKernelInstance()} and the kernel's {@code getMagics()}, {@code evalRaw}, {@code getRenderer()},
 *     {@code display}, {@code getIO()}; its private field {@code evaluator}, which has {@code getShell()};
 * <li>{@code IJAVA_CLASSPATH}, {@code IJAVA_STARTUP_SCRIPT} (run at the first cell), {@code %jars}, {@code %classpath};
 * <li>a line or cell magic becomes a Java call that ends in an empty block, so the value of a bare magic is not shown;
 * <li>an exception arrives as {@code EvalException} with its message alone; the cause is lost;
 * <li>each snippet runs in a thread of its own, so a magic may evaluate more source while it runs.
 * </ul>
 *
 * Left out: {@code %maven}, {@code %load}, inspection, time limits, compiler options, and script files.
 */
package io.github.spencerpark.ijava;
