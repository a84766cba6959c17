"""Which programs run from a folder: JupyterLab with its Python, a kernel with its jars. Where that can't be known: none."""
import os
import subprocess
from pathlib import Path

PROCESSES = Path("/proc")


def running_from(folders):
    """The numbers of the processes whose program, or one of whose jars, lies in one of these folders."""
    inside = tuple(str(path) + os.sep for folder in folders for path in {Path(folder), Path(os.path.realpath(folder))})
    return sorted(number for number, arguments in processes() if number != os.getpid()
                  and (arguments[0].startswith(inside)
                       or any(".jar" in each and any(folder in each for folder in inside) for each in arguments)))


def processes():
    """Pairs of a number and arguments, the program first."""
    if PROCESSES.is_dir():
        for folder in PROCESSES.glob("[0-9]*"):
            try:
                arguments = os.fsdecode((folder / "cmdline").read_bytes()).split("\0")
            except OSError:
                continue  # it ended meanwhile, or is somebody else's
            yield int(folder.name), arguments
    elif os.name != "nt":
        try:
            listing = subprocess.run(["ps", "-axww", "-o", "pid=,args="], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError:
            return
        for line in os.fsdecode(listing.stdout).splitlines():
            number, _, arguments = line.strip().partition(" ")
            if number.isdigit():
                yield int(number), [arguments.lstrip()]  # where an argument ends is not told
