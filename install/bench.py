"""The benchmarks, beside the same work in PyTorch: `python3 install bench`."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import Failure, run, say, shown, write

PYTORCH = "2.13.0"
GOALS = {"1,3,2": 20, "1,784,50": 1, "64,784,50": 1, "256,784,256": 1, "512,1024,1024": 1, "1,4096,4096": 1}
ROW = "%-16s%14s%14s%10s%13s"


def make(environment, log):
    """PyTorch's environment. The build for CPUs where pip finds one: the other is ten times as large."""
    stamp = "PyTorch " + PYTORCH
    if environment.is_ours and environment.marker.read_text(encoding="utf-8") == stamp:
        return say("environment %s: ready" % shown(environment.folder))
    say("environment %s: installing PyTorch (minutes) ..." % shown(environment.folder))
    write(environment.marker, "unfinished")
    pip = [environment.python, "-m", "pip", "install", "--disable-pip-version-check"]
    if not (run([sys.executable, "-m", "venv", environment.folder], log)
            and any(run(pip + ["torch==" + build], log) for build in (PYTORCH + "+cpu", PYTORCH))):
        raise Failure("pip could not install PyTorch: see %s." % shown(log), log)
    write(environment.marker, stamp)


def compare(root, jdk, environment, threads, log):
    """Runs JMH between two runs of PyTorch and prints the ratios. Of either, the quicker run of two counts."""
    mvn = shutil.which("mvn")
    if not mvn:
        raise Failure("The benchmarks need Maven, and there is no mvn on PATH.")
    say("PyTorch, JMH, PyTorch again: some minutes ...")
    first = pytorch(environment, threads, log)
    if not run([mvn, "-B", "-Dstyle.color=never", "-Pbench", "-Dbench.threads=%d" % threads, "verify"], log, cwd=root,
               env=dict(os.environ, JAVA_HOME=str(jdk.home))):
        raise Failure("Maven could not run the benchmarks: see %s." % shown(log), log)
    ours = (root / "kernel-ext" / "target" / "bench.tsv").read_text(encoding="utf-8")
    say("\n".join(report(ours, first, pytorch(environment, threads, log))))


def pytorch(environment, threads, log):
    """What pytorch.py prints."""
    with open(log, "a", encoding="utf-8") as errors:
        done = subprocess.run([str(environment.python), "-B", str(Path(__file__).with_name("pytorch.py")), str(threads),
                               *GOALS], stdout=subprocess.PIPE, stderr=errors)
    if done.returncode != 0:
        raise Failure("PyTorch could not run the benchmarks: see %s." % shown(log), log)
    return done.stdout.decode("utf-8")


def report(ours, *theirs):
    """The lines to print. Each text begins with what it ran on, then has a line for each shape: its name and µs."""
    mine, others = times(ours), [times(text) for text in theirs]
    yield "Jacobean: " + ours.splitlines()[0]
    yield "PyTorch:  " + theirs[0].splitlines()[0]
    yield "one linear layer forward + backward, float64; median µs"
    yield ROW % ("N,n,m", "Jacobean", "PyTorch", "ratio", "must reach")
    for shape, goal in GOALS.items():
        best = min(other[shape] for other in others)
        ratio = best / mine[shape]
        yield ROW % (shape, "%.3f" % mine[shape], "%.3f" % best, "%.3g×" % ratio,
                     "%d×%s" % (goal, "" if ratio >= goal else " missed"))


def times(text):
    return {shape: float(time) for shape, time in (line.split("\t") for line in text.splitlines()[1:])}
