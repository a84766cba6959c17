package org.jacobean.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** jupyter_kernel_test, the tests that Jupyter has for any kernel, on JJava alone and on our kernelspec. */
class KernelTestsIT {

    private static final String PASSED = "passed";

    private static final Map<String, String> ANSWERED = Map.of(
            "completion", PASSED,
            "display_data", PASSED,
            "error", PASSED,
            "execute_result", PASSED,
            "execute_stderr", PASSED,
            "execute_stdout", PASSED,
            "is_complete", PASSED);

    @Test
    void whateverJJavaPassesOursPasses() throws IOException {
        Map<String, String> environment = new HashMap<>(Clients.environment());
        // JJava's own kernelspec starts the java that comes first.
        environment.put("PATH", Project.java().getParent() + File.pathSeparator + System.getenv("PATH"));
        String said = Clients.run(
                "kernel-tests", environment, "kernel-ext/src/test/python/kernel_tests.py", "java", "jacobean");
        Map<String, SortedMap<String, String>> outcomes = new Gson()
                .fromJson(
                        said.substring(said.lastIndexOf("{\"java\"")),
                        new TypeToken<Map<String, SortedMap<String, String>>>() {}.getType());
        SortedMap<String, String> bare = outcomes.get("java");
        SortedMap<String, String> ours = outcomes.get("jacobean");
        System.out.printf("%-16s%-40s%s%n", "", "JJava", "Java (Jacobean)");
        bare.forEach((test, outcome) -> System.out.printf("%-16s%-40s%s%n", test, outcome, ours.get(test)));
        List<String> worse = bare.keySet().stream()
                .filter(test -> bare.get(test).equals(PASSED) && !PASSED.equals(ours.get(test)))
                .map(test -> test + ": " + ours.get(test))
                .toList();
        assertEquals(List.of(), worse);
        Map<String, String> passed = new HashMap<>(ours);
        passed.values().removeIf(outcome -> !outcome.equals(PASSED));
        assertEquals(ANSWERED, passed);
    }
}
