"""The benchmarks' work in PyTorch: gradients by autograd, every one asked for, and their check.

`python3 install bench` runs this with the Python of an environment of its own. Prints what it ran on, then for each
benchmark its name and µs.
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


def lesson(dtype):
    """50,000 × 784 → 50 → relu → 1, the mean squared error, and all five gradients."""
    shapes = {"x": (50000, 784), "w1": (784, 50), "b1": (1, 50), "w2": (50, 1), "b2": (1, 1)}
    wanted = x, w1, b1, w2, b2 = [(torch.randn(*shape, dtype=dtype) / 28).requires_grad_()
                                  for shape in shapes.values()]
    y = torch.randn(50000, 1, dtype=dtype)

    def step():
        for each in wanted:
            each.grad = None
        f = torch.addmm(b2, torch.relu(torch.addmm(b1, x, w1)), w2)
        torch.nn.functional.mse_loss(f, y).backward()
    return step


def check(whole):
    """gradcheck of x, w and b for N, n, m = 8, 64, 32: of the sum L = Σ dL/df∘f, or of every output."""
    x, w, b, dldf = (torch.randn(*shape, dtype=torch.float64, requires_grad=True)
                     for shape in ((8, 64), (64, 32), (1, 32), (8, 32)))
    dldf = dldf.detach()

    def of(x, w, b):
        f = torch.addmm(b, x, w)
        return f if whole else (f * dldf).sum()
    return lambda: torch.autograd.gradcheck(of, (x, w, b))


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
    steps = {"layer " + shape: lambda shape=shape: step_of(*map(int, shape.split(","))) for shape in shapes}
    steps.update({"lesson float64": lambda: lesson(torch.float64), "lesson float32": lambda: lesson(torch.float32),
                  "check of L": lambda: check(False), "check of f": lambda: check(True)})
    for name, step in steps.items():
        print("%s\t%.3f" % (name, median(step())), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
