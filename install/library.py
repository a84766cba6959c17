"""Jacobean's own jar: built by Maven when its sources have changed, or one that the person names with --jar."""
import hashlib
import os
import shutil
import time
import xml.etree.ElementTree
import zipfile
from pathlib import Path

from console import Failure, failed, last_output, run, say, shown, write

IMPORTS = "org/jacobean/imports.jsh"
OFFLINE = ("It could not download: connect and run this again, or name a jar that is built already: "
           "python3 install --jar PATH")


class Library:
    """A jar that holds everything, and the stamp that says what it was made of."""

    def __init__(self, jar, stamp):
        self.jar, self.stamp = jar, stamp

    def imports(self):
        """The Java imports that a session starts with."""
        return imports_of(self.jar)


def named(path):
    """The jar given by --jar, stamped with its content."""
    jar = Path(path).absolute()
    if not jar.is_file():
        raise Failure("There is no jar %s: build it (mvn package), or leave --jar out and it is built for you." % path)
    imports_of(jar)
    return Library(jar, "jar " + _digest(jar))


def up_to_date(root, jdk, log, copies, workshop):
    """The library as the sources are now. `copies` are those already installed, as Library; one that fits is used.

    It is built in `workshop`: in `root` itself, or in another folder, to which the sources are copied.
    """
    stamp = stamp_of(root)
    for copy in copies:
        if copy.stamp == stamp and copy.jar.is_file():
            say("library: ready")
            return copy
    # The note beside the built jar names its content too: somebody may have built another one, from other sources.
    built = workshop / built_jar(root).relative_to(root)
    note = built.with_suffix(".stamp")
    if built.is_file() and note.is_file() and note.read_text(encoding="utf-8") == stamp + " " + _digest(built):
        say("library: ready")
        return Library(built, stamp)
    # What a compiler that was stopped has left, Maven takes for whole.
    shutil.rmtree(workshop / "kernel-ext" / "target" / "classes", ignore_errors=True)
    if workshop != root:
        shutil.rmtree(workshop / "kernel-ext" / "src", ignore_errors=True)
        for file in sources(root):
            write(workshop / file.relative_to(root), file.read_bytes())
    build(workshop, jdk, log, built)
    write(note, stamp + " " + _digest(built))
    return Library(built, stamp)


def build(root, jdk, log, built):
    mvn = shutil.which("mvn")
    if not mvn:
        raise Failure("Building the library needs Maven, and there is no mvn on PATH. Install it (apt install maven, "
                      "brew install maven, choco install maven) or name a jar that is built already: "
                      "python3 install --jar PATH")
    say("library: building ...")
    start = time.monotonic()
    command = [mvn, "-q", "-B", "-Dstyle.color=never", "-Dmaven.test.skip=true", "package"]
    options = {"cwd": root, "env": dict(os.environ, JAVA_HOME=str(jdk.home))}
    if not run(command + ["-o"], log, **options):
        if "offline" not in last_output(log):  # where it says so, something is not downloaded yet
            raise failed("Maven could not build the library: see %s." % shown(log), log, OFFLINE, root)
        if not run(command + ["-U"], log, **options):  # asks again for what there was not the last time
            raise failed("Maven could not build the library: see %s." % shown(log), log, OFFLINE, root)
    if not built.is_file():
        raise Failure("Maven built no %s: see %s." % (shown(built), shown(log)))
    imports_of(built)
    say("library: built (%d s)" % (time.monotonic() - start))


def built_jar(root):
    pom = xml.etree.ElementTree.parse(root / "pom.xml").getroot()
    version = pom.findtext("{*}version")
    return root / "kernel-ext" / "target" / ("jacobean-kernel-ext-%s-all.jar" % version)


def sources(root):
    """All that the jar is made from."""
    files = [root / "LICENSE", root / "pom.xml", root / "kernel-ext" / "pom.xml"]
    return files + sorted(file for file in (root / "kernel-ext" / "src" / "main").rglob("*") if file.is_file())


def stamp_of(root):
    total = hashlib.sha256()
    for file in sources(root):
        content = file.read_bytes()
        total.update(("%s %d\n" % (file.relative_to(root).as_posix(), len(content))).encode("utf-8"))
        total.update(content)
    return "sources " + total.hexdigest()


def imports_of(jar):
    try:
        with zipfile.ZipFile(jar) as archive:
            return archive.read(IMPORTS).decode("utf-8")
    except (zipfile.BadZipFile, KeyError):
        raise Failure("%s is not Jacobean's jar: it has no %s. Name the one that ends with -all.jar."
                      % (shown(jar), IMPORTS)) from None


def _digest(jar):
    return hashlib.sha256(jar.read_bytes()).hexdigest()
