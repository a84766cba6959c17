"""Many cells in one kernel: whether memory and time for each grow, beside the same Java in JJava without Jacobean's magics.

`python3 install soak` runs this with the environment's Python. Two kernels take turns: ours with magics, and JJava with the
library on its class path and its extension left out. JShell itself keeps every snippet, so both grow; ours must grow no faster.
"""
import os
import statistics
import sys
import time

from startup import Kernel

SAMPLES = 10
OURS, JAVA = "magics", "Java"
FIRST = "%matrix x = normal 1x300\n%matrix dLdf = normal 1x200"
# What a person does, over and over, with a matrix of half a megabyte that is another each time.
ROUND = ["%matrix w = normal 300x200 seed {n}", "%linear layer = w", "%forward pass = layer x", "%backward grads = pass dLdf",
         "%explain grads dL/dw[2,1]", "%check grads dL/dw = w", "%table grads x", "show(grads)",
         'show("step", grads.of("x"))', "%forward bad = layer w"]
FAILS = "bad ="
MEMORY = """
for (int i = 0; i < 2; i++) System.gc();
System.out.print(java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
    .filter(p -> p.getType() == java.lang.management.MemoryType.HEAP).mapToLong(p -> p.getUsage().getUsed()).sum()
    + " " + java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
    .filter(p -> p.getName().equals("Metaspace")).mapToLong(p -> p.getUsage().getUsed()).sum()
    + " " + ProcessHandle.current().pid());"""
HEAD = "%8s%36s%36s\n%8s" % ("", OURS, JAVA, "cells") + "%9s%9s%11s%7s" % ("ms each", "heap MB", "classes", "RSS") * 2
LIMITS = {"ms": (1.25, 20), "heap": (1.1, 2), "metaspace": (1.1, 2)}  # ours may grow so many times as much, and so much more


def start(kernels):
    """Both kernels, each with the round of cells that it runs."""
    running = []
    try:
        for extensions in ("1", "0"):
            os.environ["JJAVA_LOAD_EXTENSIONS"] = extensions
            running.append(Kernel(kernels, "jacobean"))
        ours, java = running
        java.run(java_imports(ours))
        for cell in FIRST.splitlines() + ROUND[:4]:
            java.run(java_of(ours, cell.replace("{n}", "0")))
            ours.run(cell.replace("{n}", "0"))
        return {OURS: (ours, ROUND), JAVA: (java, [java_of(ours, cell) for cell in ROUND])}
    except BaseException:
        for kernel in running:
            kernel.end()
        raise


def java_of(kernel, cell):
    """The Java that a cell stands for."""
    if not cell.startswith("%"):
        return cell
    return kernel.run("%java " + cell.replace("{n}", "77")).replace("77", "{n}").strip()


def java_imports(kernel):
    """What a session of ours begins with."""
    return kernel.run('System.out.print(new String(Matrix.class.getResourceAsStream("/org/jacobean/imports.jsh")'
                      '.readAllBytes()));')


def run(kernel, cell):
    try:
        kernel.run(cell)
    except RuntimeError:
        if FAILS not in cell:
            raise


def memory(kernel):
    """MB: of the heap after a collection, of the classes, and of the process where the system tells."""
    heap, metaspace, pid = kernel.run(MEMORY).split()
    try:
        with open("/proc/%s/status" % pid, encoding="utf-8") as file:
            rss = next(int(line.split()[1]) / 1e3 for line in file if line.startswith("VmRSS"))
    except OSError:
        rss = float("nan")
    return {"heap": int(heap) / 1e6, "metaspace": int(metaspace) / 1e6, "RSS": rss}


def measure(both, cells):
    """For each kernel a list of samples, after each tenth of the cells."""
    print(HEAD)
    samples = {name: [] for name in both}
    times = {name: [] for name in both}
    every = max(len(ROUND), cells // SAMPLES // len(ROUND) * len(ROUND))
    for n in range(1, cells + 1):
        for name, (kernel, cells_of) in both.items():
            cell = cells_of[(n - 1) % len(ROUND)].replace("{n}", str(n))
            begun = time.perf_counter()
            run(kernel, cell)
            times[name].append(time.perf_counter() - begun)
        if n % every == 0:
            for name, (kernel, _) in both.items():
                last = times[name][-every:]
                samples[name].append({"cells": n, "ms": statistics.median(last) * 1e3, **memory(kernel)})
            print(row(n, [its[-1] for its in samples.values()]), flush=True)
    return samples


def growth(samples, what):
    """From the second sample on, when all is loaded and compiled, for each 1,000 cells."""
    first, last = samples[1], samples[-1]
    return (last[what] - first[what]) / (last["cells"] - first["cells"]) * 1000


def row(cells, samples):
    return "%8d" % cells + "".join("%9.0f%9.1f%11.1f%7.0f" % (
        each["ms"], each["heap"], each["metaspace"], each["RSS"]) for each in samples)


def report(samples):
    """The lines that sum it up, and whether ours grows too fast."""
    lines, failed = ["growth for each 1,000 cells:"], False
    for what, (times, more) in LIMITS.items():
        ours, java = growth(samples[OURS], what), growth(samples[JAVA], what)
        too_fast = ours > max(java, 0) * times + more
        failed |= too_fast
        lines.append("%10s  %s %+.1f, %s %+.1f%s" % (what, OURS, ours, JAVA, java, ": too fast" if too_fast else ""))
    return lines, failed


def main(kernels, cells):
    both = start(kernels)
    try:
        lines, failed = report(measure(both, int(cells)))
    finally:
        for kernel, _ in both.values():
            kernel.end()
    print("\n".join(lines))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
