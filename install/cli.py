"""The commands: one function each, and the command line they are called from."""
import argparse
import contextlib
import errno
import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import bench
import jdk
import library
import openblas
import running
from console import FULL, Failure, alone, hand_over, last_output, run, say, shown, write
from environment import Environment, jjava_version
from kernelspec import NAME, KernelSpec, prefix_kernels, user_kernels

ROOT = Path(__file__).resolve().parent.parent
FIRST_LESSON = "1-understanding-gradient-calculation.ipynb"


class Desk:
    """Where the set-up keeps what it needs for itself: in the checkout; where that is read-only, beside the environment."""

    def __init__(self, venv):
        self.folder = ROOT if os.access(ROOT, os.W_OK) else Path(os.path.abspath(venv)).parent
        if not os.access(ROOT, os.W_OK) and (self.folder == ROOT or ROOT in self.folder.parents):
            raise Failure("The checkout %s is read-only, so nothing can be made in it.\n"
                          "Name a folder for the environment elsewhere: python3 install --venv DIR" % ROOT)
        self.record = self.folder / ".jacobean-install.json"  # what we made outside .venv, for `uninstall`
        self.log = self.folder / ".jacobean-install.log"
        self.lock = self.folder / ".jacobean-install.lock"
        self.workshop = ROOT if self.folder == ROOT else self.folder / ".jacobean-install-build"
        self.target = self.workshop / "kernel-ext" / "target"
        new = missing(self.record)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._note(parents=new)

    def remembered(self):
        """What the record file says: lists of folders. Those in the checkout are named from there, for it may move."""
        record = {"environments": [], "kernels": [], "parents": []}
        with contextlib.suppress(OSError, ValueError):
            record.update(json.loads(self.record.read_text(encoding="utf-8")))
        return record

    def remember(self, kind, folder):
        """Notes a folder, and those above it that are not there yet, before they are made."""
        self._note(**{kind: [folder], "parents": missing(folder)})

    def _note(self, **folders):
        record, changed = self.remembered(), False
        for kind, paths in folders.items():
            for path in [str(path.relative_to(ROOT) if ROOT in path.parents else path) for path in paths]:
                if path not in record[kind]:
                    record[kind].append(path)
                    changed = True
        if changed:
            write(self.record, json.dumps(record, indent=1, ensure_ascii=False) + "\n")

    def clear(self):
        """Removes all of it, and tells what there was. The lock goes last, see `free`."""
        own = [self.target / "imports.jsh", self.target / "native"] if self.workshop == ROOT else [self.workshop]
        for path in own:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
        with contextlib.suppress(OSError):
            self.target.rmdir()  # if it was only ours
        there = [path for path in (self.log, self.record) if path.is_file()]  # the record last: it tells what there is
        for path in there:
            path.unlink()
        return there

    def free(self, parents):
        """Removes the lock, then the folders that we made on the way, unless somebody else uses them now."""
        with contextlib.suppress(OSError):
            self.lock.unlink()
        for path in sorted(parents, key=lambda path: -len(path.parts)):
            with contextlib.suppress(OSError):
                path.rmdir()


def missing(path):
    return [parent for parent in path.parents if not parent.exists()]


def set_up(options):
    """Makes the environment, the library and the kernel; does nothing that is done already."""
    environment = Environment(options.venv)
    spec = KernelSpec(environment.kernels)
    with alone(options.desk.lock):
        java = find_jdk(options)
        jar = find_library(options, java, [spec])
        if environment.folder != ROOT / ".venv":
            options.desk.remember("environments", environment.folder)
        environment.make(options.desk.log)
        install(spec, options, java, jar, environment, environment.share / "native")
    return environment


def lab(options, rest):
    python = set_up(options).python
    notebooks = ROOT / "notebooks"
    settings = {"--ServerApp.root_dir": notebooks, "--MultiKernelManager.default_kernel_name": NAME}
    if (notebooks / FIRST_LESSON).is_file():
        settings["--LabApp.default_url"] = "/lab/tree/" + quote(FIRST_LESSON)
    given = {argument.split("=")[0] for argument in rest}  # Jupyter takes no setting twice: the person's own counts
    command = [python, "-m", "jupyterlab"]
    command += ["%s=%s" % setting for setting in settings.items() if setting[0] not in given]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    hand_over(command + rest, dict(os.environ, JUPYTER_PREFER_ENV_PATH="1"))


def execute(options):
    for notebook in [] if options.to else options.notebooks:
        if Path(notebook).is_file() and not os.access(Path(notebook).absolute().parent, os.W_OK):
            raise Failure("%s lies in a folder that is read-only, so it cannot be written there.\nName another folder "
                          "for the executed notebooks: python3 install execute %s --to DIR" % (notebook, notebook))
    environment = set_up(options)
    command = [environment.python, "-B", Path(__file__).with_name("run_notebooks.py"), "--timeout", options.timeout]
    command += ["--to", options.to] if options.to else []
    hand_over(command + ["--"] + options.notebooks, os.environ)


