"""The native library: what is fetched and kept, and what is said when it cannot be had."""
import io
import os
import sys
import unittest
from contextlib import redirect_stdout
from unittest import mock

from support import Checkout

import openblas
from jdk import Jdk

FAKE_MAVEN = """#!%s
import sys, zipfile
with open("maven.log", "a") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
if "-o" in sys.argv and "online" in sys.argv[0] or "broken" in sys.argv[0]:
    sys.exit(1)
folder, = (argument.split("=", 1)[1] for argument in sys.argv if argument.startswith("-DoutputDirectory="))
with zipfile.ZipFile(folder + "/openblas.jar", "w") as jar:
    if "nothing" in sys.argv[0]:
        sys.exit()
    for name in ("libopenblas.so.0", "libgfortran.so.5", "libjniopenblas.so", "lib/", "lib/cmake/", "include/libnot.h"):
        jar.writestr("org/bytedeco/openblas/linux-x86_64/" + name, name)
""" % sys.executable


@unittest.skipIf(os.name == "nt", "the fake Maven is a script")
class OpenBlasTest(Checkout):
    def up_to_date(self, mvn, platform="linux", machine="x86_64"):
        """The file, and what was said, T being the temporary folder."""
        said = io.StringIO()
        with mock.patch.object(openblas.sys, "platform", platform), mock.patch.object(
                openblas.platform, "machine", lambda: machine), mock.patch.object(
                openblas.shutil, "which", lambda name: mvn and str(mvn)), redirect_stdout(said):
            file = openblas.up_to_date(self.root / "native", self.root, Jdk(self.top, "17"), self.root / "log")
        return file, said.getvalue().replace(str(self.top), "T")

    def commands(self):
        return (self.root / "maven.log").read_text(encoding="utf-8").splitlines()

    def test_fetched_once_without_the_wrappers(self):
        mvn = self.script("bin/mvn", FAKE_MAVEN)
        native = self.root / "native"
        self.assertEqual((native / "libopenblas.so.0", "native library: OpenBLAS 0.3.31 in T/checkout/native\n"),
                         self.up_to_date(mvn))
        self.assertEqual(["libgfortran.so.5", "libopenblas.so.0", "version"], sorted(os.listdir(native)))
        self.assertEqual((native / "libopenblas.so.0", ""), self.up_to_date(mvn))
        self.assertEqual(1, len(self.commands()))
        self.assertRegex(self.commands()[0], r" org\.apache\.maven\.plugins:maven-dependency-plugin:3\.9\.0:copy "
                         r"-DoutputDirectory=\S.* "
                         r"-Dartifact=org\.bytedeco:openblas:0\.3\.31-1\.5\.13:jar:linux-x86_64 -o$")
        with mock.patch.object(openblas, "VERSION", "0.3.32-1.5.14"):
            self.up_to_date(mvn)
        self.assertEqual(2, len(self.commands()))

    def test_goes_online_only_for_what_is_not_downloaded(self):
        self.assertIsNotNone(self.up_to_date(self.script("bin/online-mvn", FAKE_MAVEN))[0])
        self.assertEqual([True, False], [command.endswith(" -o") for command in self.commands()])

    def test_goes_on_without(self):
        none = "native library: none, Java multiplies (%s)\n"
        self.assertEqual((None, none % "there is none for linux s390x"), self.up_to_date(None, machine="s390x"))
        self.assertEqual((None, none % "there is none for sunos5 x86_64"), self.up_to_date(None, platform="sunos5"))
        self.assertEqual((None, none % "Maven fetches it, and there is no mvn on PATH"), self.up_to_date(None))
        self.assertEqual((None, none % "Maven could not fetch it: see T/checkout/log; --no-native leaves it out"),
                         self.up_to_date(self.script("bin/broken-mvn", FAKE_MAVEN)))
        self.assertFalse((self.root / "native").exists())

    def test_half_a_library_is_never_taken_for_a_whole_one(self):
        damaged = self.script("bin/damaged-mvn", FAKE_MAVEN + 'open(folder + "/openblas.jar", "w").write("half")\n')
        none = "native library: none, Java multiplies (%s)\n"
        self.assertEqual((None, none % "what Maven fetched holds none"),
                         self.up_to_date(self.script("bin/nothing-mvn", FAKE_MAVEN)))
        self.assertEqual((None, none % "what Maven fetched is damaged: remove org/bytedeco/openblas from its repository"),
                         self.up_to_date(damaged))
        self.assertFalse((self.root / "native").exists())
        mvn = self.script("bin/mvn", FAKE_MAVEN)
        library = self.up_to_date(mvn)[0]
        library.unlink()
        self.assertEqual(library, self.up_to_date(mvn)[0])
        self.assertTrue(library.is_file())

    def test_jshell_is_told_of_it(self):
        self.jdk("jdk", "17.0.15", tools=["java"])
        self.script("jdk/bin/jshell", '#!/bin/sh\nprintf "%s\\n" "$@" "$OPENBLAS_NUM_THREADS"\n')
        self.file("checkout/kernel-ext/target/native/libopenblas.so.0")
        here = openblas.PLATFORMS.get((sys.platform, openblas.platform.machine()))
        self.file("checkout/kernel-ext/target/native/version", "%s %s" % (openblas.VERSION, here))
        command = ["jshell", "--jdk", self.top / "jdk", "--jar", self.jar()]
        slf4j = "-R-Dslf4j.internal.verbosity=ERROR"
        told = ["-R-Ddev.ludovic.netlib.blas.nativeLibPath=T/checkout/kernel-ext/target/native/libopenblas.so.0"]
        for arguments, environ, threads in (([], {}, "1"), (["--threads", "2"], {}, "2"),
                                            ([], {"OPENBLAS_NUM_THREADS": "4"}, "4")):
            out = self.run_install(*command, *arguments, **environ)[1]
            self.assertEqual((told if here else ["T/checkout/kernel-ext/target/imports.jsh"]) + [slf4j, threads],
                             out.splitlines()[-3:])
        out = self.run_install(*command, "--no-native")[1]
        self.assertNotIn("nativeLibPath", out)


if __name__ == "__main__":
    unittest.main()
