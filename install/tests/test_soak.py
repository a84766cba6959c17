"""What the soak says of how two kernels grow."""
import sys
import unittest
from unittest import mock

from support import INSTALL  # noqa: F401 (it puts the modules under test on the path)

with mock.patch.dict(sys.modules, startup=mock.Mock()):  # which needs the environment's packages
    import soak


def samples(heap, ms):
    """Three, of which the first, while classes load, does not count."""
    return [{"cells": 100, "ms": 900, "heap": 500, "metaspace": 5, "RSS": 1}] + [
        {"cells": 100 * k, "ms": 50 + ms * k, "heap": 60 + heap * k, "metaspace": 10 + k, "RSS": 1} for k in (2, 7)]


class SoakTest(unittest.TestCase):
    def test_as_java_grows(self):
        self.assertEqual((["growth for each 1,000 cells:", "        ms  magics +10.0, Java +10.0",
                           "      heap  magics +10.0, Java +10.0", " metaspace  magics +10.0, Java +10.0"], False),
                         soak.report({"magics": samples(1, 1), "Java": samples(1, 1)}))

    def test_just_inside_and_just_outside(self):
        for heap, failed in ((1.29, False), (1.31, True)):  # 1.1 times Java's 10 and 2 MB more
            self.assertEqual(failed, soak.report({"magics": samples(heap, 1), "Java": samples(1, 1)})[1])
        for ms, failed in ((3.24, False), (3.26, True)):
            self.assertEqual(failed, soak.report({"magics": samples(1, ms), "Java": samples(1, 1)})[1])

    def test_too_fast(self):
        lines, failed = soak.report({"magics": samples(2, 1), "Java": samples(-1, 1)})
        self.assertEqual("      heap  magics +20.0, Java -10.0: too fast", lines[2])
        self.assertTrue(failed)


if __name__ == "__main__":
    unittest.main()
