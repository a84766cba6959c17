package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a matrix may be written. */
class MatrixParseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 2; 3 4",
                "1 2;3 4",
                "  1   2 ;  3  4  ",
                "1 2; 3 4;",
                "1 2;; 3 4",
                ";1 2; 3 4",
                "1, 2; 3, 4",
                "1,2;3,4",
                "1 ,2;3 , 4",
                "1,2,;3,4,",
                "1\t2\n3\t4",
                "1\t2\r\n3\t4\r\n",
                "1 2\r3 4",
                "\n\n1 2\n\n3 4\n\n",
                "1,\t2\n3,\t4",
                "1\t,2\n3\t,\t4",
                "\t1\t2\n\t3\t4",
                "1\t2\t\n3\t4\t",
                "[1 2; 3 4]",
                "[ 1, 2 ; 3, 4 ]",
                "[1 2\n3 4]",
                "[1 2; 3 4];",
                "[1,\n2\n3,\n4]",
                "[[1, 2], [3, 4]]",
                "[[1 2] [3 4]]",
                "[[1,2],[3,4]]",
                "[[1, 2],\n [3, 4]]",
                "[\n  [1, 2],\n  [3, 4],\n]\n",
                "[[1,\n2], [3,\n4]]",
                "[[1 2]\n[3 4]]",
                "[[1 2; 3 4]]",
                "1 2 # the first row\n3 4 # the second",
                "# weights\n1 2\n# more\n3 4",
                "[[1, 2], # first\n [3, 4]] # done",
                "1 2#\n3 4",
                "2 × 2 [1 2; 3 4]",
                "  2 × 2 [1 2; 3 4]\n",
                "2 × 2 [[1, 2], [3, 4]]",
                "1\u00a02;\u00a03\u00a04",
                "1\u20032\n3 4",
                "1.0 2.;3e0 .4e1",
                "+1 20E-1; 0.3e+1 4",
                "[[1. 2.]\n [3. 4.]]",
                "array([[1., 2.],\n       [3., 4.]])",
                "np.array([[1, 2], [3, 4]], dtype=float32)\n",
                "tensor([[1.0000, 2.0000],\n        [3.0000, 4.0000]], device='cuda:0', grad_fn=<AddBackward0>)",
                "Parameter containing:\ntensor([[1., 2.],\n        [3., 4.]], requires_grad=True)",
                "01 02; 03 04",
                "2/2 4/2; -3/-1 1/.25",
            })
    void oneMatrixWrittenInManyWays(String text) {
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, Matrix.parse(text).toArray());
    }

    @Test
    void aVectorOrANumberOfNumPyIsOneRow() {
        assertArrayEquals(
                new double[][] {{1, 2, 3}}, Matrix.parse("array([1, 2, 3])").toArray());
        assertArrayEquals(
                new double[][] {{3.5}},
                Matrix.parse("tensor(3.5, grad_fn=<MeanBackward0>)").toArray());
        assertArrayEquals(new double[][] {{1, 2}}, Matrix.parse("tensor(1, 2)").toArray());
    }

    @Test
    void severalStringsAreSeveralRows() {
        assertArrayEquals(
                new double[][] {{1, 2}, {3, 4}}, Matrix.parse("1 2", "3 4").toArray());
        assertArrayEquals(
                new double[][] {{1, 2}, {3, 4}, {5, 6}},
                Matrix.parse("1 2; 3 4 # two", "5 6").toArray());
    }

    @Test
    void numbersAreReadAsJavaReadsThem() {
        assertArrayEquals(
                new double[][] {{0.1, -2e-3, 1e5, 5e-324, 1.7976931348623157e308, 1.0 / 3, -2.0 / 7}},
                Matrix.parse("0.1 -2e-3 1E5 5e-324 1.7976931348623157e308 1/3 -2/7")
                        .toArray());
    }

    @Test
    void theMinusSignOfTypesettersIsAMinus() {
        assertArrayEquals(
                new double[][] {{-1, -0.001, Double.NEGATIVE_INFINITY, -0.5}},
                Matrix.parse("\u22121 \u22121e\u22123 \u2212∞ \u22121/2").toArray());
    }

    @Test
    void nanAndInfinityHaveSeveralSpellings() {
        double nan = Double.NaN;
        double infinity = Double.POSITIVE_INFINITY;
        assertArrayEquals(
                new double[][] {
                    {nan, nan, nan},
                    {infinity, infinity, infinity},
                    {infinity, infinity, infinity},
                    {-infinity, -infinity, -infinity},
                    {nan, 0, -infinity}
                },
                Matrix.parse("nan NaN NAN; inf +inf Inf; Infinity +infinity ∞; -inf -Infinity -∞; inf/inf 1/inf -inf/2")
                        .toArray());
    }

    @Test
    void aThousandRowsMayStateTheirShapeWithOrWithoutAComma() {
        String rows = "[" + "7;".repeat(1000) + "]";
        double[][] expected = Matrix.ones(1000, 1).scale(7).toArray();
        assertArrayEquals(expected, Matrix.parse("1,000 × 1 " + rows).toArray());
        assertArrayEquals(expected, Matrix.parse("1000 × 1 " + rows).toArray());
    }

    @Test
    void minusZeroKeepsItsSign() {
        assertArrayEquals(
                new double[][] {{-0.0, 0.0, -0.0}}, Matrix.parse("-0 0 -0/2").toArray());
    }
}
