"""Sets Jacobean up, and runs it: `python3 install --help` tells how.

    python3 install lab        set up, then open JupyterLab on the first lesson

Standard library only. Read `cli` first: it has one function for each command. Then, in the order of the work,
`jdk` finds Java, `library` builds the jar, `environment` makes `.venv`, `openblas` fetches the native library,
`kernelspec` tells Jupyter of the kernel.
"""
import os
import shutil
import sys

if sys.version_info < (3, 9):  # before the imports: an older Python cannot even parse them
    sys.exit("Jacobean's set-up needs Python 3.9 or newer; this is %d.%d.%d. Run it with a newer one, for example: "
             "python3.12 install lab" % sys.version_info[:3])

sys.dont_write_bytecode = True  # leaves no __pycache__ behind; this file's own was written before it runs
shutil.rmtree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "__pycache__"), ignore_errors=True)

from cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
