"""Finds a JDK that can run Jacobean: 17 or newer, with its tools (`jshell`).

Looked at in this order: --jdk, JAVA_HOME, `java` on PATH, the folders where the platform usually keeps JDKs (newest
first). The first fit one is used.
"""
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from console import Failure

OLDEST = 17
NEEDED = "Jacobean needs a JDK %d or newer; " % OLDEST
REMEDY = (" Install one (Temurin, or your package manager's openjdk-%d-jdk) or name it: python3 install --jdk PATH"
          % OLDEST)
EXE = ".exe" if os.name == "nt" else ""
USUAL_FOLDERS = {
    "linux": ["/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/opt/jdk*", "~/.sdkman/candidates/java/*",
              "~/.jdks/*"],
    "darwin": ["/Library/Java/JavaVirtualMachines/*", "~/Library/Java/JavaVirtualMachines/*",
               "/opt/homebrew/opt/openjdk*", "/usr/local/opt/openjdk*", "~/.sdkman/candidates/java/*"],
    "win32": ["C:/Program Files/%s/*" % vendor for vendor in
              ("Eclipse Adoptium", "Java", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft")] + ["~/.jdks/*"],
}


@dataclass(frozen=True)
class Jdk:
    home: Path
    version: str

    @property
    def feature(self):
        """17 for version 17.0.15; 8 for version 1.8.0_392."""
        return int(re.match(r"(?:1\.)?(\d+)", self.version).group(1))

    @property
    def java(self):
        return self.home / "bin" / ("java" + EXE)

    @property
    def jshell(self):
        return self.home / "bin" / ("jshell" + EXE)

    @property
    def is_fit(self):
        return self.feature >= OLDEST and self.jshell.exists()

    @property
    def quiet(self):
        """Options without which this JDK warns of what our dependencies do: native code, and Unsafe."""
        return ((["--enable-native-access=ALL-UNNAMED"] if self.feature >= 22 else [])
                + (["--sun-misc-unsafe-memory-access=allow"] if self.feature >= 24 else []))

    def sharing(self, archive):
        """Options that load classes from an archive. One that does not fit, or is gone, is passed over without a word."""
        return (["-XX:SharedArchiveFile=%s" % archive, "-Xshare:auto", "-Xlog:cds*=off"]
                + (["-Xlog:aot*=off"] if self.feature >= 24 else []))

    def __str__(self):
        missing_tools = self.feature >= OLDEST and not self.jshell.exists()
        return "%s at %s%s" % (self.version, self.home, " (a JRE, without the JDK's tools)" if missing_tools else "")


def find(named=None):
    """The JDK to use, and a remark for the person, empty unless JAVA_HOME had to be passed over."""
    if named:
        jdk = at(_folder(named))
        if jdk is None or not jdk.is_fit:
            raise Failure(NEEDED + "--jdk names %s." % _told(named) + REMEDY)
        return jdk, ""
    unfit = []
    for place in (_java_home, _on_path, _in_usual_folders):
        for jdk in place():
            if jdk.is_fit:
                passed_over = os.environ.get("JAVA_HOME") if place is not _java_home else None
                return jdk, " (JAVA_HOME is not fit: %s)" % _told(passed_over) if passed_over else ""
            unfit.append(jdk)
    found = ", ".join(dict.fromkeys(map(str, unfit)))
    raise Failure(NEEDED + "found %s." % (found or "none") + REMEDY)


def newest_other(than):
    """The newest fit JDK of another release in the folders where the platform usually keeps them, or None."""
    return next((jdk for jdk in _in_usual_folders() if jdk.is_fit and jdk.feature != than.feature), None)


def at(home):
    """The JDK (or JRE) in a folder, or None when there is none."""
    java = home / "bin" / ("java" + EXE)
    if not java.exists() and (home / "Contents" / "Home").is_dir():
        return at(home / "Contents" / "Home")  # macOS: the bundle around it was named
    if not java.exists() and (home / "libexec" / "openjdk.jdk").is_dir():
        return at(home / "libexec" / "openjdk.jdk")  # Homebrew
    release = home / "release"
    if java.exists() and release.is_file():
        version = re.search(r'^JAVA_VERSION="(\d[^"]*)"', release.read_text(encoding="utf-8", errors="replace"), re.M)
        if version:
            return Jdk(home, version.group(1))
    settings = _settings(java)
    return Jdk(home, settings["java.version"]) if settings else None


def _folder(name):
    return Path(os.path.abspath(os.path.expanduser(name)))


def _told(name):
    return str(at(_folder(name)) or "%s, where there is no Java" % name)


def _java_home():
    jdk = at(_folder(os.environ["JAVA_HOME"])) if os.environ.get("JAVA_HOME") else None
    return [jdk] if jdk else []


def _on_path():
    """The home behind `java`, which may be a link into a JDK or somebody's script that starts one."""
    java = shutil.which("java")
    if not java:
        return []
    home = Path(java).resolve().parent.parent
    if not (home / "release").is_file():
        home = Path(_settings(java).get("java.home", home))
    jdk = at(home)
    return [jdk] if jdk else []


def _in_usual_folders():
    found = []
    for pattern in USUAL_FOLDERS.get(sys.platform, []):
        base, _, rest = os.path.expanduser(pattern).partition("*")
        folder, start = os.path.split(base)
        if Path(folder).is_dir():
            found += [at(home) for home in sorted(Path(folder).glob(start + "*" + rest))]
    return sorted(filter(None, found), key=lambda jdk: -jdk.feature)


def _settings(java):
    """The system properties that a `java` reports of itself; empty when it does not run."""
    try:
        done = subprocess.run([str(java), "-XshowSettings:properties", "-version"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    pairs = (line.partition(" = ") for line in lines)
    settings = {name.strip(): value.strip() for name, _, value in pairs}
    return settings if re.match(r"\d", settings.get("java.version", "")) else {}
