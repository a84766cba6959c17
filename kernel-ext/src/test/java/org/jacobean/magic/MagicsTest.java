package org.jacobean.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.magic.Expansion.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Magics as what they are: text in, Java out. The hosts' tests evaluate the same. */
class MagicsTest {

    @ParameterizedTest(name = "%{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            matrix w = 0.1 0.2; 0.3 0.4                | Matrix w = Matrix.parse("0.1 0.2; 0.3 0.4").named("w");
            matrix w=0.1 0.2                           | Matrix w = Matrix.parse("0.1 0.2").named("w");
            matrix w = 1 2; 3 4;                       | Matrix w = Matrix.parse("1 2; 3 4").named("w");
            matrix w = 1 2; 3 4; // the weights        | Matrix w = Matrix.parse("1 2; 3 4").named("w");
            matrix w = 1 2 // the weights              | Matrix w = Matrix.parse("1 2").named("w");
            matrix 1 2; 3 4                            | Matrix.parse("1 2; 3 4")
            matrix w = [[0.1, 0.2], [0.3, 0.4]]        | Matrix w = Matrix.parse("[[0.1, 0.2], [0.3, 0.4]]").named("w");
            matrix w = 1/3 -2e-3 nan; inf -inf .5      | Matrix w = Matrix.parse("1/3 -2e-3 nan; inf -inf .5").named("w");
            matrix w = normal 784x50 seed 42 scale 0.05 | Matrix w = Matrix.normal(784, 50, 42).scale(0.05).named("w");
            matrix w = normal 3 x 2                    | Matrix w = Matrix.normal(3, 2, 0).named("w");
            matrix w = normal 3×2 scale 1/3            | Matrix w = Matrix.normal(3, 2, 0).scale(0.3333333333333333).named("w");
            matrix w = uniform 3x2 seed 12345678901    | Matrix w = Matrix.uniform(3, 2, 12345678901L).named("w");
            matrix w = zeros 3x2                       | Matrix w = Matrix.zeros(3, 2).named("w");
            matrix w = ones 3x2 scale -1               | Matrix w = Matrix.ones(3, 2).scale(-1).named("w");
            matrix w = identity 3                      | Matrix w = Matrix.identity(3).named("w");
            matrix identity 3                          | Matrix.identity(3)
            matrix w = csv data/my file.csv            | Matrix w = Tables.readMatrix("data/my file.csv").named("w");
            matrix w = csv C:\\a"b.csv                 | Matrix w = Tables.readMatrix("C:\\\\a\\"b.csv").named("w");
            vector x = 1 2 3                           | Matrix x = Matrix.row(1, 2, 3).named("x");
            vector x = 1, 2.5, -3e2                    | Matrix x = Matrix.row(1, 2.5, -3e2).named("x");
            vector x = [1 2 3]                         | Matrix x = Matrix.row(1, 2, 3).named("x");
            vector x = 2                               | Matrix x = Matrix.row(2.0).named("x");
            vector x = 010 2                           | Matrix x = Matrix.parse("010 2").named("x");
            vector x = 12345678901 2                   | Matrix x = Matrix.parse("12345678901 2").named("x");
            vector x = 1/3 nan                         | Matrix x = Matrix.parse("1/3 nan").named("x");
            vector x = normal 784 seed 1               | Matrix x = Matrix.normal(1, 784, 1).named("x");
            vector x = zeros 3                         | Matrix x = Matrix.zeros(1, 3).named("x");
            linear layer = w b                         | Linear layer = new Linear(w, b);
            linear layer = w                           | Linear layer = new Linear(w);
            linear layer1 = he 784x50 seed 1           | Linear layer1 = Linear.he(784, 50, 1);
            linear he 784x50                           | Linear.he(784, 50, 0)
            linear layer = glorot 20 × 5 seed 3000000000 | Linear layer = Linear.glorot(20, 5, 3000000000L);
            linear layer = [1 2; 3 4] [5 6]            | Linear layer = new Linear(Matrix.parse("[1 2; 3 4]"), Matrix.row(5, 6));
            forward pass = layer x                     | Forward pass = layer.forward(x);
            forward pass = layer [1 2 3]               | Forward pass = layer.forward(Matrix.row(1, 2, 3));
            forward layer x                            | layer.forward(x)
            network net = layer1 relu layer2           | Network net = Network.of(layer1, new Relu(), layer2);
            network layer1 sigmoid layer2 tanh layer3 softmax | Network.of(layer1, new Sigmoid(), layer2, new Tanh(), layer3, new Softmax())
            loss loss = pass mse y                     | LossPass loss = pass.loss(new MeanSquaredError(), y);
            loss pass cross-entropy [0 2 1]            | pass.loss(new CrossEntropy(), Matrix.row(0, 2, 1))
            loss pass mine y                           | pass.loss(mine, y)
            backward grads = pass [1 -2]               | Gradients grads = pass.backward(Matrix.row(1, -2));
            backward grads = pass dLdf                 | Gradients grads = pass.backward(dLdf);
            jacobian pass x                            | Jacobian.of(pass, "x")
            jacobian J = pass x                        | Jacobian J = Jacobian.of(pass, "x");
            jacobian --nudge J = pass w                | Jacobian J = Jacobian.byNudging(pass, "w");
            jacobian pass x --nudge                    | Jacobian.byNudging(pass, "x")
            table grads w                              | Tables.of(grads.of("w"))
            table w                                    | Tables.of(w)
            table t = grads dL/dw                      | Table t = Tables.of(grads.of("dL/dw"));
            explain grads dL/dw[2,1]                   | Explanation.of(grads, "dL/dw[2,1]")
            explain e = grads dL/dw[2,1]               | Explanation e = Explanation.of(grads, "dL/dw[2,1]");
            explain grads dL/dw [2, 1]; // why         | Explanation.of(grads, "dL/dw [2, 1]")
            explain grads dL/dw                        | Explanation.of(grads, "dL/dw")
            explain grads w1[2,1]                      | Explanation.of(grads, "w1[2,1]")
            explain pass f[2]                          | Explanation.of(pass, "f[2]")
            explain grads                              | Explanation.of(grads)
            explain layer                              | Explanation.of(layer)
            explain grads dL/dw[2,1] --rows            | Contributions.of(grads, "dL/dw[2,1]")
            explain --rows c = grads dL/dw             | Contributions c = Contributions.of(grads, "dL/dw");
            explain layer --convention out-in          | Explanation.of(layer, Explanation.Convention.OUT_IN)
            explain layer --convention=out-in          | Explanation.of(layer, Explanation.Convention.OUT_IN)
            explain --convention out-in e = grads      | Explanation e = Explanation.of(grads, Explanation.Convention.OUT_IN);
            explain grads --convention in-out          | Explanation.of(grads, Explanation.Convention.IN_OUT)
            check grads                                | GradientCheck.of(grads, Display.progress("check"))
            check c = grads                            | GradientCheck c = GradientCheck.of(grads, Display.progress("check"));
            check --all grads                          | GradientCheck.all(grads, Display.progress("check"))
            check c = grads --all                      | GradientCheck c = GradientCheck.all(grads, Display.progress("check"));
            check grads dL/dw = mine                   | Diagnosis.of(grads, "dL/dw", mine)
            check d = grads dL/dw=mine                 | Diagnosis d = Diagnosis.of(grads, "dL/dw", mine);
            check grads w1 = [1 2; 3 4]                | Diagnosis.of(grads, "w1", Matrix.parse("[1 2; 3 4]"))
            flow grads                                 | Flow.of(grads)
            flow f = pass                              | Flow f = Flow.of(pass);
            shapes                                     | Inventory.of(java.util.Map.of())
            shapes s =                                 | Inventory s = Inventory.of(java.util.Map.of());
            chart t step loss                          | Chart.lines(t, "step", "loss")
            chart --log c = t step loss accuracy       | Chart c = Chart.lines(t, "step", "loss", "accuracy").log();
            chart t the step, loss "of" \\ , loss       | Chart.lines(t, "the step", "loss \\"of\\" \\\\", "loss")
            histogram w                                | Chart.histogram("w", w)
            histogram h = [1 2; 3 4]                   | Chart h = Chart.histogram("numbers", Matrix.parse("[1 2; 3 4]"));
            images x 8x8                               | Images.of(x, 8, 8)
            images i = x 28 × 14                       | Images i = Images.of(x, 28, 14);
            images --columns w1 8x8                    | Images.of(w1.transpose(), 8, 8)
            images [0 1 2 3] 2x2                       | Images.of(Matrix.row(0, 1, 2, 3), 2, 2)
            diagram net                                | Diagram.of(net)
            diagram d = grads                          | Diagram d = Diagram.of(grads);
            display                                    | Display.settings()
            display rows 20                            | Display.rows(20)
            display rows 20 columns 12 digits 4; // all | Display.rows(20).columns(12).digits(4)
            display digits 3 rows 20                   | Display.digits(3).rows(20)
            display default                            | Display.defaults()
            display default columns 40                 | Display.defaults().columns(40)
            """)
    void aMagicStandsForJava(String line, String java) {
        assertEquals(java.strip(), expand(line).java());
    }

    @Test
    void anExpansionNamesTheVariablesItNeeds() {
        assertEquals(
                List.of(new Use("layer", Kind.RUNNABLE), new Use("x", Kind.MATRIX)),
                expand("forward pass = layer x").uses());
        assertEquals(
                List.of(new Use("grads", Kind.GRADIENTS)),
                expand("table grads w").uses());
        assertEquals(
                List.of(new Use("grads", Kind.TABULAR)), expand("table grads").uses());
        assertEquals(List.of(), expand("matrix w = 1 2").uses());
        assertEquals(
                List.of(new Use("grads", Kind.GRADIENTS)),
                expand("explain grads dL / dw[2,1]").uses());
        assertEquals(
                List.of(new Use("pass", Kind.OF_ELEMENTS)),
                expand("explain pass f[2]").uses());
        assertEquals(
                List.of(new Use("layer", Kind.STORED)),
                expand("explain layer --convention out-in").uses());
        assertEquals(
                List.of(new Use("grads", Kind.GRADIENTS)),
                expand("explain grads dL/dw --rows").uses());
        assertEquals(
                List.of(new Use("grads", Kind.GRADIENTS), new Use("mine", Kind.MATRIX)),
                expand("check grads dL/dw = mine").uses());
    }

    @Test
    void someMagicsNameTheSessionsVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("x", "Matrix");
        variables.put("n", "int");
        variables.put("w", "org.jacobean.matrix.Matrix");
        variables.put("$1", "Matrix");
        variables.put("mine", "Matrix");
        variables.put("layer", "Linear");
        variables.put("grads", "Gradients");
        variables.put("t", "Table");
        assertEquals(
                "Inventory.of(\"x\", x, \"w\", w, \"mine\", mine, \"layer\", layer, \"grads\", grads)",
                Magics.expand("shapes", "", variables).java());
        assertEquals(
                "Diagnosis.of(grads, \"dL/dw\", mine).against(\"x\", x, \"w\", w)",
                Magics.expand("check", "grads dL/dw = mine", variables).java());
    }

    /** What was computed by hand may be an array. */
    @Test
    void numbersInQuestionMayStandInAnArray() {
        Map<String, String> variables = Map.of("a", "double[][]", "v", "double[]", "m", "Matrix");
        assertEquals(
                "Diagnosis.of(grads, \"dL/dw\", Matrix.of(a)).against(\"m\", m)",
                Magics.expand("check", "grads dL/dw = a", variables).java());
        assertEquals(
                "Diagnosis.of(grads, \"dL/db\", Matrix.row(v)).against(\"m\", m)",
                Magics.expand("check", "grads dL/db = v", variables).java());
        assertTrue(Kind.NUMBERS.accepts("double[][]"));
        assertFalse(Kind.NUMBERS.accepts("float[][]"));
        assertEquals(
                List.of(new Use("grads", Kind.GRADIENTS), new Use("a", Kind.NUMBERS)),
                Magics.expand("check", "grads dL/dw = a", variables).uses());
    }

    @Test
    void whatAMagicDeclaresGoesWithWhatItIsGiven() {
        Map<String, String> variables = Map.of(
                "net", "org.jacobean.layer.Network", "run", "NetworkPass", "all", "NetworkGradients", "relu", "Linear");
        assertEquals("NetworkPass pass = net.forward(x);", expand("forward pass = net x", variables));
        assertEquals("NetworkGradients grads = run.backward(loss);", expand("backward grads = run loss", variables));
        assertEquals("Forward pass = relu.forward(x);", expand("forward pass = relu x", variables));
        // A variable comes before a word.
        assertEquals("Linear layer = new Linear(he, b);", expand("linear layer = he b", Map.of("he", "Matrix")));
        assertEquals(
                "Network net = Network.of(layer, relu, new Tanh());",
                expand("network net = layer relu tanh", variables));
        assertEquals("Explanation.of(all)", expand("explain all", variables));
        assertEquals(
                "%explain --convention is about one layer, and all has gradients of several: %explain relu --convention"
                        + " out-in",
                message(() -> expand("explain all dL/dw1 --convention out-in", variables)));
        assertEquals(
                "%explain --convention is about one layer, and all has gradients of several: %explain layer1"
                        + " --convention in-out",
                message(() -> expand("explain all --convention in-out", Map.of("all", "NetworkGradients"))));
    }

    @Test
    void aPassIsExplainedNumberByNumberAndHasOneJacobianALayer() {
        Map<String, String> variables =
                Map.of("one", "Forward", "run", "org.jacobean.layer.NetworkPass", "l", "LossPass");
        for (String pass : List.of("one", "run")) {
            assertEquals(
                    "%explain of a pass needs the name of one of its numbers: %explain PASS f[1,1]; of a pass of one"
                            + " row: %explain PASS f[1]",
                    message(() -> expand("explain " + pass, variables)).replace(pass + " f", "PASS f"));
        }
        assertEquals("Explanation.of(one, \"f[1]\")", expand("explain one f[1]", variables));
        assertEquals("Explanation.of(l)", expand("explain l", variables));
        assertFalse(Kind.STORED.accepts("Forward") || Kind.STORED.accepts("LossPass"));
        assertTrue(Magics.manual("explain").contains("%explain [NAME =] LOSS [dL/df[1,1]]"));
        assertEquals(
                "%jacobian is of one layer only; write Forward one = run.layer(1); first, and then %jacobian one x",
                message(() -> expand("jacobian run x", variables)));
    }

    @Test
    void aWordThatIsNearlyOne() {
        String layers = "; nothing here is a layer yet; there are also the words relu, sigmoid, tanh, softmax";
        assertEquals(layers + "; did you mean relu?", Kind.LAYER.offers("rely", List.of()));
        assertEquals(layers + "; did you mean relu?", Kind.LAYER.offers("ReLU", List.of()));
        assertEquals(layers + "; did you mean softmax?", Kind.LAYER.offers("sofmax", List.of()));
        assertEquals(layers + "; did you mean sigmoid?", Kind.LAYER.offers("logistic", List.of()));
        assertEquals(layers, Kind.LAYER.offers("layer1", List.of()));
        assertEquals(
                "; what is a layer here: hidden, layer1; there are also the words relu, sigmoid, tanh, softmax; did you"
                        + " mean layer1?",
                Kind.LAYER.offers("layr1", List.of("hidden", "layer1")));
        String losses = "; nothing here is a loss yet; there are also the words mse, cross-entropy";
        for (String word : List.of("crossentropy", "CrossEntropyLoss", "cross_entropy", "ce", "NLL")) {
            assertEquals(losses + "; did you mean cross-entropy?", Kind.LOSS.offers(word, List.of()), word);
        }
        for (String word : List.of("MSE", "mean_squared_error", "l2")) {
            assertEquals(losses + "; did you mean mse?", Kind.LOSS.offers(word, List.of()), word);
        }
        assertEquals(losses, Kind.LOSS.offers("mae", List.of()));
        assertEquals(
                "; nothing here is a Matrix yet: begin with %matrix w = 0.1 0.2; 0.3 0.4",
                Kind.MATRIX.offers("relu", List.of()));
    }

    @Test
    void operandsOfLossesAndNetworks() {
        assertEquals(
                List.of(new Use("layer1", Kind.LAYER), new Use("layer2", Kind.LAYER)),
                expand("network net = layer1 relu layer2").uses());
        assertEquals(
                List.of(new Use("pass", Kind.PASS), new Use("mine", Kind.LOSS), new Use("y", Kind.MATRIX)),
                expand("loss pass mine y").uses());
        assertEquals(
                List.of(new Use("pass", Kind.PASS), new Use("loss", Kind.INCOMING)),
                expand("backward pass loss").uses());
        assertTrue(Kind.RUNNABLE.accepts("Network") && !Kind.LAYER.accepts("Network") && Kind.LAYER.accepts("Relu"));
        assertTrue(Kind.LAYER.accepts("MyLayer") && Kind.LOSS.accepts("MyLoss") && !Kind.LOSS.accepts("Matrix"));
        assertTrue(Kind.DRAWN.accepts("MyLayer") && Kind.DRAWN.accepts("Network") && !Kind.DRAWN.accepts("Matrix"));
        assertTrue(Kind.TABLE.accepts("tech.tablesaw.api.Table") && !Kind.TABLE.accepts("Matrix"));
        assertTrue(Kind.INCOMING.accepts("LossPass")
                && Kind.INCOMING.accepts("Matrix")
                && !Kind.INCOMING.accepts("Forward"));
    }

    @ParameterizedTest(name = "%{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            matrix int = 1 2             | %matrix: int is a word of Java's own; give the variable another name
            matrix class = 1 2           | %matrix: class is a word of Java's own; give the variable another name
            matrix null = 1 2            | %matrix: null is a word of Java's own; give the variable another name
            matrix 1a = 1 2              | %matrix: '1a' cannot be the name of a variable; a name begins with a letter and goes on with letters, digits and _
            vector w\u3164 = 1 2            | %vector: 'w‹U+3164›' cannot be the name of a variable; a name begins with a letter and goes on with letters, digits and _
            forward pass = lay-er x      | %forward: 'lay-er' is no variable, where a layer or a network is expected, as in %forward pass = layer x
            matrix                       | %matrix has nothing to work on; an example: %matrix w = 0.1 0.2; 0.3 0.4
            matrix w =                   | %matrix w = has nothing to work on; an example: %matrix w = 0.1 0.2; 0.3 0.4
            matrix w = 1 2; 3            | row 2 has 1 entry, row 1 has 2; every row of a matrix has as many entries as the first
            matrix w = 1 2; 3 four       | row 2, entry 2: 'four' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf
            matrix w = zeros             | %matrix: zeros takes rows x columns, as in %matrix w = zeros 3x2
            matrix w = zeros 3           | %matrix: zeros takes rows x columns, as in %matrix w = zeros 3x2, not '3'
            matrix w = zeros 3x2.5       | %matrix: the number of columns is a whole number, not '2.5'
            matrix w = zeros 0x2         | a matrix needs at least one row and one column, not 0 × 2
            matrix w = zeros 3x2 seed 4  | %matrix: zeros is not random and takes no seed
            matrix w = normal 3x2 seed x | %matrix: the seed is a whole number, not 'x'
            matrix w = normal 3x2 seed   | %matrix: the seed is a whole number, not ''
            matrix w = normal 3x2 scale  | %matrix: scale needs a number, such as scale 0.05
            matrix w = normal 3x2 scale abc | %matrix: scale takes a number, such as scale 0.05, not 'abc'
            matrix w = normal 3x2 speed 4 | %matrix: 'speed 4' means nothing behind normal 3x2; what may follow the size is seed S and scale F; did you mean %matrix w = normal 3x2 seed 4?
            matrix w = normal 3x2 seed 4 foo 7 | %matrix: 'foo 7' means nothing behind normal 3x2 seed 4; what may follow the size is seed S and scale F
            matrix w = ones 3x2 scale 2 3 | %matrix: '3' means nothing behind ones 3x2 scale 2; what may follow the size is scale F
            matrix w = ones 3x2 scale inf | %matrix: scale needs one finite number, such as scale 0.05, not 'inf'
            matrix w = ones 3x2 scale 2;3 | %matrix: scale needs one finite number, such as scale 0.05, not '2;3'
            vector x = identity 3        | %vector: a vector has one row; write %matrix x = identity 3
            vector x = csv data/x.csv    | %vector: a vector has one row; write %matrix x = csv data/x.csv
            matrix w = identity 3x3      | %matrix: identity takes one number here, as in %matrix w = identity 3, not '3x3'
            matrix w = csv               | %matrix csv needs the path of a file, such as csv data/w.csv
            matrix --fast w = 1 2        | %matrix has no option --fast; it has --help
            jacobian --fast pass x       | %jacobian has no option --fast; it has --nudge and --help
            vector x = 1 2; 3 4          | %vector: a vector has one row, and this has 2; write %matrix x = 1 2; 3 4
            linear layer = he            | %linear: he takes inputs x outputs, and a seed if you like, as in %linear layer = he 784x50 seed 1
            linear layer = glorot 784    | %linear: glorot takes inputs x outputs, and a seed if you like, as in %linear layer = glorot 784x50 seed 1, not '784'
            linear layer = he 3x2 scale 2 | %linear: he takes inputs x outputs, and a seed if you like, as in %linear layer = he 784x50 seed 1, not '3x2 scale 2'
            linear q = hee 3x5           | %linear: weights are drawn by he or glorot, not hee
            linear layer = he 3.5x2      | %linear: the number of inputs is a whole number, not '3.5'
            linear layer = he 3xm        | %linear: the number of outputs is a whole number, not 'm'
            linear layer = he 3x2 seed   | %linear: the seed is a whole number, not ''
            linear layer = he 0x2        | a matrix needs at least one row and one column, not 0 × 2
            linear layer = w b c         | %linear takes weights, and biases if it has them, as in %linear layer = w b, not 'w b c'
            forward pass = layer         | %forward takes a layer and its input, as in %forward pass = layer x, not 'layer'
            forward pass = layer [1 a]   | row 1, entry 2: 'a' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf
            backward grads = pass        | %backward takes a pass and dL/df, as in %backward grads = pass dLdf, not 'pass'
            backward grads = pass 3      | %backward: numbers stand in brackets: %backward grads = pass [3]
            network                      | %network has nothing to work on; an example: %network net = layer1 relu layer2
            network net = layer1 [1 2]   | %network: '[1 2]' is no variable, where a layer is expected, as in %network net = layer1 relu layer2
            network n = a, relu, c       | %network: operands are parted by blanks alone: %network n = a relu c
            network n = a,relu           | %network: operands are parted by blanks alone: %network n = a relu
            loss loss = pass cross-entrpy y | %loss: there is no loss cross-entrpy; write mse or cross-entropy; did you mean cross-entropy?
            loss loss = pass mse         | %loss takes a pass, a loss and y, as in %loss loss = pass mse y, not 'pass mse'
            loss loss = pass cross entropy y | %loss: a loss is one word: %loss loss = pass cross-entropy y
            loss loss = pass mse 3       | %loss: numbers stand in brackets: %loss loss = pass mse [3]
            jacobian pass                | %jacobian takes a pass of one layer and one of x, w and b, as in %jacobian pass x, not 'pass'
            table a b c                  | %table: behind the name of a variable stands =: %table a = b c
            explain                      | %explain has nothing to work on; an example: %explain grads dL/dw[2,1]
            explain e =                  | %explain e = has nothing to work on; an example: %explain grads dL/dw[2,1]
            explain --fast grads         | %explain has no option --fast; it has --rows, --convention and --help
            explain 3                    | %explain: '3' is no variable, where gradients, a loss or a layer is expected, as in %explain grads dL/dw[2,1]
            explain layer --convention   | %explain: --convention is in-out or out-in, and that is missing
            explain layer --convention sideways | %explain: --convention is in-out or out-in, not 'sideways'
            explain --convention layer   | %explain: --convention is in-out or out-in, not 'layer'
            explain grads dL/dw --convention out-in | %explain --convention is about a whole layer: %explain grads --convention out-in
            explain layer --convention out-in more words | %explain --convention is about a whole layer: %explain layer --convention out-in
            explain layer --convention out-in --rows | %explain --convention is about a whole layer: %explain layer --convention out-in
            explain grads --rows         | %explain --rows needs a gradient: %explain grads dL/dw --rows
            check                        | %check has nothing to work on; an example: %check grads dL/dw = mine
            check grads dL/dw            | %check takes gradients, or gradients and one of yours, as in %check grads dL/dw = mine, not 'grads dL/dw'
            check --rows grads           | %check has no option --rows; it has --all and --help
            check grads dL/dw =          | %check: right of = nothing stands; write %check grads dL/dw = mine
            check grads dL/dw = a b      | %check: right of = stands one matrix, a variable or numbers in brackets, not 'a b'
            check grads dL/dw = Matrix.of(a) | %check: right of = stands a variable or numbers in brackets, not the call 'Matrix.of(a)'; write Matrix m = Matrix.of(a); first, and then %check grads dL/dw = m
            check grads w = grads.of("w") .scale(2) | %check: right of = stands a variable or numbers in brackets, not the call 'grads.of("w") .scale(2)'; write Matrix m = grads.of("w") .scale(2); first, and then %check grads w = m
            check grads dL/dw = 3        | %check: numbers stand in brackets: %check grads dL/dw = [3]
            check grads dL/dw == mine    | %check of a gradient of yours is written %check grads dL/dw = mine, not 'grads dL/dw == mine'
            check --all grads dL/dw = mine | %check of a gradient of yours is written %check grads dL/dw = mine, not 'grads dL/dw = mine' with --all
            flow                         | %flow has nothing to work on; an example: %flow grads
            flow grads w                 | %flow takes gradients or a pass, as in %flow grads, not 'grads w'
            shapes x                     | %shapes takes nothing: it shows every value, not 'x'
            shapes s = x                 | %shapes takes nothing: it shows every value, not 'x'
            chart                        | %chart has nothing to work on; an example: %chart table step loss
            chart t loss                 | %chart takes a table, its column for x, and one or more for y, as in %chart table step loss, not 't loss'; see %chart --help
            chart t the step,            | %chart takes a table, its column for x, and one or more for y, as in %chart table step loss, not 't the step,'; see %chart --help
            chart t step loss --title    | %chart has no option --title; it has --log and --help
            histogram x y                | %histogram takes one matrix, as in %histogram w, not 'x y'
            images x                     | %images takes a matrix and the size of its pictures, height x width, as in %images x 8x8, not 'x'
            images 8x8                   | %images takes a matrix and the size of its pictures, height x width, as in %images x 8x8, not '8x8'
            images x 8x99999999999       | %images: 99999999999 pixels are more than any picture has
            images x y 8x8               | %images: 'x y' is no variable, where a Matrix is expected, as in %images x 8x8
            diagram net x                | %diagram takes a network, a layer, a pass or gradients, as in %diagram net, not 'net x'
            display rows many            | %display: rows takes a whole number, such as rows 20, not 'many'
            display rows 2.5             | %display: rows takes a whole number, such as rows 20, not '2.5'
            display rows 20 digits       | %display: digits takes a whole number, such as digits 6, and that is missing
            display columns 99999999999  | %display: columns takes a whole number, such as columns 20, not '99999999999'
            display 20                   | %display: before the number 20 stands what it is for, such as rows 20
            display rows 20 30           | %display: before the number 30 stands what it is for, such as rows 30
            display rows 20 rows 30      | %display: rows stands twice
            display colums 5             | %display: there is no setting colums; there are rows, columns and digits, each with a number, and default; did you mean columns?
            display ROWS 5               | %display: there is no setting ROWS; there are rows, columns and digits, each with a number, and default; did you mean rows?
            display defaults             | %display: there is no setting defaults; there are rows, columns and digits, each with a number, and default; did you mean default?
            display reset                | %display: there is no setting reset; there are rows, columns and digits, each with a number, and default; did you mean default?
            display width 100            | %display: there is no setting width; there are rows, columns and digits, each with a number, and default
            display rows 20 default      | %display: default stands first, as in %display default rows 20
            display rows = 20            | %display: between a setting and its number stands a blank and no =: rows 20
            display d = rows 20          | %display declares no variable: write %display rows 20
            display rows 20, digits 3    | %display: between its words stand blanks alone: %display rows 20 digits 3
            display --rows 20            | %display has no option --rows; it has --help; rows stands without dashes
            nonsense 1                   | there is no %nonsense; %help lists the magics
            """)
    void anErrorSaysWhatIsWrong(String line, String message) {
        assertEquals(
                message.strip(),
                assertThrows(IllegalArgumentException.class, () -> expand(line)).getMessage());
    }

    @Test
    void aMatrixThatNoMemoryHoldsIsRefusedBeforeItIsTried() {
        String message = assertThrows(IllegalArgumentException.class, () -> expand("matrix w = zeros 1e9x1e9"))
                .getMessage();
        assertTrue(
                message.startsWith("a matrix of 1,000,000,000 × 1,000,000,000 needs 8,000,000 TB, more than the "),
                message);
    }

    // Cell magics

    @Test
    void aCellIsAMatrixWithARowALine() {
        assertEquals(
                "Matrix w = Matrix.parse(\"1 2; 3 4; 5 6\").named(\"w\");",
                Magics.expandCell("matrix", "w", "1 2\n3,4 # the second\n\n# nothing\n5\t6\n")
                        .java());
        assertEquals(
                "Matrix w = Matrix.parse(\"1 2; 3 4; 5 6\").named(\"w\");",
                Magics.expandCell("matrix", "w", "1 2\r3 4 # the second\r\n5 6\r")
                        .java());
        assertEquals(
                "Matrix.parse(\"1 2\")", Magics.expandCell("matrix", "", "1 2").java());
        assertEquals(
                "Matrix w = Matrix.parse(\"1.0 2.0; 3.0 4.0\").named(\"w\");",
                Magics.expandCell("matrix", "w", "[[1, 2],\n [3, 4]]\n").java());
    }

    @Test
    void aCellsErrorsNameTheRow() {
        assertEquals(
                "row 2, entry 1: 'x' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf",
                assertThrows(IllegalArgumentException.class, () -> Magics.expandCell("matrix", "w", "1 2\nx 4"))
                        .getMessage());
        assertEquals(
                "%%matrix takes only a name, and the rows below it; for one line write %matrix w = 1 2",
                assertThrows(IllegalArgumentException.class, () -> Magics.expandCell("matrix", "w = 1 2", "3 4"))
                        .getMessage());
        assertEquals(
                "there is no %%vector; the cell magics are %%matrix",
                assertThrows(IllegalArgumentException.class, () -> Magics.expandCell("vector", "x", "3 4"))
                        .getMessage());
        assertEquals(
                "a matrix needs at least one number, such as 0.1 0.2; 0.3 0.4",
                assertThrows(IllegalArgumentException.class, () -> Magics.expandCell("matrix", "w", "# none\n"))
                        .getMessage());
    }

    @Test
    void noConstantIsTooLongForJava() {
        String rows = IntStream.range(0, 20_000).mapToObj(i -> i + " " + -i).collect(Collectors.joining("\n"));
        String wide = IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        for (String body : List.of(rows, wide, wide + "\n" + wide)) {
            String java = Magics.expandCell("matrix", "w", body).java();
            // Every second piece between quotes is a constant; a constant holds 65,535 bytes.
            String[] pieces = java.split("\"");
            for (int i = 1; i < pieces.length; i += 2) {
                assertTrue(pieces[i].length() <= 65_535, "a constant of " + pieces[i].length());
            }
        }
    }

    @Test
    void pastTwoMegabytesTheCellPointsToAFile() {
        String body = "1 2 3 4 5 6 7 8\n".repeat(130_000);
        assertEquals(
                String.format(
                        Locale.ROOT,
                        "%%%%matrix: the cell has %,d characters, and 2,000,000 is the most;"
                                + " put the numbers into a file and write %%matrix big = csv FILE",
                        body.length()),
                assertThrows(IllegalArgumentException.class, () -> Magics.expandCell("matrix", "big", body))
                        .getMessage());
    }

    @Test
    void anEntryTooLongForAConstantIsNamed() {
        String body = "1 0." + "1".repeat(25_000) + " 2";
        assertEquals(
                "an entry has more than 20,000 characters: '0.111111111111111111…'; a double holds some 17 digits",
                assertThrows(MagicException.class, () -> Magics.expandCell("matrix", "w", body))
                        .getMessage());
    }

    // Help

    @Test
    void everyMagicHasItsManual() {
        for (String name : Magics.names()) {
            String manual = Magics.manual(name);
            assertTrue(manual.matches("(?s).+\n\nusage    %" + name + ".*"), manual);
        }
        assertEquals(
                """
                the layer run on x: f, and what the way back needs

                usage    %forward [NAME =] LAYER|NETWORK X
                example  %forward pass = layer x""",
                Magics.manual("forward"));
    }

    /** As wide as the narrowest terminal. */
    @Test
    void whatIsPrintedHasNoLineOfMoreThanEightyColumns() {
        List<String> printed = new ArrayList<>(List.of(Magics.list()));
        Magics.names().forEach(name -> printed.add(Magics.manual(name)));
        assertEquals(
                List.of(),
                printed.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.length() > 80)
                        .toList());
        assertTrue(
                Magics.list()
                        .contains(
                                """
                        %loss       how far f is from y, numbers or classes from 0; cross-entropy takes
                                    scores, before any softmax
                        %backward   dL/dx, dL/dw"""));
        assertTrue(
                Magics.manual("check")
                        .startsWith(
                                """
                        whether gradients are right, by central differences; of one of yours, what is
                        wrong with it

                        usage    %check [--all] [NAME =] GRADS
                        """));
    }

    @Test
    void everyExampleIsValid() {
        int examples = 0;
        for (String name : Magics.names()) {
            String manual = Magics.manual(name);
            if (manual.contains("example  %") && !List.of("java", "help").contains(name)) {
                expand(manual.substring(manual.indexOf("example  %") + "example  %".length()));
                examples++;
            }
        }
        assertEquals(18, examples);
    }

    @Test
    void helpIsAskedForAnywhere() {
        assertTrue(Magics.asksForHelp("--help"));
        assertTrue(Magics.asksForHelp("w = --help"));
        assertTrue(!Magics.asksForHelp("w = 1 2"));
    }

    private static String message(Executable executable) {
        return assertThrows(MagicException.class, executable).getMessage();
    }

    private static String expand(String line, Map<String, String> variables) {
        String[] parts = line.split("\\s+", 2);
        return Magics.expand(parts[0], parts[1], variables).java();
    }

    private static Expansion expand(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        return Magics.expand(parts[0], parts.length == 1 ? "" : parts[1]);
    }
}
