"""What an executed notebook keeps: all that the next run, on another day and another JDK, would write again."""
import re

from kernelspec import DISPLAY_NAME, NAME

KERNEL = {"display_name": DISPLAY_NAME, "language": "java", "name": NAME}
LANGUAGE_KEYS = ("codemirror_mode", "file_extension", "mimetype", "name", "pygments_lexer")  # not: version
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"\t+(at [^\s(]+\([^()]*\).*|\.\.\. \d+ more)")  # as java.lang.Throwable prints them


def stable(notebook):
    """The notebook itself, with its metadata and outputs reduced to what is always the same."""
    language = notebook["metadata"].get("language_info", {})
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    notebook["metadata"]["language_info"] = {key: language[key] for key in LANGUAGE_KEYS if key in language}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = joined(cell["outputs"])
            for output in cell["outputs"]:
                if output["output_type"] == "error":
                    output["traceback"] = without_frames(output["traceback"])
    return notebook


def joined(outputs):
    """Pieces of one stream that follow each other become one: where the kernel cuts depends on the clock."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        if output["output_type"] == last.get("output_type") == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            result.append(output)
    return result


def without_frames(traceback):
    """A traceback's lines without the stack frames, which change with the JDK and the kernel and help no learner.

    What stays says what went wrong: exceptions, their messages and causes, a compiler's marks; colours too.
    """
    return [line for line in traceback if not FRAME.match(COLOUR.sub("", line))]


def error_text(outputs):
    """What a failed cell shows as its error, in plain letters."""
    lines = [line for output in outputs if output["output_type"] == "error"
             for line in without_frames(output["traceback"])]
    return COLOUR.sub("", "\n".join(lines)).strip()
