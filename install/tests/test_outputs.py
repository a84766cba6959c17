"""What an executed notebook keeps."""
import unittest

from support import INSTALL  # noqa: F401 (it puts the modules under test on the path)

import outputs


def stream(name, text):
    return {"output_type": "stream", "name": name, "text": text}


class OutputsTest(unittest.TestCase):
    def test_pieces_of_a_stream_are_joined(self):
        self.assertEqual([stream("stdout", "ab"), stream("stderr", "c"), stream("stdout", "d")],
                         outputs.joined([stream("stdout", "a"), stream("stdout", "b"), stream("stderr", "c"),
                                         stream("stdout", "d")]))

    def test_frames_go_and_messages_stay(self):
        red = "\x1b[1m\x1b[31m%s\x1b[0m"
        kept = ["java.lang.IllegalArgumentException: shapes do not fit", "  at  row 2 (of 3)", "... 3 more rows",
                "Caused by: java.io.IOException: no file", "|   int x = \"a\";", ""]
        frames = ["\tat .(#15:1)", "\tat java.base/java.util.List.of(List.java:10)", "\t... 12 more",
                  "\t\tat REPL.$JShell$12.do_it$($JShell$12.java:5)", "\tat a.B.<init>(B.java:2) ~[b.jar:1]",
                  "\tat a.B$$Lambda/0x00007f.run(Unknown Source)"]
        self.assertEqual([red % line for line in kept], outputs.without_frames([red % line for line in kept + frames]))
        error = {"output_type": "error", "ename": "E", "evalue": "v",
                 "traceback": [red % line for line in frames + kept]}
        self.assertEqual("\n".join(kept).strip(), outputs.error_text([stream("stdout", "x"), error]))

    def test_stable(self):
        notebook = {"metadata": {"title": "T", "kernelspec": {"name": "java"},
                                 "language_info": {"name": "Java", "version": "17.0.15", "pygments_lexer": "java"}},
                    "cells": [{"cell_type": "markdown", "source": "x"},
                              {"cell_type": "code", "outputs": [stream("stdout", "a"), stream("stdout", "b")]}]}
        self.assertEqual(
            {"metadata": {"title": "T", "language_info": {"name": "Java", "pygments_lexer": "java"},
                          "kernelspec": {"name": "jacobean", "display_name": "Java (Jacobean)", "language": "java"}},
             "cells": [{"cell_type": "markdown", "source": "x"},
                       {"cell_type": "code", "outputs": [stream("stdout", "ab")]}]}, outputs.stable(notebook))


if __name__ == "__main__":
    unittest.main()
