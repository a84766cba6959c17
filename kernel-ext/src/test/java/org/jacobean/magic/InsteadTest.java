package org.jacobean.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jacobean.generated.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told who typed something else than the magics take: each time with the line to type instead. */
class InsteadTest {

    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        for (String matrix : new String[] {"x", "w", "b", "y", "g", "m"}) {
            VARIABLES.put(matrix, "Matrix");
        }
        VARIABLES.put("layer", "Linear");
        VARIABLES.put("layer1", "Linear");
        VARIABLES.put("layer2", "Linear");
        VARIABLES.put("pass", "Forward");
        VARIABLES.put("net", "Network");
        VARIABLES.put("grads", "Gradients");
        VARIABLES.put("t", "Table");
    }

    @ParameterizedTest(name = "%{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            # Java in the place of a variable
            forward pass = layer x.transpose()  | %forward: 'x.transpose()' is Java, where a Matrix is expected; write Matrix m2 = x.transpose(); first, and then %forward pass = layer m2
            forward pass = layer x.T            | %forward: 'x.transpose()' is Java, where a Matrix is expected; write Matrix m2 = x.transpose(); first, and then %forward pass = layer m2
            forward pass = layer x.plus( y )    | %forward: 'x.plus( y )' is Java, where a Matrix is expected; write Matrix m2 = x.plus( y ); first, and then %forward pass = layer m2
            forward pass = net.layer(1) x       | %forward: 'net.layer(1)' is Java, where a layer or a network is expected; write var v = net.layer(1); first, and then %forward pass = v x
            backward grads = pass y.scale(2)    | %backward: 'y.scale(2)' is Java, where a Matrix is expected; write Matrix m2 = y.scale(2); first, and then %backward grads = pass m2
            linear layer = new Linear(w, b)     | %linear: 'new Linear(w, b)' is Java; write var layer = new Linear(w, b);
            table grads.of("w")                 | %table: 'grads.of("w")' is Java, where a matrix, a layer, a pass, gradients, a Jacobian, a check or contributions is expected; write Matrix m2 = grads.of("w"); first, and then %table m2
            forward pass = layer grads.of(x ).scale(2) | %forward: 'grads.of("x").scale(2)' is Java, where a Matrix is expected; write Matrix m2 = grads.of("x").scale(2); first, and then %forward pass = layer m2
            check grads dL/dw = grads.of(w )    | %check: right of = stands a variable or numbers in brackets, not the call 'grads.of("w")'; write Matrix m2 = grads.of("w"); first, and then %check grads dL/dw = m2
            chart t.where(s) a b                | %chart: 't.where(s)' is Java, where a Table is expected; write var v = t.where(s); first, and then %chart v a b
            network net = layer1 new Relu() layer2 | %network: a word will do for 'new Relu()': %network net = layer1 relu layer2
            network net = layer1 nn.ReLU() layer2 | %network: a word will do for 'nn.ReLU()': %network net = layer1 relu layer2
            loss l = pass new CrossEntropy() y  | %loss: a word will do for 'new CrossEntropy()': %loss l = pass cross-entropy y
            histogram dL/dw                     | %histogram: a gradient is taken out of its gradients first; write Matrix m2 = grads.of("dL/dw"); and then %histogram m2
            matrix q = w.transpose()            | %matrix: 'w.transpose()' is Java; write Matrix q = w.transpose();
            matrix q = w.T                      | %matrix: 'w.T' is Java; write Matrix q = w.transpose();
            matrix q = w                        | %matrix: w is a variable; write Matrix q = w;
            # What parts operands
            linear layer = w, b                 | %linear: operands are parted by blanks alone: %linear layer = w b
            forward --help2 pass = layer x      | %forward has no option --help2; it has --help
            network net = layer1 -> relu -> layer2 | %network: operands are parted by blanks alone: %network net = layer1 relu layer2
            network net = layer1->relu → layer2 | %network: operands are parted by blanks alone: %network net = layer1 relu layer2
            network net = layer1, relu, layer2, | %network: operands are parted by blanks alone: %network net = layer1 relu layer2
            table grads, w                      | %table: operands are parted by blanks alone: %table grads w
            check grads, dL/dw = g              | %check: operands are parted by blanks alone: %check grads dL/dw = g
            explain --rows grads, dL/dw[2,1]    | %explain: operands are parted by blanks alone: %explain --rows grads dL/dw[2,1]
            forward pass = layer "x"            | %forward: operands stand without quotes: %forward pass = layer x
            forward pass = layer 1 2 3          | %forward: numbers stand in brackets: %forward pass = layer [1 2 3]
            check grads dL/dw = 1 2; 3 4        | %check: numbers stand in brackets: %check grads dL/dw = [1 2; 3 4]
            table [1 2; 3 4]                    | %table: numbers in brackets have no name here; write %matrix m2 = [1 2; 3 4] first, and then %table m2
            # The = that was forgotten
            matrix w 1 2; 3 4                   | %matrix: behind the name of a variable stands =: %matrix w = 1 2; 3 4
            matrix w normal 3x2                 | %matrix: behind the name of a variable stands =: %matrix w = normal 3x2
            vector x 1 2 3                      | %vector: behind the name of a variable stands =: %vector x = 1 2 3
            linear l w b                        | %linear: behind the name of a variable stands =: %linear l = w b
            linear layer w b                    | %linear: behind the name of a variable stands =: %linear layer = w b
            linear l w                          | %linear: behind the name of a variable stands =: %linear l = w
            linear l he 3x2                     | %linear: behind the name of a variable stands =: %linear l = he 3x2
            network q layer1 relu               | %network: behind the name of a variable stands =: %network q = layer1 relu
            forward pass layer x                | %forward: behind the name of a variable stands =: %forward pass = layer x
            loss l pass mse y                   | %loss: behind the name of a variable stands =: %loss l = pass mse y
            explain e grads dL/dw[2,1]          | %explain: behind the name of a variable stands =: %explain e = grads dL/dw[2,1]
            check c grads                       | %check: behind the name of a variable stands =: %check c = grads
            check grads dL/dw g                 | %check: between the name of a gradient and one of yours stands =: %check grads dL/dw = g
            table t grads                       | %table: behind the name of a variable stands =: %table t = grads
            flow grads w                        | %flow takes gradients or a pass, as in %flow grads, not 'grads w'
            forward = layer x                   | %forward: left of = stands the name of a variable: %forward pass = layer x
            explain = grads                     | %explain: left of = stands the name of a variable: %explain v = grads
            # Calls, sums and lists of other languages
            forward p = net(x)                  | %forward: operands are parted by blanks alone: %forward p = net x
            loss l = mse(pass, y)               | %loss: operands are parted by blanks alone: %loss l = mse pass y
            forward p = layer.forward(x)        | %forward: 'layer.forward(x)' is Java; write var p = layer.forward(x);
            linear l = w + b                    | %linear: operands are parted by blanks alone: %linear l = w b
            linear l = w*x + b                  | %linear takes weights, and biases if it has them, as in %linear layer = w b, not 'w*x + b'
            linear l = Linear.he(784, 50, 1)    | %linear: weights are drawn by he or glorot, as in %linear l = he 784x50 seed 1
            linear l = 784 50                   | %linear: weights are drawn by he or glorot, as in %linear l = he 784x50
            network n = [layer1, relu, layer2]  | %network: layers stand without brackets: %network n = layer1 relu layer2
            network n = layer1 relu(layer2)     | %network: 'relu(layer2)' is a call, where a layer is expected; if relu is a method of yours, write var v = relu(layer2); first, and then %network n = layer1 v
            linear l = nn.Linear(3, 2)          | %linear: 'nn.Linear(3, 2)' is no variable, where a Matrix is expected, as in %linear layer = w b
            network n = nn.Sequential(layer1, relu) | %network: 'nn.Sequential(layer1, relu)' is no variable, where a layer is expected, as in %network net = layer1 relu layer2
            vector v = arange(5)                | %vector: 'arange(5)' is a call; if arange is a method of yours, write Matrix v = arange(5);
            vector v = np.arange(5)             | %vector: 'np.arange' is no number, and none of the words normal, uniform, zeros, ones; see %vector --help
            matrix q = w.t                      | %matrix: 'w.t' is Java; write Matrix q = w.transpose();
            matrix q = array([[1, 2],           | %matrix: a bracket is not closed in this line; what goes over several lines stands below %%matrix q
            matrix q = [[1, 2],                 | %matrix: a bracket is not closed in this line; what goes over several lines stands below %%matrix q
            check grads dL/dw[1,1] = 0.3        | %check: numbers stand in brackets: %check grads dL/dw[1,1] = [0.3]
            matrix q = w * 2                    | %matrix: w is a variable, and what is computed is Java, such as Matrix q = w.scale(2); or w.plus(w);
            matrix q = data/w.csv               | %matrix: before a file stands csv: %matrix q = csv data/w.csv
            vector q = "x.csv"                  | %vector: before a file stands csv: %matrix q = csv "x.csv"
            matrix q := 1 2                     | %matrix: behind the name of a variable stands =: %matrix q = 1 2
            matrix q: 1 2; 3 4                  | %matrix: behind the name of a variable stands =: %matrix q = 1 2; 3 4
            forward p == layer x                | %forward: behind the name of a variable stands =: %forward p = layer x
            matrix my w = 1 2                   | %matrix: the name of a variable has no blanks: %matrix my_w = 1 2
            matrix q = zeros 3 by 2             | %matrix: between the two sizes stands an x: %matrix q = zeros 3x2
            matrix q = normal 3x2 std 2         | %matrix: 'std 2' means nothing behind normal 3x2; what may follow the size is seed S and scale F; did you mean %matrix q = normal 3x2 scale 2?
            explain grads dL/dw 2 1             | %explain: an element's row and column stand in brackets, parted by a comma: %explain grads dL/dw[2,1]
            explain grads dL/dw[2,1] rows       | %explain: an option begins with two dashes: --rows
            table grads dL/dw[1,1]              | %table shows all of a gradient: %table grads dL/dw; one element is explained: %explain grads dL/dw[1,1]
            jacobian pass dL/dx                 | %jacobian: what f is differentiated with respect to is named alone: %jacobian pass x
            # The order
            loss l = mse pass y                 | %loss: before the loss stands the pass: %loss l = pass mse y
            forward pass = x layer              | %forward: the operands stand the other way round: %forward pass = layer x
            backward grads = g pass             | %backward: the operands stand the other way round: %backward grads = pass g
            table w grads                       | %table: the operands stand the other way round: %table grads w
            table dL/dw grads                   | %table: the operands stand the other way round: %table grads dL/dw
            jacobian q pass                     | %jacobian: the operands stand the other way round: %jacobian pass q
            explain f[1] pass                   | %explain: the operands stand the other way round: %explain pass f[1]
            loss l = pass y mse                 | %loss: before y stands the loss: %loss l = pass mse y
            # What an element is of
            explain f[1]                        | %explain: before f[1] stands the pass that has it: %explain pass f[1]
            explain f                           | %explain: before f stands the pass that has it: %explain pass f
            explain dL/dw[2,1] --rows           | %explain: before dL/dw[2,1] stand the gradients that have it: %explain --rows grads dL/dw[2,1]
            explain w[2,1]                      | %explain: before w[2,1] stand the gradients that have it: %explain grads w[2,1]
            check dL/dw = g                     | %check: before dL/dw stand the gradients that have it: %check grads dL/dw = g
            check dL/dw                         | %check: before dL/dw stand the gradients that have it: %check grads dL/dw = mine
            table dL/dw                         | %table: before dL/dw stand the gradients that have it: %table grads dL/dw
            explain grads dL/dw(2,1)            | %explain: an element's row and column stand in brackets, parted by a comma: %explain grads dL/dw[2,1]
            explain grads dL/dw[2][1]           | %explain: an element's row and column stand in brackets, parted by a comma: %explain grads dL/dw[2,1]
            explain grads dL/dw[2 1]            | %explain: an element's row and column stand in brackets, parted by a comma: %explain grads dL/dw[2,1]
            explain pass f(1)                   | %explain: an element's row and column stand in brackets, parted by a comma: %explain pass f[1]
            # Words that are nearly right, or another library's
            matrix w = gaussian 3x2             | %matrix: there is no gaussian; did you mean %matrix w = normal 3x2?
            matrix w = randn 3x2 seed 1         | %matrix: there is no randn; did you mean %matrix w = normal 3x2 seed 1?
            matrix w = zeroes 3x2               | %matrix: there is no zeroes; did you mean %matrix w = zeros 3x2?
            matrix w = np.zeros((3, 2))         | %matrix: there is no np.zeros; did you mean %matrix w = zeros 3x2?
            matrix w = zeros(3, 2)              | %matrix: behind zeros stand no brackets; did you mean %matrix w = zeros 3x2?
            matrix w = eye(3)                   | %matrix: there is no eye; did you mean %matrix w = identity 3?
            vector x = randn 3                  | %vector: there is no randn; did you mean %vector x = normal 3?
            matrix w = xavier 3x2               | %matrix: 'xavier' is no number, and none of the words normal, uniform, zeros, ones, identity, csv; a layer has such weights: %linear layer = glorot 3x2
            vector x = foo                      | %vector: 'foo' is no number, and none of the words normal, uniform, zeros, ones; see %vector --help
            matrix w = normal 3x2 sead 4        | %matrix: 'sead 4' means nothing behind normal 3x2; what may follow the size is seed S and scale F; did you mean %matrix w = normal 3x2 seed 4?
            matrix w = normal 3x2 foo           | %matrix: 'foo' means nothing behind normal 3x2; what may follow the size is seed S and scale F
            matrix w = normal 3, 2 seed 4       | %matrix: between the two sizes stands an x: %matrix w = normal 3x2 seed 4
            linear layer = he 784 50 seed 1     | %linear: between the two sizes stands an x: %linear layer = he 784x50 seed 1
            linear layer = xavier 3x2 seed 1    | %linear: weights are drawn by he or glorot, not xavier; did you mean %linear layer = glorot 3x2 seed 1?
            linear layer = normal 3x2           | %linear: weights are drawn by he or glorot, not normal; write %matrix w = normal 3x2 first, and then %linear layer = w
            vector x = 1;2;3                    | %vector: a vector has one row, and this has 3; write %matrix x = 1;2;3, or for one row %vector x = 1 2 3
            loss l = pass cross entropy y       | %loss: a loss is one word: %loss l = pass cross-entropy y
            explain grads dL/dw --row           | %explain has no option --row; it has --rows, --convention and --help; did you mean --rows?
            matrix w = normal 3x2 --seed 4      | %matrix has no option --seed; it has --help; seed stands without dashes
            explain grads dL/dw -rows           | %explain: an option begins with two dashes: --rows
            explain grads dL/dw —rows           | %explain: an option begins with two dashes: --rows
            forwrad pass = layer x              | there is no %forwrad; %help lists the magics; did you mean %forward?
            """)
    void theLineToTypeInstead(String line, String message) {
        assertEquals(
                message.strip(),
                assertThrows(MagicException.class, () -> expand(line, VARIABLES))
                        .getMessage());
    }

    @Test
    void ofSeveralPassesTheLastIsProposedAndWhereThereIsNoneThatIsSaid() {
        Map<String, String> two = new LinkedHashMap<>(VARIABLES);
        two.put("run", "NetworkPass");
        assertEquals(
                "%explain: before f[1] stands the pass that has it: %explain run f[1]; what is a pass here: pass, run",
                assertThrows(MagicException.class, () -> expand("explain f[1]", two))
                        .getMessage());
        assertEquals(
                "%explain: before f[1] stands the pass that has it: %explain pass f[1]; nothing here is a pass yet:"
                        + " begin with %forward pass = layer x",
                assertThrows(MagicException.class, () -> expand("explain f[1]", Map.of()))
                        .getMessage());
        assertEquals(
                "%check: before dL/dw stand the gradients that have it: %check grads dL/dw = g; nothing here is"
                        + " Gradients yet: begin with %backward grads = pass dLdf",
                assertThrows(MagicException.class, () -> expand("check dL/dw = g", Map.of()))
                        .getMessage());
    }

    /** What looks like a mistake, and is none. */
    @Test
    void whatIsMeantAsItStands() {
        assertEquals("layr.forward(x)", expand("forward layr x", VARIABLES));
        assertEquals("Network.of(layr, layer2)", expand("network layr layer2", VARIABLES));
        assertEquals("new Linear(ww, b)", expand("linear ww b", Map.of("w1", "Matrix", "ww", "Matrix", "b", "Matrix")));
        assertEquals("Explanation.of(grads, \"dL/dw [2, 1]\")", expand("explain grads dL/dw [2, 1]", VARIABLES));
        assertEquals("Matrix.normal(3, 2, 4)", expand("matrix normal 3x2 seed=4", VARIABLES));
        assertEquals("Matrix.parse(\"nan\")", expand("matrix nan", VARIABLES));
        assertEquals("Matrix.parse(\"1.e5 2\")", expand("matrix 1.e5 2", VARIABLES));
        assertEquals("pass.loss(l, mse)", expand("loss pass l mse", Map.of("mse", "Matrix", "l", "MeanSquaredError")));
    }

    /** Each repetition must not be a step of Java's stack. */
    @Test
    void aVeryLongWordIsAnsweredToo() throws Exception {
        for (String line : new String[] {"matrix w = ", "forward pass = layer ", "check grads dL/dw = ", "network "}) {
            for (String word : new String[] {"a.", "a(", "a ", ",", "->", "a=", "1;a"}) {
                String text = line + word.repeat(20_000 / word.length()) + "b";
                Refusal.orValue(() -> expand(text, VARIABLES));
            }
        }
    }

    // Pasted text

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            1;2;3⏎4;5;6                | 1, 2, 3; 4, 5, 6
            1;2;3;⏎4;5;6;              | 1, 2, 3; 4, 5, 6
            1 ; 2⏎# a;b⏎⏎3;4 # c;d     | 1, 2; 3, 4
            1;2;3⏎4 5 6                | 1, 2, 3; 4 5 6
            1;;3⏎4;5;6                 | row 1, entry 2: the entry is empty; write nan for a missing number
            1;2;3⏎4;5                  | row 2 has 2 entries, row 1 has 3; every row of a matrix has as many entries as the first
            1 2; 3 4                   | 1 2; 3 4
            1, 2; 3, 4⏎5, 6            | 1 2; 3 4; 5 6
            1;⏎2;⏎3;                   | 1; 2; 3
            1;2;3                      | %%matrix: line 1 may be one row or several: '1;2;3'; write 1 2 3 for one row, and for several a line each
            # so⏎1;2;3⏎4 5             | %%matrix: line 2 may be one row or several: '1;2;3'; write 1 2 3 for one row, and for several a line each
            1;2⏎3 4; 5 6               | %%matrix: line 1 may be one row or several: '1;2'; write 1 2 for one row, and for several a line each
            1,5;2,5⏎3,5;4,5            | %%matrix: line 1 may hold decimal commas: '1,5;2,5'; write 1.5 2.5 for one row, and for several a line each, such as 1 5
            1;2⏎3;-4,5                 | %%matrix: line 2 may hold decimal commas: '3;-4,5'; write 3 -4.5 for one row, and for several a line each, such as 3
            1,2,3⏎4,5,6                | 1 2 3; 4 5 6
            1⇥2⇥3⏎4⇥5⇥6                | 1 2 3; 4 5 6
            [[1, 2], [3, 4]]           | 1.0 2.0; 3.0 4.0
            array([[1., 2.],⏎       [3., 4.]]) | 1.0 2.0; 3.0 4.0
            tensor([[1., 2.],⏎        [3., 4.]], requires_grad=True) | 1.0 2.0; 3.0 4.0
            """)
    void aCellOfSemicolons(String body, String rows) {
        String text = body.replace('⏎', '\n').replace('⇥', '\t');
        String expected = rows.strip();
        String actual;
        try {
            actual = Magics.expandCell("matrix", "", text).java();
        } catch (IllegalArgumentException e) {
            actual = e.getMessage();
        }
        assertEquals(
                expected.matches("[\\d;, .]+") ? "Matrix.parse(\"" + expected.replace(",", "") + "\")" : expected,
                actual);
    }

    @Test
    void anOperandMayBePastedToo() {
        assertEquals(
                "Forward pass = layer.forward(Matrix.parse(\"array([1, 2, 3])\"));",
                expand("forward pass = layer array([1, 2, 3])", VARIABLES));
    }

    private static String expand(String line, Map<String, String> variables) {
        String[] parts = line.split("\\s+", 2);
        return Magics.expand(parts[0], parts[1], variables).java();
    }
}
