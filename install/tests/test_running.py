"""Which programs run from a folder."""
import os
import subprocess
import unittest
from pathlib import Path
from unittest import mock

from support import Checkout

import running

LISTING = b"""\
    1 /sbin/launchd
   23 /top/.venv/bin/python3.12 /top/.venv/bin/jupyter-lab
  456 /usr/bin/java -cp /top/.venv/share/jupyter/kernels/jacobean/a-all.jar org.dflib.jjava.JJava
  457 /usr/bin/java -cp /top/.venv-bench/a.jar A
  458 vi /top/.venv/share/notes.txt
%d /top/.venv/bin/python3.12 install uninstall
""" % os.getpid()


class RunningTest(Checkout):
    @unittest.skipIf(os.name == "nt", "asks for no list there")
    def test_where_there_are_no_files_of_processes_a_list_is_asked_for(self):
        with mock.patch.object(running, "PROCESSES", Path("/nowhere")), \
                mock.patch.object(running.subprocess, "run") as run:
            run.return_value = subprocess.CompletedProcess([], 0, LISTING)
            self.assertEqual([23, 456], running.running_from(["/top/.venv"]))
            self.assertEqual([], running.running_from([]))
            self.assertEqual([], running.running_from(["/top/other"]))
            run.side_effect = FileNotFoundError
            self.assertEqual([], running.running_from(["/top/.venv"]))

    @unittest.skipIf(os.name == "nt", "the paths are those of other systems")
    def test_what_ends_meanwhile_is_passed_over(self):
        self.file("proc/12/cmdline", "/top/.venv/bin/python\0-m\0jupyterlab\0")
        self.file("proc/13/cmdline", "")
        (self.top / "proc/14").mkdir()
        self.file("proc/self/cmdline", "/top/.venv/bin/python\0")
        with mock.patch.object(running, "PROCESSES", self.top / "proc"):
            self.assertEqual([12], running.running_from(["/top/.venv"]))

    def test_a_folder_that_is_reached_by_a_link(self):
        if os.name == "nt":
            self.skipTest("needs a link")
        (self.top / "real").mkdir()
        (self.top / "link").symlink_to(self.top / "real")
        self.file("proc/12/cmdline", "%s/bin/python\0" % (self.top / "real"))
        with mock.patch.object(running, "PROCESSES", self.top / "proc"):
            self.assertEqual([12], running.running_from([self.top / "link"]))


if __name__ == "__main__":
    unittest.main()