def jshell(options, rest):
    environment = Environment(options.venv)
    with alone(options.desk.lock), contextlib.redirect_stdout(sys.stderr):  # standard output is the session's own
        java = find_jdk(options)
        jar = find_library(options, java, [KernelSpec(environment.kernels)])
        folder = environment.share if environment.is_ours else options.desk.target
        imports = folder / "imports.jsh"
        write(imports, jar.imports())
        native = find_native(options, java, folder / "native")
    # In a kernel the library does the last of these itself; here it would come too late.
    settings = [*java.quiet, *openblas.options(native), "-Dslf4j.internal.verbosity=ERROR"]
    threads = options.threads or os.environ.get(openblas.THREADS, 1)
    hand_over([java.jshell, "--class-path", jar.jar, "--startup", "DEFAULT", "--startup", imports,
               *["-R" + setting for setting in settings], *rest],
              dict(os.environ, **{openblas.THREADS: str(threads)}))


def benchmarks(options):
    environment = Environment(ROOT / ".venv-bench")
    with alone(options.desk.lock):
        java = find_jdk(options)
        options.desk.remember("environments", environment.folder)
        bench.make(environment, options.desk.log)
    bench.compare(ROOT, java, environment, options.threads or 1, options.desk.log)  # sets up too, and so takes the lock


def soak(options):
    environment = set_up(options)
    hand_over([environment.python, "-B", Path(__file__).with_name("soak.py"), environment.kernels, options.cells],
              os.environ)


def kernel(options):
    kernels = user_kernels() if options.user else prefix_kernels(options.prefix or sys.prefix)
    spec, environment = KernelSpec(kernels), Environment(options.venv)
    with alone(options.desk.lock):
        java = find_jdk(options)
        jar = find_library(options, java, [spec, KernelSpec(environment.kernels)])
        options.desk.remember("kernels", spec.folder)
        install(spec, options, java, jar, environment, spec.folder / "native")


def uninstall(options):
    removed = []
    with alone(options.desk.lock):
        record = {kind: [ROOT / path for path in paths] for kind, paths in options.desk.remembered().items()}
        environments = [Environment(options.venv)]
        everything = environments[0].folder == ROOT / ".venv" or options.desk.folder != ROOT
        if everything:
            environments += map(Environment, record["environments"])
        kernels = [KernelSpec(folder.parent) for folder in record["kernels"]] if everything else []
        warn_of_running([each.folder for each in [*environments, *kernels] if each.is_ours])
        for environment in environments:
            if environment.is_ours:
                environment.remove()
                removed.append(environment.folder)
        for spec in kernels:
            if spec.is_ours:
                spec.remove()
                removed.append(spec.folder)
        if everything:
            removed += options.desk.clear()
    options.desk.free(record["parents"])
    for path in removed:
        say("removed %s" % shown(path))
    say("%skernel-ext/target is Maven's: mvn clean removes it" % ("" if removed else "nothing to remove; "))


def warn_of_running(folders):
    numbers = running.running_from(folders)
    if numbers:
        say("still running from what is removed here: process %s; end JupyterLab and its kernels"
            % ", ".join(map(str, numbers)))


def find_jdk(options):
    java, remark = jdk.find(options.jdk)
    say("JDK %s%s" % (java, remark))
    return java


def find_library(options, java, specs):
    if options.jar:
        return library.named(options.jar)
    return library.up_to_date(ROOT, java, options.desk.log, [spec.library() for spec in specs], options.desk.workshop)


def find_native(options, java, folder):
    return None if options.no_native else openblas.up_to_date(folder, ROOT, java, options.desk.log)


def install(spec, options, java, jar, environment, native_folder):
    jvm_options = None if options.jvm_option is None else list(filter(None, options.jvm_option))
    native = find_native(options, java, native_folder)

    def make_archive(option):
        program = Path(__file__).with_name("train.py")
        return environment.is_ready and run([environment.python, "-B", program, spec.folder.parent, option],
                                            options.desk.log)
    wrote = spec.install(java, jar, jjava_version(), lambda: environment.read_jjava(options.desk.log), jvm_options,
                         native, options.threads, make_archive)
    say("kernel '%s': %s %s" % (NAME, "written to" if wrote else "ready in", shown(spec.folder)))


def cells(text):
    if not (text.isdigit() and int(text) >= 100):
        raise argparse.ArgumentTypeError("growth shows from 100 cells on, not in " + text)
    return int(text)


