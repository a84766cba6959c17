package org.jacobean.kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.List;
import org.jacobean.layer.Gradients;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a session keeps of a matrix once no variable of the person's holds it: nothing, whatever magics have shown of it. */
class KeptTest {

    private static final String DECLARED =
            """
            %matrix w = normal 300x200
            %linear layer = w
            %forward pass = layer x
            %backward grads = pass dLdf
            """;

    @Test
    void noMatrixIsHeldByWhatAMagicShowed() throws ReflectiveOperationException, InterruptedException {
        try (Notebook notebook = Notebook.open(rendered -> {})) {
            notebook.run("%matrix x = normal 1x300\n%matrix dLdf = normal 1x200");
            notebook.run(DECLARED);
            List<WeakReference<double[]>> numbers = List.of(
                    numbers((Matrix) notebook.value("w")), numbers(((Gradients) notebook.value("grads")).of("w")));
            for (String cell : List.of(
                    "%explain grads dL/dw[2,1]",
                    "%explain grads dL/dw",
                    "%check grads",
                    "%check grads dL/dw = w",
                    "%table grads x",
                    "%histogram w",
                    "%diagram grads",
                    "%shapes",
                    "show(grads)",
                    "show(\"step\", w)")) {
                notebook.run(cell);
            }
            assertThrows(Throwable.class, () -> notebook.run("%forward bad = layer w"));
            assertThrows(Throwable.class, () -> notebook.run("%matrix w = 1 x"));
            assertEquals(300, ((Matrix) notebook.value("w")).rows());
            notebook.run(DECLARED.replace("300x200", "300x200 seed 2"));
            for (int i = 0; i < 50 && numbers.stream().anyMatch(its -> its.get() != null); i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertEquals(0, numbers.stream().filter(its -> its.get() != null).count());
        }
    }

    private static WeakReference<double[]> numbers(Matrix matrix) throws ReflectiveOperationException {
        Field entries = Matrix.class.getDeclaredField("entries");
        entries.setAccessible(true);
        return new WeakReference<>((double[]) entries.get(matrix));
    }
}
