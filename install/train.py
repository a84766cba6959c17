"""Runs the kernel `jacobean` once, with JVM options more, through what a person does first; the set-up calls it.

The environment's Python runs this, for it has jupyter_client. Exit code 0: the kernel did it all, and ended by itself.
"""
import signal
import sys

from startup import JACOBEAN, Kernel

MOST = 120  # s


def main(kernels, *jvm_options):
    if hasattr(signal, "alarm"):
        for each in (signal.SIGALRM, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, lambda *_: sys.exit(1))
        signal.alarm(2 * MOST)
    kernel = Kernel(kernels, "jacobean", *jvm_options)
    java = kernel.manager.provisioner.process
    try:
        kernel.run(JACOBEAN)
        kernel.run("%explain grads dL/dw[2,1]")
        kernel.run("%check grads")
        kernel.client.stop_channels()
        java.terminate()  # asked by a message JJava would end later; either way Java writes its archive first
        java.wait(MOST)
    finally:
        java.kill()  # nothing, unless we were stopped
    sys.exit(java.returncode < 0)  # killed by somebody: what it wrote may be a half


if __name__ == "__main__":
    main(*sys.argv[1:])