def threads(text):
    if not (text.isdigit() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError("a number of threads is 1 or more, not " + text)
    return int(text)


def command_line():
    """The parser. Options common to all commands may stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("options of all commands")
    group.add_argument("--jdk", metavar="PATH", help="the JDK to use (else JAVA_HOME, PATH, the usual folders)")
    group.add_argument("--jar", metavar="PATH", help="use this -all jar instead of building one with Maven")
    group.add_argument("--venv", metavar="DIR", help="the environment's folder (else .venv in the checkout)")
    group.add_argument("--jvm-option", metavar="OPTION", action="append",
                       help="an option for the kernel's JVM, as --jvm-option=-Xmx4g; may be repeated; kept in the "
                            "kernel until others are given (--jvm-option= clears them)")
    group.add_argument("--threads", type=threads, metavar="N",
                       help="how many threads multiply large matrices (1, which is steady also where other programs "
                            "run; kept in the kernel until another number is given)")
    group.add_argument("--no-native", action="store_true", help="leave OpenBLAS out: Java multiplies large matrices")
    shape = {"parents": [common], "allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
    parser = argparse.ArgumentParser(
        prog="python3 install", **shape,
        description="Sets Jacobean up: the environment .venv with JupyterLab and JJava, the library,\n"
                    "and the Jupyter kernel 'Java (Jacobean)'. Without a command: just that.\n"
                    "Running it again is quick and harmless.",
        epilog="example: python3 install lab\nA command's own help: python3 install execute --help")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def command(name, summary, example, details=""):
        return commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + "." + details,
                                   epilog="example: python3 install " + example, **shape)

    command("lab", "set up, then open JupyterLab on the first lesson", "lab --no-browser --port 8889",
            "\nAll other arguments go to jupyter lab.")
    run = command("execute", "set up, then run notebooks without a browser", "execute notebooks/*.ipynb --to target",
                  "\nAt the first error nothing is written, the failing cell is shown and the exit\n"
                  "code is 1. A cell tagged raises-exception may fail.")
    run.add_argument("notebooks", nargs="+", metavar="NOTEBOOK")
    run.add_argument("--to", metavar="DIR", help="write the executed notebooks there (else in place)")
    run.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="for each cell (600)")
    command("jshell", "start plain jshell with the library and its imports", "jshell experiment.jsh -R-Xmx4g",
            "\nNeeds no Python packages. All other arguments go to jshell.")
    where = command("kernel", "write only the kernel, into a Jupyter that is there already", "kernel --user")
    where = where.add_mutually_exclusive_group(required=True)
    where.add_argument("--user", action="store_true", help="for you, in every Jupyter of yours")
    where.add_argument("--sys-prefix", action="store_true", help="into the environment of the Python that runs this")
    where.add_argument("--prefix", metavar="P", help="into P/share/jupyter/kernels")
    command("bench", "run the benchmarks, and the same work in PyTorch", "bench --threads 2",
            "\nBuilds and sets up first; PyTorch goes into an environment of its own,\n.venv-bench.")
    many = command("soak", "set up, then see whether many cells in one kernel make it larger or slower", "soak --cells 300",
                   "\nTwo kernels take turns: with magics, and with the Java they stand for.\n"
                   "Exit code 1: ours grows faster.")
    many.add_argument("--cells", type=cells, default=2000, metavar="N", help="how many in each (2000; five minutes)")
    command("uninstall", "remove the environment and the kernels that this program made", "uninstall",
            "\nWith --venv DIR: only that environment.")
    return parser


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a path may hold letters that the console lacks
    if os.environ.get("LC_ALL") in ("C", "POSIX"):
        os.environ["LC_ALL"] = "C.UTF-8"  # else Java finds no file whose path holds a letter beyond ASCII
    parser = command_line()
    start = argparse.Namespace(command=None, jdk=None, jar=None, venv=str(ROOT / ".venv"), jvm_option=None,
                               threads=None, no_native=False)
    options, rest = parser.parse_known_args(arguments, start)
    passes_on = {"lab": lab, "jshell": jshell}
    plain = {None: set_up, "execute": execute, "kernel": kernel, "bench": benchmarks, "soak": soak,
             "uninstall": uninstall}
    try:
        if rest and options.command not in passes_on:
            parser.error("unknown: " + " ".join(rest))
        options.desk = Desk(options.venv)
        if options.command in passes_on:
            passes_on[options.command](options, rest)
            return 0
        plain[options.command](options)
        return 0
    except Failure as failure:
        if failure.log:
            for line in last_output(failure.log).splitlines()[-15:]:
                print("    " + line, file=sys.stderr)
        print(failure, file=sys.stderr)
    except OSError as error:
        print("The set-up could not go on: %s." % error, file=sys.stderr)
        if error.errno == errno.ENOSPC:
            print(FULL, file=sys.stderr)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            print("Name a folder that you may write to: --venv DIR, or for a kernel --prefix P.", file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted; run it again, and it goes on from there", file=sys.stderr)
        return 130
    return 1
