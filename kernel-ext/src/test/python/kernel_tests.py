"""Runs jupyter_kernel_test on the kernels that are named: one line of JSON, kernel → test → "passed" or why not.

    python kernel_tests.py java jacobean
"""
import io
import json
import sys
import unittest

from jupyter_kernel_test import KernelTests


class JavaTests(KernelTests):
    language_name = "Java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [{"text": "Sys", "matches": {"System"}}, {"text": '"a".isBla', "matches": {"isBlank()"}}]
    complete_code_samples = ["int i = 1;", "1 + 1", "void f() { }"]
    incomplete_code_samples = ["void f() {", "int j ="]  # JJava calls nothing invalid
    code_generate_error = "int[] none = {}; none[1]"
    code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": '"a" + 1', "result": "a1"}]
    code_display_data = [{"code": 'display("<b>bold</b>", "text/html");', "mime": "text/html"}]
    code_inspect_sample = "String"
    supported_history_operations = ("tail",)

    def history_helper(self, execute_first, timeout=3, **arguments):
        return super().history_helper(execute_first, timeout, **arguments)


def reason(text):
    """The last line of a traceback: the exception's, without its module."""
    return text.strip().splitlines()[-1].rsplit(".", 1)[-1]


def outcomes(kernel):
    case = type("JavaTests", (JavaTests,), {"kernel_name": kernel})
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    names = sorted(test.id().rsplit(".test_", 1)[1] for test in tests)
    result = unittest.TextTestRunner(stream=io.StringIO()).run(tests)
    outcome = dict.fromkeys(names, "passed")
    for test, why in result.skipped:
        outcome[getattr(test, "test_case", test).id().rsplit(".test_", 1)[1]] = "left out: " + why
    for test, text in result.failures + result.errors:
        if not hasattr(test, "id") or ".test_" not in getattr(test, "test_case", test).id():
            raise SystemExit("%s: the kernel did not start\n%s" % (kernel, text))
        outcome[getattr(test, "test_case", test).id().rsplit(".test_", 1)[1]] = "failed: " + reason(text)
    return outcome


if __name__ == "__main__":
    print(json.dumps({kernel: outcomes(kernel) for kernel in sys.argv[1:]}))
