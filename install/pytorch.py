"""The benchmarks' work in PyTorch: a linear layer forward and backward by autograd, with every gradient asked for.

`python3 install bench` runs this with the Python of an environment of its own. Prints what it ran on, then the
times of each shape in µs.
"""
import statistics
import sys
import time

import torch


def step_of(rows, n, m):
    shapes = {"x": (rows, n), "w": (n, m), "b": (1, m), "dLdf": (rows, m)}
    x, w, b, dldf = (torch.randn(*shape, dtype=torch.float64, requires_grad=name != "dLdf")
                     for name, shape in shapes.items())

    def step():
        x.grad = w.grad = b.grad = None
        torch.addmm(b, x, w).backward(dldf)
    return step


def median(step):
    """µs: the median of 14 measurements of about half a second, after as many warm-up steps as take 2 s."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < 2:
        step()
        count += 1
    count = max(1, count // 4)
    times = []
    for _ in range(14):
        start = time.perf_counter()
        for _ in range(count):
            step()
        times.append((time.perf_counter() - start) / count * 1e6)
    return statistics.median(times)


def main(threads, *shapes):
    torch.manual_seed(1)
    torch.set_num_threads(int(threads))
    print("PyTorch %s, %s thread%s" % (torch.__version__, threads, "s" * (threads != "1")))
    for shape in shapes:
        print("%s\t%.3f" % (shape, median(step_of(*map(int, shape.split(","))))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
