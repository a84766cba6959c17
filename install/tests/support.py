"""What the tests share: a checkout in a temporary folder (its path has blanks, a letter beyond ASCII, ', % and &) with fake
JDKs and a fake Maven, in which the program is run as a person runs it. No network, no JVM.
"""
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

INSTALL = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(INSTALL))
sys.dont_write_bytecode = True

EXE = ".exe" if os.name == "nt" else ""
POM = '<project xmlns="http://maven.apache.org/POM/4.0.0"><version>0.1.0</version></project>'
IMPORTS = "import org.jacobean.matrix.*;\n"
FAKE_MAVEN = """#!%s
import os, pathlib, sys, zipfile
with open("maven.log", "a") as log:
    log.write(" ".join(sys.argv[1:]) + " with " + os.environ["JAVA_HOME"] + "\\n")
trouble = pathlib.Path("trouble")
if trouble.exists():
    print(trouble.read_text())
    sys.exit(1)
target = pathlib.Path("kernel-ext/target")
target.mkdir(exist_ok=True)
with zipfile.ZipFile(target / "jacobean-kernel-ext-0.1.0-all.jar", "w") as jar:
    jar.writestr("org/jacobean/imports.jsh", %r)
""" % (sys.executable, IMPORTS)


class Checkout(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.top = Path(tempfile.mkdtemp(prefix="jacobean é & 's 100% ")).resolve()
        self.addCleanup(shutil.rmtree, self.top)
        self.root = self.top / "checkout"
        shutil.copytree(INSTALL, self.root / "install", ignore=shutil.ignore_patterns("tests", "__pycache__"))
        self.file("checkout/LICENSE", "")
        self.file("checkout/pom.xml", POM)
        self.file("checkout/kernel-ext/pom.xml", "<project/>")
        self.file("checkout/kernel-ext/src/main/java/A.java", "class A {}")
        self.bin = self.top / "bin"
        self.bin.mkdir()

    def file(self, name, text=""):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def script(self, name, text):
        path = self.file(name, text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def jdk(self, name, version, tools=("java", "jshell")):
        """A folder that looks like a JDK."""
        for tool in tools:
            self.script("%s/bin/%s%s" % (name, tool, EXE), "")
        self.file(name + "/release", 'IMPLEMENTOR="Fake"\nJAVA_VERSION="%s"\n' % version)
        return self.top / name

    def listing(self):
        return sorted(path.relative_to(self.top).as_posix() for path in self.top.rglob("*"))

    def jar(self, name="some-all.jar"):
        path = self.top / name
        with zipfile.ZipFile(path, "w") as jar:
            jar.writestr("org/jacobean/imports.jsh", IMPORTS)
        return path

    def run_install(self, *arguments, **environ):
        """What the program says, as (exit code, standard output, standard error), T being the temporary folder."""
        keep = {key: value for key, value in os.environ.items()
                if key.upper() in ("SYSTEMROOT", "TEMP", "TMP", "LANG", "PATHEXT")}
        environ = dict(keep, PATH=str(self.bin), HOME=str(self.top / "home"), PYTHONUTF8="1", **environ)
        done = subprocess.run([sys.executable, "install", *map(str, arguments)], cwd=self.root, env=environ,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = (text.decode("utf-8").replace("\r\n", "\n").replace(str(self.top), "T").replace("\\", "/")
                    for text in (done.stdout, done.stderr))
        return done.returncode, out, err
