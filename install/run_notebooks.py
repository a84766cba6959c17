"""Runs notebooks against the kernel `jacobean` and writes them so that the same notebook gives the same file.

The environment's Python runs this (`python3 install execute` sees to it), for it has nbclient and nbformat.
The file never holds times or the JDK's version. Nothing is written before all notebooks have run without an error.
"""
import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from console import Failure, say, write
from kernelspec import NAME
from outputs import error_text, stable


def execute(path, timeout):
    """The notebook at `path` as it is after all its cells have run, in the notebook's own folder."""
    notebook = read(path)
    manager = AsyncKernelManager(kernel_name=NAME, kernel_spec_manager=KernelSpecManager(
        kernel_dirs=[os.path.join(sys.prefix, "share", "jupyter", "kernels")]))
    begun = []
    client = NotebookClient(notebook, km=manager, timeout=timeout, record_timing=False,
                            resources={"metadata": {"path": str(path.resolve().parent)}},
                            on_cell_start=lambda cell, cell_index: begun.append((cell_index, cell)))
    with tempfile.TemporaryFile() as log:  # JJava's own log: of interest only when it dies
        try:
            client.execute(cleanup_kc=True, stdout=log, stderr=log)
            return stable(notebook)
        except CellExecutionError as error:
            problem = error_text(begun[-1][1].outputs) or "%s: %s" % (error.ename, error.evalue)
        except CellTimeoutError:
            problem = "The cell took longer than %d s." % timeout
        except (DeadKernelError, RuntimeError) as error:
            log.seek(0)
            problem = "%s\n%s" % (error, log.read().decode("utf-8", "replace")[-2000:])
    if not begun:
        raise Failure("%s: the kernel did not start.\n%s" % (path, problem))
    index, cell = begun[-1]
    raise Failure("%s: cell %d failed; nothing was written.\n\n%s\n\n%s"
                  % (path, index + 1, re.sub("(?m)^", "    ", cell.source), problem))


def read(path):
    """The notebook, format 4, without outputs. Missing cell ids are counted, not drawn at random as nbformat would."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        for number, cell in enumerate(content["cells"], 1):
            if content["nbformat_minor"] >= 5:
                cell.setdefault("id", "cell-%d" % number)
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
                cell["metadata"].pop("execution", None)
        return nbformat.reads(json.dumps(content), as_version=4)
    except OSError as error:
        raise Failure("%s: %s" % (path, error.strerror)) from None
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError):
        raise Failure("%s is not a notebook of format 4." % path) from None


def written(notebook):
    """The file's text: JSON with an indent of 1, sorted keys, letters as they are."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timeout", type=int, required=True)
    parser.add_argument("--to", type=Path)
    parser.add_argument("notebooks", type=Path, nargs="+")
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("JJAVA_")]:
        del os.environ[name]  # nobody's private start-up script takes part,
    os.environ["LC_ALL"] = "C.UTF-8"  # nor their language: it would be in numbers and compiler messages
    executed = []
    for path in options.notebooks:
        start = time.monotonic()
        executed.append(((options.to or path.parent) / path.name, written(execute(path, options.timeout))))
        say("%s: executed (%d s)" % (path, time.monotonic() - start))
    for target, text in executed:
        write(target, text)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
