"""Which JDK is chosen, and what is said when none is fit."""
import os
import unittest
from unittest import mock

from support import Checkout

import jdk
from console import Failure

REMEDY = " Install one (Temurin, or your package manager's openjdk-17-jdk) or name it: python3 install --jdk PATH"


class JdkTest(Checkout):
    def find(self, named=None, java_home=None, path=None, usual=()):
        environ = {"PATH": str(path / "bin") if path else "", "JAVA_HOME": str(java_home) if java_home else ""}
        folders = {jdk.sys.platform: [str(folder) for folder in usual]}
        with mock.patch.dict(os.environ, environ), mock.patch.object(jdk, "USUAL_FOLDERS", folders):
            found, remark = jdk.find(named)
        return found.home, found.version + remark.replace(str(self.top), "T").replace("\\", "/")

    def failure(self, **places):
        with self.assertRaises(Failure) as caught:
            self.find(**places)
        return str(caught.exception).replace(str(self.top), "T").replace("\\", "/")

    def test_order(self):
        a, b, c = self.jdk("a", "17.0.15"), self.jdk("b", "21"), self.jdk("c", "25.0.3")
        d = self.jdk("usual/d", "18.0.1")
        e = self.jdk("usual/e", "24")
        usual = [self.top / "usual" / "*"]
        self.assertEqual((a, "17.0.15"), self.find(named=str(a), java_home=b, path=c, usual=usual))
        self.assertEqual((b, "21"), self.find(java_home=b, path=c, usual=usual))
        self.assertEqual((c, "25.0.3"), self.find(path=c, usual=usual))
        self.assertEqual((e, "24"), self.find(usual=usual))
        self.assertTrue(d.is_dir())

    def test_newest_other(self):
        a, b, c = self.jdk("usual/a", "17.0.15"), self.jdk("usual/b", "25.0.3"), self.jdk("usual/c", "21")
        self.jdk("usual/same", "25")
        self.jdk("usual/jre", "26", tools=["java"])

        def other(home, folder):
            with mock.patch.object(jdk, "USUAL_FOLDERS", {jdk.sys.platform: [str(self.top / folder)]}):
                found = jdk.newest_other(jdk.at(home))
                return found and found.home
        self.assertEqual(b, other(a, "usual/*"))
        self.assertEqual(c, other(b, "usual/*"))
        self.assertEqual(None, other(a, "usual/a*"))

    def test_passes_over_an_unfit_java_home(self):
        old, jre, good = self.jdk("old", "11.0.2"), self.jdk("jre", "17", tools=["java"]), self.jdk("good", "17")
        self.assertEqual((good, "17 (JAVA_HOME is not fit: 11.0.2 at T/old)"), self.find(java_home=old, path=good))
        self.assertEqual((good, "17 (JAVA_HOME is not fit: 17 at T/jre (a JRE, without the JDK's tools))"),
                         self.find(java_home=jre, path=good))
        self.assertEqual((good, "17 (JAVA_HOME is not fit: T/gone, where there is no Java)"),
                         self.find(java_home=self.top / "gone", path=good))

    def test_none_is_fit(self):
        old, older = self.jdk("old", "11.0.2"), self.jdk("older", "1.8.0_392")
        needs = "Jacobean needs a JDK 17 or newer; "
        self.assertEqual(needs + "found none." + REMEDY, self.failure())
        self.assertEqual(needs + "found 11.0.2 at T/old." + REMEDY, self.failure(java_home=old, path=old))
        self.assertEqual(needs + "found 11.0.2 at T/old, 1.8.0_392 at T/older." + REMEDY,
                         self.failure(java_home=old, path=older))

    def test_the_named_one_is_unfit(self):
        good, old = self.jdk("good", "17"), self.jdk("old", "11.0.2")
        needs = "Jacobean needs a JDK 17 or newer; "
        self.assertEqual(needs + "--jdk names 11.0.2 at T/old." + REMEDY, self.failure(named=str(old), path=good))
        self.assertEqual(needs + "--jdk names T/gone, where there is no Java." + REMEDY,
                         self.failure(named=str(self.top / "gone"), path=good))

    def test_versions(self):
        for version, feature in (("17", 17), ("17.0.15", 17), ("25-ea", 25), ("1.8.0_392", 8)):
            self.assertEqual(feature, jdk.Jdk(self.top, version).feature)

    def test_macos_bundle(self):
        home = self.jdk("temurin-17.jdk/Contents/Home", "17.0.1")
        self.assertEqual(home, jdk.at(self.top / "temurin-17.jdk").home)

    @unittest.skipIf(os.name == "nt", "uses a shell script")
    def test_follows_a_link_and_asks_a_script(self):
        good = self.jdk("good", "17.0.15")
        (self.top / "link" / "bin").mkdir(parents=True)
        (self.top / "link" / "bin" / "java").symlink_to(good / "bin" / "java")
        self.assertEqual((good, "17.0.15"), self.find(path=self.top / "link"))
        self.script("shim/bin/java", '#!/bin/sh\necho "    java.class.path = " >&2\necho "    java.home = %s" >&2\n'
                    'echo "    java.version = 17.0.15" >&2\n' % good)
        self.assertEqual((good, "17.0.15"), self.find(path=self.top / "shim"))

    @unittest.skipIf(os.name == "nt", "uses a shell script")
    def test_without_a_release_file_asks_java(self):
        self.script("bare/bin/java", '#!/bin/sh\necho "    java.version = 21.0.1" >&2\n')
        self.script("bare/bin/jshell", "")
        self.assertEqual("21.0.1", jdk.at(self.top / "bare").version)


if __name__ == "__main__":
    unittest.main()
