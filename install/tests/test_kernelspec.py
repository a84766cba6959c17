"""What is written for Jupyter, and where."""
import json
import os
import sys
import unittest
from pathlib import Path
from unittest import mock

from support import Checkout

import kernelspec
from jdk import Jdk
from library import Library


class KernelSpecTest(Checkout):
    def setUp(self):
        super().setUp()
        self.spec = kernelspec.KernelSpec(self.top / "kernels")
        self.library = Library(self.jar(), "sources 1")
        self.reads = []
        self.options = []

    def install(self, jdk=Jdk(Path("/jdk"), "17.0.15"), library=None, jjava="1.0a8", jvm_options=None,
                native=None, threads=None, archives=()):
        """With an archive made where `archives` says so, time after time."""
        archives = list(archives)
        def read_jjava():
            self.reads.append(jjava)
            return b"jjava " + jjava.encode()

        def make_archive(option):
            self.options.append(option)
            if archives and archives.pop(0):
                Path(option.partition("=")[2]).write_bytes(b"classes")
                return True
            return False
        return self.spec.install(jdk, library or self.library, jjava, read_jjava, jvm_options, native, threads,
                                 make_archive)

    def jars(self):
        return os.pathsep.join(str(self.spec.folder / jar) for jar in ("jjava.jar", "jacobean.jar"))

    def kernel_json(self):
        return json.loads((self.spec.folder / "kernel.json").read_text(encoding="utf-8"))

    def test_kernel_json(self):
        self.assertTrue(self.install())
        expected = {
            "argv": [str(Jdk(Path("/jdk"), "17").java), "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED",
                     "-Dfile.encoding=UTF-8", "-cp", self.jars(), "org.dflib.jjava.distro.JJava",
                     "{connection_file}"],
            "display_name": "Java (Jacobean)",
            "language": "java",
            "interrupt_mode": "message",
            "env": {"OPENBLAS_NUM_THREADS": "1"},
            "metadata": {"jacobean": {"jjava": "1.0a8", "library": "sources 1", "threads": 1, "jvm_options": []}},
        }
        self.assertEqual(expected, self.kernel_json())
        self.assertEqual(["jacobean.jar", "jjava.jar", "kernel.json"], sorted(os.listdir(self.spec.folder)))
        self.assertEqual(b"jjava 1.0a8", self.spec.jjava.read_bytes())
        self.assertEqual(self.library.jar.read_bytes(), self.spec.jar.read_bytes())

    def test_newer_jdk_and_jvm_options(self):
        self.install(Jdk(Path("/jdk"), "25.0.3"), jvm_options=["-Xmx4g", "-Dx=y z"])
        self.assertEqual(["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                          "--sun-misc-unsafe-memory-access=allow", "-Dfile.encoding=UTF-8", "-Xmx4g",
                          "-Dx=y z", "-cp"], self.kernel_json()["argv"][1:-3])

    def test_the_native_library_and_its_threads(self):
        self.install(native=Path("/native/libopenblas.so.0"), threads=3, jvm_options=["-Xmx4g"])
        self.assertEqual(["-Dfile.encoding=UTF-8",
                          "-Ddev.ludovic.netlib.blas.nativeLibPath=%s" % Path("/native/libopenblas.so.0"), "-Xmx4g",
                          "-cp"], self.kernel_json()["argv"][3:-3])
        self.assertEqual("3", self.kernel_json()["env"]["OPENBLAS_NUM_THREADS"])
        self.assertTrue(self.install())
        self.assertEqual("3", self.kernel_json()["env"]["OPENBLAS_NUM_THREADS"])
        self.assertNotIn("nativeLibPath", str(self.kernel_json()))

    def test_jvm_options_stay_until_others_are_given(self):
        self.install(jvm_options=["-Xmx4g"])
        self.install(Jdk(Path("/jdk"), "21"))
        self.assertIn("-Xmx4g", self.kernel_json()["argv"])
        self.install(jvm_options=[])
        self.assertNotIn("-Xmx4g", self.kernel_json()["argv"])

    def test_writes_only_what_differs(self):
        self.assertTrue(self.install())
        self.assertFalse(self.install())
        self.assertEqual(["1.0a8"], self.reads)
        self.assertTrue(self.install(jjava="1.0"))
        self.assertEqual(["1.0a8", "1.0"], self.reads)
        self.assertTrue(self.install(library=Library(self.jar("other.jar"), "sources 2"), jjava="1.0"))
        self.assertEqual("sources 2", self.spec.library().stamp)
        self.spec.jar.unlink()
        self.assertTrue(self.install(library=Library(self.jar("other.jar"), "sources 2"), jjava="1.0"))
        self.assertTrue(self.spec.jar.is_file())
        self.assertEqual(2, len(self.reads))

    def test_the_archive(self):
        draft, archive = self.spec.folder / (".jacobean.jsa.%d" % os.getpid()), self.spec.folder / "jacobean.jsa"
        self.assertTrue(self.install(archives=[True]))
        self.assertEqual(["-XX:ArchiveClassesAtExit=%s" % draft], self.options)
        self.assertEqual(["jacobean.jar", "jacobean.jsa", "jjava.jar", "kernel.json"],
                         sorted(os.listdir(self.spec.folder)))
        self.assertEqual(["-Dfile.encoding=UTF-8", "-XX:SharedArchiveFile=%s" % archive, "-Xshare:auto",
                          "-Xlog:cds*=off", "-cp"], self.kernel_json()["argv"][3:-3])
        self.assertFalse(self.install(archives=[True]))
        archive.unlink()
        self.assertTrue(self.install(Jdk(Path("/jdk"), "25.0.3"), archives=[True]))
        self.assertEqual(["-XX:SharedArchiveFile=%s" % archive, "-Xshare:auto", "-Xlog:cds*=off", "-Xlog:aot*=off",
                          "-cp"], self.kernel_json()["argv"][6:-3])
        self.assertEqual(2, len(self.options))

    def test_without_an_archive_the_kernel_starts_as_well_and_it_is_not_tried_again(self):
        self.install(archives=[True])
        self.assertTrue(self.install(library=Library(self.jar("other.jar"), "sources 2"), archives=[False]))
        self.assertNotIn("SharedArchiveFile", str(self.kernel_json()))
        self.assertFalse(self.install(library=Library(self.jar("other.jar"), "sources 2"), archives=[True]))
        self.assertEqual(2, len(self.options))

    def test_an_archive_that_was_stopped_is_made_the_next_time(self):
        with self.assertRaises(KeyboardInterrupt):
            self.spec.install(Jdk(Path("/jdk"), "17.0.15"), self.library, "1.0a8", lambda: b"jjava",
                              make_archive=mock.Mock(side_effect=KeyboardInterrupt))
        self.assertNotIn("SharedArchiveFile", str(self.kernel_json()))
        for draft in ("", ".jacobean.jsa.1"):  # its own, and what another, killed while it wrote, has left
            if draft:
                (self.spec.folder / draft).write_bytes(b"half")
            self.assertTrue(self.install(archives=[True]))
            self.assertIn("SharedArchiveFile", str(self.kernel_json()))
            self.assertEqual(["jacobean.jar", "jacobean.jsa", "jjava.jar", "kernel.json"],
                             sorted(os.listdir(self.spec.folder)))

    def test_whose_it_is_when_stopped_halfway(self):
        self.assertFalse(self.spec.is_ours)
        with self.assertRaises(KeyboardInterrupt), mock.patch.object(kernelspec.json, "dumps",
                                                                     side_effect=KeyboardInterrupt):
            self.install()
        self.spec.folder.mkdir(parents=True, exist_ok=True)
        self.assertTrue(self.spec.is_ours)
        self.file("kernels/jacobean/kernel.json", "{}")
        self.assertFalse(self.spec.is_ours)
        self.install()
        self.assertTrue(self.spec.is_ours)

    def test_a_kernelspec_of_somebody_else_is_no_note(self):
        for text in ("", "{}", '{"metadata": null}', "[]"):
            self.file("kernels/jacobean/kernel.json", text)
            self.assertEqual({}, self.spec.note())

    def test_user_kernels(self):
        def kernels(platform, name, **environ):
            with mock.patch.object(sys, "platform", platform), mock.patch.object(kernelspec.os, "name", name), \
                    mock.patch.dict(os.environ, environ, clear=True), \
                    mock.patch.object(kernelspec.Path, "home", return_value=Path("/home/me")):
                return kernelspec.user_kernels().as_posix()
        here = os.name  # pathlib cannot be told that it is on another system
        self.assertEqual("/data/kernels", kernels("linux", here, JUPYTER_DATA_DIR="/data"))
        self.assertEqual("/home/me/Library/Jupyter/kernels", kernels("darwin", here))
        if here == "posix":
            self.assertEqual("/home/me/.local/share/jupyter/kernels", kernels("linux", here))
            self.assertEqual("/xdg/jupyter/kernels", kernels("linux", here, XDG_DATA_HOME="/xdg"))
        else:
            self.assertEqual("/app/jupyter/kernels", kernels("win32", here, APPDATA="/app"))


if __name__ == "__main__":
    unittest.main()
