"""The benchmarks, beside the same work in PyTorch: `python3 install bench`."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import Failure, run, say, shown, write

PYTORCH, IPYKERNEL = "2.13.0", "7.4.0"
SHAPES = ("1,3,2", "1,784,50", "64,784,50", "256,784,256", "512,1024,1024", "1,4096,4096")
# Ours, theirs, and how many times as fast ours must be; 0: only to be seen.
COMPARED = [("layer " + shape, "layer " + shape, 1 if shape != "1,3,2" else 20) for shape in SHAPES]
COMPARED += [("lesson", "lesson float64", 1), ("lesson", "lesson float32", 0),
             ("check 8,64,32", "check of L", 1), ("check 8,64,32", "check of f", 1)]
COMPARED_IN_KERNELS = [("first gradient", "first gradient in Python", 1)]
ROW = "%-26s%14s%14s%10s%13s"
MOST_MEMORY = 1.5  # times the bytes of the step's data and gradients
MOST_TO_SHOW = 50  # ms
MOST_OF_MAGIC = 60  # ms more than its Java
SHOWN = {"show 500": 500 ** 2, "show 1581": 1581 ** 2, "show 5000": 5000 ** 2}
READ = [name + shape for name in ("explain ", "sample ") for shape in ("64,100,10", "64,1000,10", "64,1000,100")]


def make(environment, log):
    """PyTorch's environment. The build for CPUs where pip finds one: the other is ten times as large."""
    stamp = "PyTorch %s, ipykernel %s" % (PYTORCH, IPYKERNEL)
    if environment.is_ours and environment.marker.read_text(encoding="utf-8") == stamp:
        return say("environment %s: ready" % shown(environment.folder))
    say("environment %s: installing PyTorch (minutes) ..." % shown(environment.folder))
    write(environment.marker, "unfinished")
    pip = [environment.python, "-m", "pip", "install", "--disable-pip-version-check"]
    if not (run([sys.executable, "-m", "venv", environment.folder], log)
            and any(run(pip + ["ipykernel==" + IPYKERNEL, "torch==" + build], log)
                    for build in (PYTORCH + "+cpu", PYTORCH))):
        raise Failure("pip could not install PyTorch: see %s." % shown(log), log)
    write(environment.marker, stamp)


def compare(root, jdk, environment, threads, log):
    """Runs JMH between two runs of PyTorch, then kernels, and prints it all. Of PyTorch's runs the quicker counts."""
    mvn = shutil.which("mvn")
    if not mvn:
        raise Failure("The benchmarks need Maven, and there is no mvn on PATH.")
    say("PyTorch, JMH, PyTorch again, kernels: ten minutes or so ...")
    first = pytorch(environment, threads, log)
    if not run([mvn, "-B", "-Dstyle.color=never", "-Pbench", "-Dbench.threads=%d" % threads, "verify"], log, cwd=root,
               env=dict(os.environ, JAVA_HOME=str(jdk.home))):
        raise Failure("Maven could not run the benchmarks: see %s." % shown(log), log)
    ours = (root / "kernel-ext" / "target" / "bench.tsv").read_text(encoding="utf-8")
    second = pytorch(environment, threads, log)
    kernels = printed(environment, log, "startup.py", root / ".venv" / "share" / "jupyter" / "kernels")
    say("\n".join(report(ours, kernels, first, second)))


def pytorch(environment, threads, log):
    """What pytorch.py prints."""
    return printed(environment, log, "pytorch.py", threads, *SHAPES)


def printed(environment, log, program, *arguments):
    with open(log, "a", encoding="utf-8") as errors:
        errors.write("$ %s\n" % program)
        errors.flush()
        done = subprocess.run([str(environment.python), "-B", str(Path(__file__).with_name(program)),
                               *map(str, arguments)], stdout=subprocess.PIPE, stderr=errors)
    if done.returncode != 0:
        raise Failure("PyTorch could not run the benchmarks: see %s." % shown(log), log)
    return done.stdout.decode("utf-8")


def report(ours, kernels, *theirs):
    """The lines to print. Each text has a line for each benchmark, its name and µs, after one that tells what it ran on."""
    mine, waits = times(ours), times(kernels)
    others = [times(text) for text in theirs]
    best = {name: min(other[name] for other in others) for name in others[0]}
    yield "Jacobean: " + ours.splitlines()[0]
    yield "PyTorch:  " + theirs[0].splitlines()[0]
    yield "median µs; layer: N,n,m, one linear layer forward + backward, float64"
    yield ROW % ("", "Jacobean", "PyTorch", "ratio", "must reach")
    for name, other, goal in COMPARED:
        yield compared(name if name == other else "%s / %s" % (name.split()[0], other), mine[name], best[other], goal)
    for name, other, goal in COMPARED_IN_KERNELS:
        yield compared(name, waits[name], waits[other], goal)
    yield ""
    yield "memory of the lesson's step / its data and gradients: %.3f×%s" % (
        mine["lesson's memory"], most(mine["lesson's memory"], MOST_MEMORY, "×"))
    for name in [name for name in waits if name.startswith("%")]:
        more = (waits[name] - waits["Java of " + name]) / 1000
        yield "%s, warm: %.0f ms more than its Java%s" % (name, more, most(more, MOST_OF_MAGIC, " ms"))
    show = mine["show 5000"] / 1000
    yield "show 5000 × 5000: %.1f ms%s" % (show, most(show, MOST_TO_SHOW, " ms"))
    yield ""
    yield "how it grows: a display reads all once for its line, so its time for each entry should not grow;"
    yield "dL/dw[2,1] is a sum of N = 64 terms whatever the layer's size; a sample of 100 costs 100 parts of the layer"
    for name, entries in SHOWN.items():
        yield "%-26s%14.3f%14.2f ns each" % (name, mine[name], mine[name] / entries * 1000)
    for name in READ:
        yield "%-26s%14.3f" % (name, mine[name])


def compared(name, own, other, goal):
    ratio = other / own
    wanted = "%d×%s" % (goal, "" if ratio >= goal else " missed") if goal else ""
    return (ROW % (name, "%.3f" % own, "%.3f" % other, "%.3g×" % ratio, wanted)).rstrip()


def most(value, limit, unit):
    return ", at most %g%s%s" % (limit, unit, "" if value <= limit else ": missed")


def times(text):
    return {name: float(time) for name, time in (line.split("\t") for line in text.splitlines()[1:])}
