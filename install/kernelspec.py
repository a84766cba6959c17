"""The kernelspec `jacobean`: the folder that tells Jupyter how to start JJava with Jacobean in it.

It holds its own copies of both jars, so that it works on when the checkout is cleaned or gone. kernel.json is written
last: when it is there, all is there. Its `metadata.jacobean` notes what the copies are.
"""
import json
import os
import sys
from pathlib import Path

from console import remove, write
from library import Library
from openblas import THREADS, options

NAME, DISPLAY_NAME = "jacobean", "Java (Jacobean)"


MAIN = "org.dflib.jjava.distro.JJava"


def kernel_json(jdk, jars, archive, jvm_options, native, note):
    """What kernel.json says. JJava's own launcher is passed over: it would start whatever `java` is on PATH.

    Jacobean stands on Java's own class path, and not in JJAVA_CLASSPATH, for only what does can come from an archive.
    """
    return {
        "argv": [str(jdk.java), "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", *jdk.quiet,
                 "-Dfile.encoding=UTF-8", *(jdk.sharing(archive) if archive else []), *options(native), *jvm_options,
                 "-cp", os.pathsep.join(map(str, jars)), MAIN, "{connection_file}"],
        "display_name": DISPLAY_NAME,
        "language": "java",
        "interrupt_mode": "message",
        "env": {THREADS: str(note["threads"])},
        "metadata": {"jacobean": dict(note, jvm_options=list(jvm_options))},
    }


class KernelSpec:
    def __init__(self, kernels):
        self.folder = Path(os.path.abspath(kernels)) / NAME
        self.jar = self.folder / "jacobean.jar"
        self.jjava = self.folder / "jjava.jar"
        self.archive = self.folder / "jacobean.jsa"
        self._json = self.folder / "kernel.json"

    def note(self):
        """What we noted when we wrote this kernelspec; empty when there is none of ours."""
        try:
            return json.loads(self._json.read_text(encoding="utf-8"))["metadata"]["jacobean"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    @property
    def is_ours(self):
        """Whether we wrote it; also when we were stopped before kernel.json."""
        return bool(self.note()) or self.folder.is_dir() and not self._json.exists()

    def remove(self):
        remove(self.folder, self._json)

    def library(self):
        return Library(self.jar, self.note().get("library"))

    def install(self, jdk, library, jjava_version, read_jjava, jvm_options=None, native=None, threads=None,
                make_archive=lambda option: False):
        """Writes what is missing or differs. Options given earlier stay until others are given. True when it wrote.

        `make_archive` runs the kernel with a JVM option more, which makes it write the classes that it loaded to a file;
        from there they are loaded quicker. Where that fails the kernel starts without.
        """
        note = self.note()
        if jvm_options is None:
            jvm_options = note.get("jvm_options", [])
        new_note = {"jjava": jjava_version, "library": library.stamp,
                    "threads": threads or note.get("threads", 1)}
        def text(archive):
            content = kernel_json(jdk, [self.jjava, self.jar], archive, jvm_options, native, new_note)
            return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        has_jjava = self.jjava.is_file() and note.get("jjava") == jjava_version
        has_jar = self.jar.is_file() and note.get("library") == library.stamp
        fit = [text(None)] + ([text(self.archive)] if self.archive.is_file() else [])
        stopped = list(self.folder.glob(".%s.*" % self.archive.name))  # the draft of an archive that was not finished
        if has_jjava and has_jar and not stopped and self._json.read_text(encoding="utf-8") in fit:
            return False
        if not has_jjava:
            write(self.jjava, read_jjava())
        if not has_jar:
            write(self.jar, library.jar.read_bytes())
        for path in stopped:
            path.unlink()
        draft = self.archive.with_name(".%s.%d" % (self.archive.name, os.getpid()))
        draft.touch()  # stays when we are stopped from here on
        write(self._json, text(None))
        if make_archive("-XX:ArchiveClassesAtExit=%s" % draft) and draft.is_file() and draft.stat().st_size:
            draft.chmod(0o644)
            os.replace(draft, self.archive)
            write(self._json, text(self.archive))
        draft.unlink(missing_ok=True)
        return True


def user_kernels():
    """Where Jupyter looks for a person's own kernels."""
    home = Path.home()
    if os.environ.get("JUPYTER_DATA_DIR"):
        data = Path(os.environ["JUPYTER_DATA_DIR"])
    elif sys.platform == "darwin":
        data = home / "Library" / "Jupyter"
    elif os.name == "nt":
        data = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / "jupyter"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "jupyter"
    return data / "kernels"


def prefix_kernels(prefix):
    return Path(prefix) / "share" / "jupyter" / "kernels"
