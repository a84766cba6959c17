"""Runs cells in a real Jupyter kernel: one JSON command per line on stdin, one JSON answer per line on stdout.

    {"do": "start", "argv": ["java", "-jar", "k.jar", "{connection_file}"], "env": {}, "cwd": ".", "timeout": 60}
    {"do": "execute", "code": "1 + 1", "timeout": 60, "interrupt_after": 0.5}
    {"do": "complete", "code": "Sys", "cursor": 3}
    {"do": "restart"}   {"do": "log"}   {"do": "shutdown"}

`interrupt_after` (seconds, may be left out) interrupts the cell while it runs. `log` gives what the kernel's process
itself has printed since its start. A cell that is not done in time has the status "timeout", together with the output
so far. All that goes wrong otherwise, a dead kernel first of all, is an answer {"error": text}. No wait is without an
end; when stdin closes, the kernel is stopped.
"""
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import time

from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

POLL = 0.05


class Failure(Exception):
    """What the one who asked is told."""


class Kernel:
    """A kernel's process and the connection to it."""

    def __init__(self, argv, env=None, cwd=None, timeout=60):
        self.folder = tempfile.TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True)
        self.connection_file = os.path.join(self.folder.name, "connection.json")
        write_connection_file(self.connection_file)
        self.argv = [a.replace("{connection_file}", self.connection_file) for a in argv]
        # settings of the surrounding shell must not decide a test
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JJAVA_", "IJAVA_", "RJK_"))}
        self.env = {**inherited, **(env or {})}
        self.cwd, self.timeout = cwd, timeout
        self.log_path = os.path.join(self.folder.name, "log")
        self.process = self.client = None
        try:
            self.start()
        except BaseException:
            self.shutdown()
            raise

    def start(self):
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(self.argv, env=self.env, cwd=self.cwd, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, start_new_session=True)
        self.client = BlockingKernelClient(connection_file=self.connection_file)
        self.client.load_connection_file()
        self.client.start_channels(stdin=False, hb=False)
        self.wait_until_ready(time.monotonic() + self.timeout)

    def wait_until_ready(self, deadline):
        """Asks for the kernel's information until both the answer and some published message have come."""
        answered = published = False
        while not (answered and published):
            asked, again = self.client.kernel_info(), time.monotonic() + 1
            while time.monotonic() < again and not (answered and published):
                self.check(deadline, "not ready")
                for message in self.messages("shell"):
                    answered |= message["msg_type"] == "kernel_info_reply"
                for message in self.messages("iopub"):
                    published |= message["parent_header"].get("msg_id") == asked

    def execute(self, code, timeout=60, interrupt_after=None):
        begin = time.monotonic()
        deadline = begin + timeout
        result = {"status": "timeout", "ename": None, "evalue": None, "traceback": [], "results": {}, "displays": [],
                  "updates": [], "stdout": "", "stderr": "", "execution_count": None,
                  "seconds": None, "seconds_after_interrupt": None}
        request = self.client.execute(code, allow_stdin=False, stop_on_error=False)
        replied, idle, interrupted = False, False, None
        while not (replied and idle) and time.monotonic() < deadline:
            self.check()
            if interrupt_after is not None and interrupted is None and time.monotonic() >= begin + interrupt_after:
                interrupted = time.monotonic()
                control = self.client.control_channel
                control.send(self.client.session.msg("interrupt_request", {}))
            for message in self.messages("shell"):
                if message["parent_header"].get("msg_id") == request:
                    now, content = time.monotonic(), message["content"]
                    replied = True
                    result["status"] = content["status"]
                    result["execution_count"] = content.get("execution_count")
                    result["seconds"] = now - begin
                    result["seconds_after_interrupt"] = interrupted and now - interrupted
            for message in self.messages("iopub"):
                if message["parent_header"].get("msg_id") == request:
                    idle |= self.collect(message["msg_type"], message["content"], result)
        return result

    @staticmethod
    def collect(kind, content, result):
        """Adds one published message to the result; true when it says that the kernel is idle."""
        if kind == "stream":
            result[content["name"]] += content["text"]
        elif kind == "execute_result":
            result["results"] = texts(content["data"])
        elif kind in ("display_data", "update_display_data"):
            shown = {"display_id": (content.get("transient") or {}).get("display_id"), "data": texts(content["data"])}
            result["displays" if kind == "display_data" else "updates"].append(shown)
        elif kind == "error":
            result.update({key: content[key] for key in ("ename", "evalue", "traceback")})
        return kind == "status" and content["execution_state"] == "idle"

    def complete(self, code, cursor=None, timeout=30):
        request = self.client.complete(code, len(code) if cursor is None else cursor)
        deadline = time.monotonic() + timeout
        while True:
            self.check(deadline, "no completion")
            for message in self.messages("shell"):
                if message["parent_header"].get("msg_id") == request:
                    content = message["content"]
                    return {key: content[key] for key in ("matches", "cursor_start", "cursor_end")}

    def restart(self):
        self.stop(restart=True)
        self.start()
        return {}

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return {"log": log.read()}

    def shutdown(self):
        self.stop()
        self.folder.cleanup()
        return {}

    def stop(self, restart=False):
        """Asks the process to end, and ends it (with its children) when it does not."""
        try:
            if self.process is not None:
                if self.client is not None and self.process.poll() is None:
                    self.client.shutdown(restart)
                self.process.wait(3)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
            self.process.wait(5)
        finally:
            if self.client is not None:
                self.client.stop_channels()

    def messages(self, channel):
        """The messages that have come on the channel; waits a moment for the first."""
        timeout = POLL / 2
        while True:
            try:
                yield getattr(self.client, f"get_{channel}_msg")(timeout=timeout)
            except queue.Empty:
                return
            timeout = 0

    def check(self, deadline=None, what=""):
        if self.process.poll() is not None:
            time.sleep(POLL)
            raise Failure(f"the kernel died (exit code {self.process.returncode}):\n{self.log()['log'][-4000:]}")
        if deadline is not None and time.monotonic() > deadline:
            raise Failure(f"the kernel gave no answer in time ({what}):\n{self.log()['log'][-4000:]}")


def texts(data):
    return {mime: value if isinstance(value, str) else json.dumps(value) for mime, value in data.items()}


def answer(kernel, command):
    """Obeys one command; the kernel from now on, and the answer."""
    do = command.pop("do")
    if do == "start":
        if kernel is not None:
            raise Failure("there is a kernel already")
        return Kernel(**command), {}
    if kernel is None:
        raise Failure("there is no kernel")
    if do not in ("execute", "complete", "restart", "log", "shutdown"):
        raise Failure(f"unknown command: {do}")
    result = getattr(kernel, do)(**command)
    return (None if do == "shutdown" else kernel), result


def main():
    kernel = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        for line in sys.stdin:
            try:
                kernel, result = answer(kernel, json.loads(line))
            except Exception as e:
                result = {"error": str(e) if isinstance(e, Failure) else repr(e)}
            print(json.dumps(result), flush=True)
    finally:
        if kernel is not None:
            kernel.shutdown()


if __name__ == "__main__":
    main()
