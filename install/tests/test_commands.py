"""The commands as a person types them, and every sentence they can end with."""
import io
import json
import os
import re
import subprocess
import sys
import unittest
from unittest import mock

from support import INSTALL, Checkout

import cli
import environment
from console import Failure

OFFLINE = (" The first set-up downloads: if the network is down, connect (or set pip's proxy or index) and run this "
           "again.")


class CommandTest(Checkout):
    def setUp(self):
        super().setUp()
        self.common = ["--jdk", self.jdk("jdk", "17.0.15"), "--jar", self.jar(), "--no-native"]

    def ready_environment(self, folder):
        """An environment that looks finished. Its Python is the tests' own."""
        made = environment.Environment(folder)
        (made.kernels / "java").mkdir(parents=True)
        (made.kernels / "java" / "jjava.jar").write_bytes(b"jjava")
        made.python.parent.mkdir(parents=True)
        made.python.symlink_to(sys.executable)
        (made.folder / "jacobean-environment").write_text(made._stamp(), encoding="utf-8")
        return made

    @unittest.skipIf(os.name == "nt", "needs a link to Python")
    def test_a_soak_of_a_few_cells_is_refused(self):
        for cells in ("99", "many", "1.5"):
            with self.assertRaises(SystemExit), mock.patch("sys.stderr", io.StringIO()) as said:
                cli.command_line().parse_args(["soak", "--cells", cells])
            self.assertIn("growth shows from 100 cells on, not in " + cells, said.getvalue())

    def test_set_up_again_and_uninstall(self):
        self.ready_environment(self.root / ".venv")
        kernel = ".venv/share/jupyter/kernels/jacobean"
        self.assertEqual((0, "JDK 17.0.15 at T/jdk\nenvironment .venv: ready\nkernel 'jacobean': written to %s\n"
                          % kernel, ""), self.run_install(*self.common))
        self.assertEqual((0, "JDK 17.0.15 at T/jdk\nenvironment .venv: ready\nkernel 'jacobean': ready in %s\n"
                          % kernel, ""), self.run_install(*self.common))
        self.assertEqual((0, "JDK 17.0.15 at T/jdk\n"
                             "kernel 'jacobean': written to T/p/share/jupyter/kernels/jacobean\n", ""),
                         self.run_install("kernel", "--prefix", self.top / "p", *self.common))
        self.ready_environment(self.top / "other")
        self.run_install("--venv", self.top / "other", *self.common)
        self.assertEqual({"environments": [str(self.top / "other")],
                          "kernels": [str(self.top / "p/share/jupyter/kernels/jacobean")]},
                         json.loads((self.root / ".jacobean-install.json").read_text(encoding="utf-8")))
        self.assertEqual((0, "removed .venv\nremoved T/other\nremoved T/p/share/jupyter/kernels/jacobean\n"
                             "removed .jacobean-install.json\nremoved .jacobean-install.log\n"
                             "kernel-ext/target is Maven's: mvn clean removes it\n", ""),
                         self.run_install("uninstall"))
        self.assertEqual(["install", "kernel-ext", "pom.xml"], sorted(os.listdir(self.root)))
        self.assertEqual((0, "nothing to remove; kernel-ext/target is Maven's: mvn clean removes it\n", ""),
                         self.run_install("uninstall"))

    @unittest.skipIf(os.name == "nt", "needs a link to Python")
    def test_uninstall_of_one_environment_leaves_the_rest(self):
        self.ready_environment(self.root / ".venv")
        self.ready_environment(self.root / "other")
        self.assertEqual("removed other\nkernel-ext/target is Maven's: mvn clean removes it\n",
                         self.run_install("uninstall", "--venv", "other")[1])
        self.assertTrue((self.root / ".venv").is_dir())

    @unittest.skipIf(os.name == "nt", "needs a link to Python")
    def test_the_environment_follows_its_requirements(self):
        made = self.ready_environment(self.root / ".venv")
        self.assertTrue(made.is_ready)
        changed = self.file("requirements.txt", "jjava==1.0a8\n")
        with mock.patch.object(environment, "REQUIREMENTS", changed):
            self.assertFalse(made.is_ready)
        made.python.unlink()
        self.assertFalse(made.is_ready)

    def test_an_environment_of_somebody_else_stays(self):
        mine = self.file("checkout/.venv/mine.txt", "dear")
        sentence = (".venv is there already and is not Jacobean's, so it stays as it is: name another folder, "
                    "python3 install --venv DIR\n")
        self.assertEqual((1, "JDK 17.0.15 at T/jdk\n", sentence), self.run_install(*self.common))
        self.run_install("uninstall")
        self.assertEqual("dear", mine.read_text(encoding="utf-8"))

    def make(self, **patches):
        """The sentence with which the making of an environment ends."""
        patches = {"OLDEST_PYTHON": (3, 9), **patches}
        with mock.patch.multiple(environment, **patches), mock.patch.object(environment, "say"), \
                self.assertRaises(Failure) as caught:
            environment.Environment(self.root / "env").make(self.root / "log")
        return str(caught.exception).replace(str(self.top), "T").replace("\\", "/")

    def test_no_venv_module(self):
        util = mock.Mock(util=mock.Mock(find_spec=lambda name: None if name == "ensurepip" else name))
        self.assertEqual("This Python (%s, %s) has no venv module: install it (Debian and Ubuntu: apt install "
                         "python3-venv) or run the set-up with another Python."
                         % (sys.version.split()[0], sys.executable.replace("\\", "/")), self.make(importlib=util))
        self.assertFalse((self.root / "env").exists())

    def test_python_too_old_for_jupyterlab(self):
        self.assertEqual("JupyterLab needs Python 99.0 or newer; this is %s. Run the set-up with a newer one, for "
                         "example: python3.12 install lab" % sys.version.split()[0], self.make(OLDEST_PYTHON=(99, 0)))

    def test_pip_or_venv_fails(self):
        self.assertEqual("Python could not make the environment T/checkout/env: see T/checkout/log.",
                         self.make(run=lambda command, log: False))
        self.assertEqual("pip could not install JupyterLab and JJava: see T/checkout/log." + OFFLINE,
                         self.make(run=lambda command, log: "venv" in command))
        self.assertTrue(environment.Environment(self.root / "env").is_ours)

    def test_jjava_cannot_be_fetched(self):
        code, out, err = self.run_install("kernel", "--prefix", self.top / "p", *self.common, PIP_NO_INDEX="1",
                                          PIP_CONFIG_FILE=os.devnull)
        self.assertEqual((1, "JDK 17.0.15 at T/jdk\n"), (code, out))
        self.assertEqual("pip could not fetch JJava: see .jacobean-install.log." + OFFLINE, err.splitlines()[-1])
        self.assertFalse((self.top / "p").exists())

    def test_usage(self):
        for arguments in (["bogus"], ["kernel"], ["kernel", "--user", "--sys-prefix"], ["execute"], ["--bogus"],
                          ["uninstall", "extra"], ["--jdk"], ["--threads", "0"], ["--threads", "two"]):
            self.assertEqual((2, ""), self.run_install(*arguments)[:2], arguments)
        for command in ([], ["lab"], ["execute"], ["jshell"], ["kernel"], ["bench"], ["soak"], ["uninstall"]):
            code, out, err = self.run_install(*command, "--help")
            self.assertEqual((0, ""), (code, err))
            self.assertRegex(out, r"\nexample: python3 install %s" % (command[0] if command else "lab"))

    def test_old_pythons_are_told(self):
        program = (INSTALL / "__main__.py").read_text(encoding="utf-8")
        program = program.replace("sys.version_info", "(3, 7, 16)")
        done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((1, "Jacobean's set-up needs Python 3.9 or newer; this is 3.7.16. Run it with a newer one, "
                             "for example: python3.12 install lab"), (done.returncode, done.stderr.decode().strip()))

    def test_requirements_are_pinned(self):
        lines = environment.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
        names = [re.fullmatch(r"(\w+)==[\w.]+", line).group(1) for line in lines if not line.startswith("#")]
        self.assertEqual(["jupyterlab", "jjava", "nbclient"], names)
        self.assertRegex(environment.jjava_version(), r"^\d")


if __name__ == "__main__":
    unittest.main()
