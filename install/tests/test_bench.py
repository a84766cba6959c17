"""What the benchmarks print, and which PyTorch is installed."""
import unittest
from unittest import mock

from support import Checkout

import bench
from console import Failure
from environment import Environment

OURS = "JDK 17, OpenBLAS\n1,3,2\t0.4\n1,784,50\t50\n64,784,50\t400\n256,784,256\t6000\n512,1024,1024\t1e5\n1,4096,4096\t3e4\n"
FIRST = "PyTorch 2\n1,3,2\t10\n1,784,50\t80\n64,784,50\t400\n256,784,256\t9000\n512,1024,1024\t9e4\n1,4096,4096\t6e4\n"
SECOND = "PyTorch 2\n1,3,2\t7\n1,784,50\t90\n64,784,50\t500\n256,784,256\t9000\n512,1024,1024\t9e4\n1,4096,4096\t6e4\n"


class BenchTest(Checkout):
    def test_the_quicker_run_of_pytorch_counts(self):
        self.assertEqual("""\
Jacobean: JDK 17, OpenBLAS
PyTorch:  PyTorch 2
one linear layer forward + backward, float64; median µs
N,n,m                 Jacobean       PyTorch     ratio   must reach
1,3,2                    0.400         7.000     17.5×   20× missed
1,784,50                50.000        80.000      1.6×           1×
64,784,50              400.000       400.000        1×           1×
256,784,256           6000.000      9000.000      1.5×           1×
512,1024,1024       100000.000     90000.000      0.9×    1× missed
1,4096,4096          30000.000     60000.000        2×           1×""", "\n".join(bench.report(OURS, FIRST, SECOND)))

    def make(self, fails):
        """The commands that made the environment, of which those that `fails` names did not work."""
        commands = []

        def run(command, log):
            commands.append(str(command[-1]))
            return not fails(commands[-1])
        environment = Environment(self.root / "env")
        with mock.patch.object(bench, "run", run), mock.patch.object(bench, "say"):
            for _ in range(2):
                bench.make(environment, self.root / "log")
        return commands

    def test_the_build_for_cpus_comes_first(self):
        env = str(self.root / "env")
        self.assertEqual([env, "torch==2.13.0+cpu"], self.make(lambda last: False))

    def test_without_one_any_build_will_do(self):
        env = str(self.root / "env")
        self.assertEqual([env, "torch==2.13.0+cpu", "torch==2.13.0"], self.make(lambda last: last.endswith("+cpu")))

    def test_no_pytorch(self):
        self.file("checkout/log")
        with self.assertRaises(Failure) as caught:
            self.make(lambda last: last.startswith("torch"))
        self.assertEqual("pip could not install PyTorch: see %s." % (self.root / "log"), str(caught.exception))


if __name__ == "__main__":
    unittest.main()
