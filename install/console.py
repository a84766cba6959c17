"""What all parts of the set-up share: saying things, failing with one sentence, running tools quietly, writing files
so that nobody ever sees half of one.
"""
import contextlib
import errno
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

FULL = "The disk is full: make room and run this again, it goes on from there."
UNREACHED = re.compile("connection broken by|from versions: none|Could not transfer|offline mode")  # pip's words, Maven's


class Failure(Exception):
    """One sentence for the person: what is wrong, and the remedy. Ends the program with exit code 1.

    When a tool has failed, `log` is where its output went: the last lines are shown before the sentence.
    """

    def __init__(self, sentence, log=None):
        super().__init__(sentence)
        self.log = log


def say(line):
    print(line, flush=True)


def shown(path):
    """A path as short as can be: from the current folder when it lies in it."""
    with contextlib.suppress(ValueError):
        return str(Path(path).relative_to(Path.cwd()))
    return str(path)


def run(command, log, **options):
    """Runs a tool, its output going to the end of the file `log`. Tells whether its exit code was 0."""
    command = [str(part) for part in command]
    with open(log, "a", encoding="utf-8") as output:
        output.write("$ " + " ".join(command) + "\n")
        output.flush()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options)
    return done.returncode == 0


def last_output(log):
    """What the tool that ran last wrote into `log`."""
    text = Path(log).read_text(encoding="utf-8", errors="replace")
    return ("\n" + text).rpartition("\n$ ")[2].partition("\n")[2]


def failed(sentence, log, offline, folder):
    """The Failure of the tool that ran last. Where one sees why, the remedy stands below; else its output is shown."""
    output = last_output(log)
    if "No space left on device" in output or shutil.disk_usage(folder).free < 1e6:
        return Failure(sentence + "\n" + FULL)
    return Failure(sentence + "\n" + offline) if UNREACHED.search(output) else Failure(sentence, log)


def hand_over(command, environ):
    """Ends this program by becoming `command`, so that Ctrl-C and the exit code are the command's own."""
    command = [str(part) for part in command]
    if os.name == "posix":
        os.execve(command[0], command, environ)
    process = subprocess.Popen(command, env=environ)  # Windows has no exec that keeps the console
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            pass  # the command has got it too, and decides


def write(path, content):
    """Writes a file (text or bytes) in one step: a reader sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = content.encode("utf-8") if isinstance(content, str) else content
    draft = path.with_name(".%s.%d" % (path.name, os.getpid()))
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise Failure("Cannot write %s: it is in use (close the notebooks and JupyterLab, then run this again) or the "
                      "folder is read-only." % path) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def remove(folder, last):
    """Removes a folder, its file `last` at the very end: when stopped halfway, one still sees whose the rest is."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != last:
            path.unlink()
    last.unlink(missing_ok=True)
    if not folder.is_symlink():
        folder.rmdir()


@contextlib.contextmanager
def alone(path):
    """Holds the lock file `path`; when another set-up holds it, waits. The system frees it if the program dies."""
    with open(path, "a", encoding="utf-8") as file:
        waiting = False
        while not _lock(file):
            if not waiting:
                say("another set-up is running in this checkout: waiting for it")
            waiting = True
            time.sleep(0.2)
        yield


def _lock(file):
    try:
        if os.name == "posix":
            import fcntl
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        return True
    except OSError:
        return False
