"""What the benchmarks print, and which PyTorch is installed."""
import unittest
from unittest import mock

from support import Checkout

import bench
from console import Failure
from environment import Environment

OURS = """\
JDK 17, OpenBLAS
layer 1,3,2\t0.4
layer 1,784,50\t50
layer 64,784,50\t400
layer 256,784,256\t6000
layer 512,1024,1024\t1e5
layer 1,4096,4096\t3e4
lesson\t3e5
check 8,64,32\t4000
show 500\t500
show 1581\t5000
show 5000\t51000
explain 64,100,10\t200
explain 64,1000,10\t210
explain 64,1000,100\t220
sample 64,100,10\t1000
sample 64,1000,10\t9000
sample 64,1000,100\t90000
lesson's memory\t1.002
"""
FIRST = """\
PyTorch 2
layer 1,3,2\t10
layer 1,784,50\t80
layer 64,784,50\t400
layer 256,784,256\t9000
layer 512,1024,1024\t9e4
layer 1,4096,4096\t6e4
lesson float64\t6e5
lesson float32\t2.4e5
check of L\t2e5
check of f\t2e5
"""
SECOND = FIRST.replace("\t10\n", "\t7\n").replace("\t80\n", "\t90\n")
KERNELS = """\
kernels
first gradient\t2e6
first gradient in Python\t3e6
%matrix\t150000
Java of %matrix\t80000
%forward\t130000
Java of %forward\t80000
"""


class BenchTest(Checkout):
    def test_the_quicker_run_of_pytorch_counts(self):
        self.assertEqual("""\
Jacobean: JDK 17, OpenBLAS
PyTorch:  PyTorch 2
median µs; layer: N,n,m, one linear layer forward + backward, float64
                                Jacobean       PyTorch     ratio   must reach
layer 1,3,2                        0.400         7.000     17.5×   20× missed
layer 1,784,50                    50.000        80.000      1.6×           1×
layer 64,784,50                  400.000       400.000        1×           1×
layer 256,784,256               6000.000      9000.000      1.5×           1×
layer 512,1024,1024           100000.000     90000.000      0.9×    1× missed
layer 1,4096,4096              30000.000     60000.000        2×           1×
lesson / lesson float64       300000.000    600000.000        2×           1×
lesson / lesson float32       300000.000    240000.000      0.8×
check / check of L              4000.000    200000.000       50×           1×
check / check of f              4000.000    200000.000       50×           1×
first gradient               2000000.000   3000000.000      1.5×           1×

memory of the lesson's step / its data and gradients: 1.002×, at most 1.5×
%matrix, warm: 70 ms more than its Java, at most 60 ms: missed
%forward, warm: 50 ms more than its Java, at most 60 ms
show 5000 × 5000: 51.0 ms, at most 50 ms: missed

how it grows: a display reads all once for its line, so its time for each entry should not grow;
dL/dw[2,1] is a sum of N = 64 terms whatever the layer's size; a sample of 100 costs 100 parts of the layer
show 500                         500.000          2.00 ns each
show 1581                       5000.000          2.00 ns each
show 5000                      51000.000          2.04 ns each
explain 64,100,10                200.000
explain 64,1000,10               210.000
explain 64,1000,100              220.000
sample 64,100,10                1000.000
sample 64,1000,10               9000.000
sample 64,1000,100             90000.000""", "\n".join(bench.report(OURS, KERNELS, FIRST, SECOND)))

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
