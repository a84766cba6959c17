"""The commands as a person types them, and every sentence they can end with."""
import contextlib
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

from support import FAKE_MAVEN, INSTALL, Checkout

import cli
import console
import environment
from console import Failure

OFFLINE = "It could not download: connect (or set pip's proxy or index) and run this again, it goes on from there."


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
                          "kernels": [str(self.top / "p/share/jupyter/kernels/jacobean")],
                          "parents": [str(self.top / folder) for folder in (
                              "p/share/jupyter/kernels", "p/share/jupyter", "p/share", "p")]},
                         json.loads((self.root / ".jacobean-install.json").read_text(encoding="utf-8")))
        self.assertEqual((0, "removed .venv\nremoved T/other\nremoved T/p/share/jupyter/kernels/jacobean\n"
                             "removed .jacobean-install.log\nremoved .jacobean-install.json\n"
                             "kernel-ext/target is Maven's: mvn clean removes it\n", ""),
                         self.run_install("uninstall"))
        self.assertEqual(["LICENSE", "install", "kernel-ext", "pom.xml"], sorted(os.listdir(self.root)))
        self.assertEqual((0, "nothing to remove; kernel-ext/target is Maven's: mvn clean removes it\n", ""),
                         self.run_install("uninstall"))

    @unittest.skipIf(os.name == "nt", "needs a link to Python")
    def test_uninstall_leaves_nothing_wherever_the_checkout_went(self):
        self.file("home/.local/own.txt")
        shutil.copytree(self.root, self.top / "moved")
        before = [path for path in self.listing() if not path.startswith("checkout")]
        shutil.rmtree(self.top / "moved")
        self.ready_environment(self.root / ".venv")
        with mock.patch.object(cli, "ROOT", self.root):
            cli.Desk(self.root / ".venv").remember("environments", self.root / "a" / "env")
        self.ready_environment(self.root / "a" / "env")
        for arguments in ([], ["--venv", "a/env"], ["kernel", "--user"], ["kernel", "--prefix", "p/q"]):
            self.assertEqual(0, self.run_install(*arguments, *self.common)[0], arguments)
        self.run_install("kernel", "--prefix", self.top / "stopped", *self.common)
        (self.top / "stopped/share/jupyter/kernels/jacobean/kernel.json").unlink()
        self.root = self.root.rename(self.top / "moved")
        self.assertEqual((0, "removed .venv\nremoved a/env\nremoved T/home/.local/share/jupyter/kernels/jacobean\n"
                             "removed p/q/share/jupyter/kernels/jacobean\n"
                             "removed T/stopped/share/jupyter/kernels/jacobean\n"
                             "removed .jacobean-install.log\nremoved .jacobean-install.json\n"
                             "kernel-ext/target is Maven's: mvn clean removes it\n", ""), self.run_install("uninstall"))
        self.assertEqual(before, self.listing())

    @unittest.skipIf(os.name == "nt", "no processes are known there")
    def test_uninstall_warns_of_what_is_running(self):
        made = self.ready_environment(self.root / ".venv")
        self.run_install("kernel", "--prefix", self.top / "p", *self.common)
        jar = self.top / "p/share/jupyter/kernels/jacobean/jacobean-all.jar"
        sleeps = ["-c", "import sys; print(1, flush=True); sys.stdin.read()"]
        running = []
        for command in ([made.python, *sleeps], [sys.executable, *sleeps, "-cp", "/a.jar:%s" % jar],
                        [sys.executable, *sleeps, made.folder / "notes.txt"], [sys.executable, *sleeps, "/a.jar"]):
            running.append(subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE))
            self.addCleanup(running[-1].communicate)
            running[-1].stdout.readline()
        self.assertEqual((0, "still running from what is removed here: process %d, %d; end JupyterLab and its kernels\n"
                             "removed .venv\nremoved T/p/share/jupyter/kernels/jacobean\n"
                             "removed .jacobean-install.log\nremoved .jacobean-install.json\n"
                             "kernel-ext/target is Maven's: mvn clean removes it\n"
                          % tuple(sorted(each.pid for each in running[:2])), ""), self.run_install("uninstall"))

    @unittest.skipIf(os.name == "nt", "needs a link to Python")
    def test_uninstall_that_was_stopped_goes_on(self):
        made = self.ready_environment(self.root / ".venv")
        files_first = sorted(made.folder.iterdir(), key=Path.is_dir)
        with mock.patch.object(Path, "iterdir", lambda folder: iter(files_first)), \
                mock.patch.object(console.shutil, "rmtree", side_effect=KeyboardInterrupt), \
                self.assertRaises(KeyboardInterrupt):
            made.remove()
        self.assertTrue(made.is_ours)
        self.assertEqual("removed .venv", self.run_install("uninstall")[1].splitlines()[0])
        self.assertFalse(made.folder.exists())

    def main(self, *arguments, read_only=True, find_jdk=cli.find_jdk):
        """What the program says when run here, in a checkout that is read-only, as (exit code, output)."""
        can = os.access

        def access(path, mode):
            return can(path, mode) and not (read_only and self.root in (Path(path), *Path(path).parents))
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        with mock.patch.object(cli, "ROOT", self.root), mock.patch.object(os, "access", access), \
                mock.patch.dict(os.environ, PATH=str(self.bin)), mock.patch.object(cli, "find_jdk", find_jdk), \
                contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.main([str(argument) for argument in arguments])
        said.seek(0)
        return code, re.sub(r"\(\d+ s\)", "(s)", said.read().replace(str(self.top), "T").replace("\\", "/"))

    def test_a_checkout_that_is_read_only(self):
        sentence = ("The checkout T/checkout is read-only, so nothing can be made in it.\n"
                    "Name a folder for the environment elsewhere: python3 install --venv DIR\n")
        for command in ([], ["lab"], ["kernel", "--user"], ["uninstall"]):
            self.assertEqual((1, sentence), self.main(*command, "--venv", self.root / ".venv"))
        notebook = self.file("checkout/n.ipynb")
        self.assertEqual((1, "%s lies in a folder that is read-only, so it cannot be written there.\nName another folder "
                             "for the executed notebooks: python3 install execute %s --to DIR\n"
                             % (("T/checkout/n.ipynb",) * 2)),
                         self.main("execute", notebook, "--venv", self.top / "env"))

    @unittest.skipIf(os.name == "nt", "the fake Maven is a script, and this needs a link to Python")
    def test_with_a_checkout_that_is_read_only_all_is_made_beside_the_environment(self):
        self.script("bin/mvn", FAKE_MAVEN)
        before = self.listing()
        options = [*self.common[:2], "--no-native", "--venv", self.top / "new" / "env"]
        with mock.patch.object(environment, "OLDEST_PYTHON", (99, 0)):
            self.assertEqual((1, "JDK 17.0.15 at T/jdk\nlibrary: building ...\nlibrary: built (s)\nJupyterLab needs "
                                 "Python 99.0 or newer; this is %s. Run the set-up with a newer one, for example: "
                                 "python3.12 install lab\n" % sys.version.split()[0]), self.main(*options))
        self.assertEqual([".jacobean-install-build", ".jacobean-install.json", ".jacobean-install.lock",
                          ".jacobean-install.log"], sorted(os.listdir(self.top / "new")))
        self.ready_environment(self.top / "new" / "env")
        kernel = "T/new/env/share/jupyter/kernels/jacobean"
        self.assertEqual((0, "JDK 17.0.15 at T/jdk\nlibrary: ready\nenvironment T/new/env: ready\n"
                             "kernel 'jacobean': written to %s\n" % kernel), self.main(*options))
        self.assertEqual((0, "removed T/new/env\nremoved T/new/.jacobean-install.log\n"
                             "removed T/new/.jacobean-install.json\n"
                             "kernel-ext/target is Maven's: mvn clean removes it\n"),
                         self.main("uninstall", *options[-2:]))
        self.assertEqual(before, self.listing())

    def test_what_the_system_refuses(self):
        for number, remedy in ((errno.ENOSPC, "The disk is full: make room and run this again, it goes on from there.\n"),
                               (errno.EACCES, "Name a folder that you may write to: --venv DIR, or for a kernel "
                                              "--prefix P.\n"), (errno.EIO, "")):
            error = OSError(number, "No", "there")
            self.assertEqual((1, "The set-up could not go on: [Errno %d] No: 'there'.\n" % number + remedy),
                             self.main("--venv", self.root / ".venv", read_only=False,
                                       find_jdk=mock.Mock(side_effect=error)))
        self.assertEqual((130, "interrupted; run it again, and it goes on from there\n"),
                         self.main("--venv", self.root / ".venv", read_only=False,
                                   find_jdk=mock.Mock(side_effect=KeyboardInterrupt)))

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

    def tool(self, said, works=lambda command: False):
        """Stands for `run`: each tool says that, and fails unless `works`."""
        def run(command, log):
            with open(log, "a", encoding="utf-8") as output:
                output.write("$ it\n%s\n" % said)
            return works(command)
        return run

    def test_pip_or_venv_fails(self):
        venv = lambda command: "venv" in command
        disk, pip = ("The disk is full: make room and run this again, it goes on from there.",
                     "pip could not install JupyterLab and JJava: see T/checkout/log.")
        self.assertEqual("Python could not make the environment T/checkout/env: see T/checkout/log.",
                         self.make(run=self.tool("Why")))
        self.assertEqual(pip, self.make(run=self.tool("Why", venv)))
        self.assertEqual(pip + "\n" + OFFLINE, self.make(run=self.tool("after connection broken by 'New'", venv)))
        self.assertEqual(pip + "\n" + disk, self.make(run=self.tool("[Errno 28] No space left on device", venv)))
        with mock.patch.object(console.shutil, "disk_usage", return_value=mock.Mock(free=0)):
            self.assertEqual("Python could not make the environment T/checkout/env: see T/checkout/log.\n" + disk,
                             self.make(run=self.tool("Why")))

    def test_pip_that_was_stopped_begins_anew(self):
        env = self.root / "env"
        venv = lambda command: "venv" in command
        mine, marker = env / "mine.txt", env / "jacobean-environment"
        with mock.patch.object(environment.Environment, "_python_version", lambda self: "3.12"):
            self.make(run=self.tool("connection broken by", venv))
            self.assertEqual("empty", marker.read_text(encoding="utf-8"))
            self.file("checkout/env/mine.txt")
            marker.write_text("an older stamp", encoding="utf-8")
            self.make(run=self.tool("connection broken by", venv))  # pip has not touched anything
            self.assertEqual(("an older stamp", True), (marker.read_text(encoding="utf-8"), mine.is_file()))
            self.make(run=self.tool("Installing collected packages: a", venv))
            self.assertEqual(("unfinished", True), (marker.read_text(encoding="utf-8"), mine.is_file()))
            self.make(run=self.tool("connection broken by", venv))
            self.assertEqual(("empty", False), (marker.read_text(encoding="utf-8"), mine.is_file()))

    def test_jjava_cannot_be_fetched(self):
        code, out, err = self.run_install("kernel", "--prefix", self.top / "p", *self.common, PIP_NO_INDEX="1",
                                          PIP_CONFIG_FILE=os.devnull)
        self.assertEqual((1, "JDK 17.0.15 at T/jdk\n"), (code, out))
        self.assertEqual("pip could not fetch JJava: see .jacobean-install.log.\n" + OFFLINE + "\n", err)
        self.assertFalse((self.top / "p").exists())

    def test_usage(self):
        for arguments in (["bogus"], ["kernel"], ["kernel", "--user", "--sys-prefix"], ["execute"], ["--bogus"],
                          ["uninstall", "extra"], ["--jdk"], ["--threads", "0"], ["--threads", "two"]):
            self.assertEqual((2, ""), self.run_install(*arguments)[:2], arguments)
        for command in ([], ["lab"], ["execute"], ["jshell"], ["kernel"], ["bench"], ["soak"], ["uninstall"]):
            code, out, err = self.run_install(*command, "--help")
            self.assertEqual((0, ""), (code, err))
            self.assertRegex(out, r"\nexample: python3 install %s" % (command[0] if command else "lab"))
            self.assertEqual([], [line for line in out.splitlines() if len(line) > 80])

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
