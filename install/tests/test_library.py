"""When Maven runs, and what is said when it cannot."""
import os
import unittest

from support import FAKE_MAVEN, IMPORTS, Checkout

import library


@unittest.skipIf(os.name == "nt", "the fake Maven and jshell are scripts")
class LibraryTest(Checkout):
    def setUp(self):
        super().setUp()
        self.home = self.jdk("jdk", "17.0.15")
        self.script("jdk/bin/jshell", '#!/bin/sh\nprintf "%s\\n" "$@"\n')
        self.script("bin/mvn", FAKE_MAVEN)

    def jshell(self, *arguments):
        return self.run_install("jshell", "--no-native", *arguments, JAVA_HOME=str(self.home))

    def builds(self):
        log = self.root / "maven.log"
        lines = log.read_text(encoding="utf-8").replace(str(self.top), "T").splitlines() if log.exists() else []
        return lines

    def test_builds_only_when_the_sources_changed(self):
        self.assertEqual(0, self.jshell()[0])
        self.assertEqual(["-q -B -Dstyle.color=never -Dmaven.test.skip=true package -o with T/jdk"], self.builds())
        self.assertEqual((0, "JDK 17.0.15 at T/jdk\nlibrary: ready\n"), self.jshell()[::2])
        self.assertEqual(1, len(self.builds()))
        changes = ["kernel-ext/src/main/java/A.java", "kernel-ext/src/main/resources/new.txt", "kernel-ext/pom.xml"]
        for count, change in enumerate(changes, 2):
            self.file("checkout/" + change, "<other/>")
            self.jshell()
            self.assertEqual(count, len(self.builds()), change)
        self.file("checkout/kernel-ext/src/test/java/ATest.java", "class ATest {}")
        self.jshell()
        self.assertEqual(4, len(self.builds()))
        os.utime(library.built_jar(self.root), ns=(1, 1))  # somebody has built the same one
        self.jshell()
        self.assertEqual(4, len(self.builds()))
        library.built_jar(self.root).write_bytes(b"another")
        self.jshell()
        self.assertEqual(5, len(self.builds()))

    def test_jshell_gets_the_jar_the_imports_and_all_other_arguments(self):
        code, out, err = self.jshell("one.jsh", "-R-Xmx4g", "--feedback", "concise")
        self.assertEqual((0, "--class-path\nT/checkout/kernel-ext/target/jacobean-kernel-ext-0.1.0-all.jar\n"
                             "--startup\nDEFAULT\n--startup\nT/checkout/kernel-ext/target/imports.jsh\n"
                             "-R-Dslf4j.internal.verbosity=ERROR\none.jsh\n-R-Xmx4g\n--feedback\nconcise\n"), (code, out))
        self.assertRegex(err, r"^JDK 17.0.15 at T/jdk\nlibrary: building \.\.\.\nlibrary: built \(\d+ s\)\n$")
        self.assertEqual(IMPORTS, (self.root / "kernel-ext/target/imports.jsh").read_text(encoding="utf-8"))

    def test_newer_jdks_are_told_what_is_allowed(self):
        self.jdk("jdk25", "25.0.3", tools=["java"])
        self.script("jdk25/bin/jshell", '#!/bin/sh\nprintf "%s\\n" "$@"\n')
        out = self.run_install("jshell", "--no-native", "--jdk", self.top / "jdk25", "--jar", self.jar())[1]
        self.assertEqual(["-R--enable-native-access=ALL-UNNAMED", "-R--sun-misc-unsafe-memory-access=allow",
                          "-R-Dslf4j.internal.verbosity=ERROR"], out.splitlines()[-3:])

    def test_goes_online_only_when_something_is_not_downloaded(self):
        self.file("checkout/trouble", "COMPILATION ERROR")
        self.assertEqual((1, "", "JDK 17.0.15 at T/jdk\nlibrary: building ...\n    COMPILATION ERROR\n"
                                 "Maven could not build the library: see .jacobean-install.log.\n"), self.jshell())
        self.assertEqual(1, len(self.builds()))
        self.file("checkout/trouble", "Cannot access central in offline mode")
        self.assertEqual((1, "", "JDK 17.0.15 at T/jdk\nlibrary: building ...\n"
                                 "Maven could not build the library: see .jacobean-install.log.\n"
                                 "It could not download: connect and run this again, or name a jar that is built "
                                 "already: python3 install --jar PATH\n"),
                         self.jshell())
        self.assertEqual("-q -B -Dstyle.color=never -Dmaven.test.skip=true package -U with T/jdk", self.builds()[-1])

    def test_what_a_stopped_compiler_left_is_not_taken_for_whole(self):
        half = self.file("checkout/kernel-ext/target/classes/A.class")
        self.file("checkout/trouble", "COMPILATION ERROR")
        self.jshell()
        self.assertFalse(half.exists())

    def test_no_maven(self):
        (self.bin / "mvn").unlink()
        self.assertEqual((1, "", "JDK 17.0.15 at T/jdk\nBuilding the library needs Maven, and there is no mvn on PATH. "
                                 "Install it (apt install maven, brew install maven, choco install maven) or name a "
                                 "jar that is built already: python3 install --jar PATH\n"), self.jshell())

    def test_a_named_jar_that_will_not_do(self):
        jar = self.file("checkout/thin.jar", "no zip")
        self.assertEqual("JDK 17.0.15 at T/jdk\nthin.jar is not Jacobean's jar: it has no org/jacobean/imports.jsh. "
                         "Name the one that ends with -all.jar.\n", self.jshell("--jar", jar)[2])
        self.assertEqual("JDK 17.0.15 at T/jdk\nThere is no jar gone.jar: build it (mvn package), or leave --jar out "
                         "and it is built for you.\n", self.jshell("--jar", "gone.jar")[2])
        self.assertEqual([], self.builds())


if __name__ == "__main__":
    unittest.main()
