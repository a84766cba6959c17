"""The native library that multiplies large matrices, OpenBLAS: fetched with Maven, for this machine's platform only.

Nobody needs it: where it is not to be had, Java does the work, and the set-up says so and goes on.
"""
import os
import platform
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from console import run, say, shown, write

VERSION = "0.3.31-1.5.13"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy"
PLATFORMS = {("linux", "x86_64"): "linux-x86_64", ("linux", "aarch64"): "linux-arm64",
             ("darwin", "x86_64"): "macosx-x86_64", ("darwin", "arm64"): "macosx-arm64",
             ("win32", "AMD64"): "windows-x86_64"}
PROPERTY = "dev.ludovic.netlib.blas.nativeLibPath"
THREADS = "OPENBLAS_NUM_THREADS"
WITHOUT = "native library: none, Java multiplies (%s)"


def up_to_date(folder, root, jdk, log):
    """The library's file in `folder`, fetched if it is not there yet; None, with a word why, where it cannot be had."""
    here = PLATFORMS.get((sys.platform, platform.machine()))
    if not here:
        return say(WITHOUT % ("there is none for %s %s" % (sys.platform, platform.machine())))
    note = folder / "version"  # written last: when it is there, all is there
    if not (note.is_file() and note.read_text(encoding="utf-8") == "%s %s" % (VERSION, here) and _in(folder)):
        mvn = shutil.which("mvn")
        if not mvn:
            return say(WITHOUT % "Maven fetches it, and there is no mvn on PATH")
        with tempfile.TemporaryDirectory() as downloads:
            command = [mvn, "-q", "-B", "-N", "-Dstyle.color=never", PLUGIN, "-DoutputDirectory=" + downloads,
                       "-Dartifact=org.bytedeco:openblas:%s:jar:%s" % (VERSION, here)]
            options = {"cwd": root, "env": dict(os.environ, JAVA_HOME=str(jdk.home))}
            if not run(command + ["-o"], log, **options) and not run(command + ["-U"], log, **options):
                return say(WITHOUT % ("Maven could not fetch it: see %s; --no-native leaves it out" % shown(log)))
            try:
                for jar in Path(downloads).glob("*.jar"):
                    unpack(jar, here, folder)
            except zipfile.BadZipFile:
                return say(WITHOUT % "what Maven fetched is damaged: remove org/bytedeco/openblas from its repository")
        if not _in(folder):
            return say(WITHOUT % "what Maven fetched holds none")
        write(note, "%s %s" % (VERSION, here))
        say("native library: OpenBLAS %s in %s" % (VERSION.partition("-")[0], shown(folder)))
    return _in(folder)


def _in(folder):
    return next(folder.glob("libopenblas.*"), None)


def unpack(jar, here, folder):
    """OpenBLAS and the libraries that it needs, without the wrappers for another way to call it."""
    with zipfile.ZipFile(jar) as archive:
        for name in archive.namelist():
            library = re.fullmatch(r"org/bytedeco/openblas/%s/(lib(?!jni)[^/]+)" % here, name)
            if library:
                write(folder / library.group(1), archive.read(name))


def options(library):
    """What tells Java of it."""
    return ["-D%s=%s" % (PROPERTY, library)] if library else []
