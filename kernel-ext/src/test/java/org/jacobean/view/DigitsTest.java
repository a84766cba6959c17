package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    /** Numbers that stand together, 4 significant digits, and how they must read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1 2 3                     | 1 2 3
            0.1 0.2 -0.5              | 0.1 0.2 -0.5
            -0.79 1.18                | -0.79 1.18
            0.01 -0.02                | 0.01 -0.02
            1 0.5                     | 1.0 0.5
            3.14159265 2.71828        | 3.142 2.718
            1234.5678                 | 1235
            12345.6 1.5               | 12345.6 1.5
            999.96 1                  | 1000 1
            9999999 1                 | 9999999 1
            10000000 1                | 1e7 1e0
            12345678 0                | 1.235e7 0
            0.00012345                | 0.0001234
            0.000099994               | 9.999e-5
            0.00009999999             | 0.0001
            1 0.000123                | 1.00000 0.00012
            1 0.0000123               | 1.000000 0.000012
            1 0.00000123              | 1.00e0 1.23e-6
            0 0                       | 0 0
            -0.0                      | 0
            NaN 0.25 Infinity -Infinity | NaN 0.25 ∞ -∞
            NaN                       | NaN
            4.9e-324                  | 4.941e-324
            1.7976931348623157e308    | 1.798e308
            """)
    void numbersShareTheirDigits(String numbers, String expected) {
        double[] values = Arrays.stream(numbers.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Digits digits = Digits.of(values, 4, 2, 1e7);
        assertEquals(
                expected.strip(), Arrays.stream(values).mapToObj(digits::format).collect(Collectors.joining(" ")));
    }

    @Test
    void oneSignificantDigitIsTheLeast() {
        assertEquals("0.1", Digits.of(new double[] {0.123}, 1, 1, 1e7).format(0.123));
    }

    @Test
    void seventeenDigitsShowADoubleWhole() {
        assertEquals(
                "0.10000000000000001", Digits.of(new double[] {0.1}, 17, 2, 1e7).format(0.1));
    }
}
