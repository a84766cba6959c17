"""How long a person waits: for a kernel's first gradient, Jacobean's beside IPython's with PyTorch, and for a magic.

`python3 install bench` runs this with the Python of PyTorch's environment, which has ipykernel. Prints medians in µs.
"""
import statistics
import sys
import time
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

STARTS = 7
CELLS = 40
JACOBEAN = """\
%vector x = 2 3 5
%matrix w = 0.1 0.2; 0.3 -0.4; -0.5 0.6
%vector b = 0.01 -0.02
%linear layer = w b
%forward pass = layer x
%backward grads = pass [1 -2]
%table grads w"""
PYTORCH = """\
import torch
x = torch.tensor([[2., 3, 5]])
w = torch.tensor([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]], requires_grad=True)
b = torch.tensor([[0.01, -0.02]], requires_grad=True)
f = x @ w + b
f.backward(torch.tensor([[1., -2]]))
w.grad"""
MAGICS = {"%matrix": "%matrix a = 1 2; 3 4", "%matrix of a new name": "%matrix a0 = 1 2; 3 4",
          "%forward": "%forward pass = layer x"}


class Kernel:
    """A running kernel, as a front end sees it."""

    def __init__(self, kernels, name, *jvm_options):
        context = zmq.Context.instance()
        context.setsockopt(zmq.RECONNECT_IVL, 5)  # ms; by default a front end finds a kernel up to 100 ms late
        self.manager = KernelManager(kernel_name=name, context=context,
                                     kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(kernels)]))
        self.manager.kernel_spec.argv[1:1] = jvm_options
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels(hb=False, stdin=False, control=False)
        try:
            self.await_answer(name)
        except BaseException:  # Ctrl-C too: nobody else would end it
            self.end()
            raise

    def await_answer(self, name):
        again = time.perf_counter()
        while not (self.client.shell_channel.msg_ready() and self.client.iopub_channel.msg_ready()):
            if not self.manager.is_alive():
                raise RuntimeError("the kernel %s ended at once" % name)
            if time.perf_counter() >= again:  # what arrives too early is kept, and each one more has to be answered first
                self.client.kernel_info()
                again += 0.5
            time.sleep(0.005)

    def run(self, cell):
        """What the cell shows as text, once the kernel is idle again."""
        request, shown = self.client.execute(cell, store_history=False), []
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            content = message["content"]
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "error":
                raise RuntimeError("%s: %s" % (cell, content["evalue"]))
            if content.get("execution_state") == "idle":
                return "".join(shown)
            shown.append(content.get("data", {}).get("text/plain", content.get("text", "")))

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def start(kernels, name, cell, gradient):
    """s, from starting the kernel until its first gradient is there; and the kernel."""
    begun = time.perf_counter()
    kernel = Kernel(kernels, name)
    shown = kernel.run(cell)
    took = time.perf_counter() - begun
    if gradient not in shown:
        raise RuntimeError("%s shows %s" % (name, shown))
    return took, kernel


def first_gradients(kernels):
    """s for Jacobean and for PyTorch, whose starts take turns; the first of each only brings the files into memory."""
    own = Path(sys.prefix, "share", "jupyter", "kernels")
    both = (kernels, "jacobean", JACOBEAN, "-10"), (own, "python3", PYTORCH, "-10.")
    times = [], []
    for _ in range(1 + STARTS):
        for each, what in zip(times, both):
            took, kernel = start(*what)
            kernel.end()
            each.append(took)
    return [statistics.median(each[1:]) for each in times]


def magics(kernels):
    """For each magic: s for it, and for the Java that it stands for, when warm; the two take turns."""
    kernel = start(kernels, "jacobean", JACOBEAN, "-10")[1]
    for name, magic in MAGICS.items():
        java = kernel.run("%java " + magic)
        times = [], []
        for n in range(2 * CELLS):
            cell = (magic, java)[n % 2].replace("a0", "a%d" % n)
            begun = time.perf_counter()
            kernel.run(cell)
            times[n % 2].append(time.perf_counter() - begun)
        yield name, *(statistics.median(each[CELLS // 2:]) for each in times)
    kernel.end()


def main(kernels):
    print("kernels")
    ours, theirs = first_gradients(kernels)
    times = {"first gradient": ours, "first gradient in Python": theirs}
    for name, magic, java in magics(kernels):
        times.update({name: magic, "Java of " + name: java})
    for name, took in times.items():
        print("%s\t%.0f" % (name, took * 1e6))


if __name__ == "__main__":
    main(*sys.argv[1:])
