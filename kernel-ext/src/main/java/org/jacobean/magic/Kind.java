package org.jacobean.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an operand must be, by the simple names of the Java types that will do. */
public enum Kind {
    MATRIX("a Matrix", "Matrix"),
    NUMBERS("a Matrix or an array of doubles", "Matrix", "double[]", "double[][]"),
    LAYER("a layer", "Layer", "Linear", "Relu", "Sigmoid", "Tanh", "Softmax"),
    WEIGHTED("a layer with weights", "Linear"),
    RUNNABLE("a layer or a network", "Layer", "Linear", "Relu", "Sigmoid", "Tanh", "Softmax", "Network"),
    FORWARD("a Forward", "Forward"),
    PASS("a pass", "Forward", "NetworkPass"),
    LOSS("a loss", "Loss", "MeanSquaredError", "CrossEntropy"),
    INCOMING("dL/df or a loss of the pass", "Matrix", "LossPass"),
    GRADIENTS("Gradients", "Gradients", "NetworkGradients"),
    FLOWING("gradients or a pass", "Gradients", "Forward", "NetworkGradients", "NetworkPass"),
    SHAPED(
            "a value of Jacobean's",
            "Matrix",
            "Layer",
            "Linear",
            "Forward",
            "Gradients",
            "Jacobian",
            "Network",
            "NetworkPass",
            "LossPass",
            "NetworkGradients"),
    OF_ELEMENTS("gradients, a pass or a loss", "Gradients", "Forward", "NetworkGradients", "NetworkPass", "LossPass"),
    EXPLAINED(
            "gradients, a loss or a layer",
            "Gradients",
            "NetworkGradients",
            "LossPass",
            "Layer",
            "Linear",
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softmax"),
    STORED("a layer or its gradients", "Gradients", "Layer", "Linear", "Relu", "Sigmoid", "Tanh", "Softmax"),
    TABULAR(
            "a matrix, a layer, a pass, gradients, a Jacobian, a check or contributions",
            "GradientCheck",
            "Diagnosis",
            "Contributions",
            "Inventory",
            "Flow",
            "Confusion",
            "Network",
            "NetworkPass",
            "NetworkGradients",
            "LossPass",
            "Matrix",
            "Gradients",
            "Forward",
            "Jacobian",
            "Layer",
            "Linear"),
    TABLE("a Table", "Table"),
    DRAWN(
            "a network, a layer, a pass or gradients",
            "Network",
            "NetworkPass",
            "NetworkGradients",
            "Forward",
            "Gradients",
            "Layer",
            "Linear",
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softmax");

    private static final Set<String> KNOWN = Set.of(
            "Matrix",
            "Layer",
            "Linear",
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softmax",
            "Forward",
            "Gradients",
            "Network",
            "NetworkPass",
            "NetworkGradients",
            "MeanSquaredError",
            "CrossEntropy",
            "LossPass",
            "Jacobian",
            "Explanation",
            "GradientCheck",
            "Diagnosis",
            "Contributions",
            "Inventory",
            "Flow",
            "Confusion",
            "Batches",
            "Batch",
            "Exercise",
            "Chart",
            "Images",
            "Diagram",
            "Table",
            "String",
            "Object",
            "int",
            "long",
            "double",
            "float",
            "boolean",
            "char",
            "byte",
            "short",
            "double[]",
            "double[][]",
            "float[]",
            "float[][]");

    private final String said;
    private final Set<String> types;

    Kind(String said, String... types) {
        this.said = said;
        this.types = Set.of(types);
    }

    /**
     * Whether a variable of the declared type will do. A type that nobody here knows may be a layer or a loss that the
     * user wrote: then the compiler decides.
     */
    public boolean accepts(String declaredType) {
        String simple = simple(declaredType);
        return types.contains(simple)
                || (types.contains("Layer") || this == LOSS) && this != TABULAR && !KNOWN.contains(simple);
    }

    /** Whether a variable of the declared type surely cannot hold a value of {@code type}. */
    public static boolean isAnother(String declaredType, String type) {
        return KNOWN.contains(declaredType)
                && !declaredType.equals(type)
                && !declaredType.equals("Object")
                && !(declaredType.equals("Layer") && LAYER.types.contains(type));
    }

    /** Whether a variable of the declared type surely is one: what a message may propose. */
    public boolean proposes(String declaredType) {
        return types.contains(simple(declaredType));
    }

    /** {@code a Matrix}. */
    public String said() {
        return said;
    }

    /**
     * What there is of this kind in the place of what was typed: {@code ; what is a layer here: layer1; there are also the
     * words relu, sigmoid, tanh, softmax; did you mean relu?}
     */
    public String offers(String typed, List<String> variables) {
        Set<String> words = Networks.words(this);
        List<String> all = new ArrayList<>(variables);
        all.addAll(words);
        return known(variables)
                + (words.isEmpty() ? "" : "; there are also the words " + String.join(", ", words))
                + Meant.didYouMean(typed, all);
    }

    /** {@code ; what is a Matrix here: b, w}, or that nothing is one, and how one is made. */
    public String known(List<String> variables) {
        return variables.isEmpty()
                ? "; nothing here is " + said + " yet" + beginning()
                : "; what is " + said + " here: " + String.join(", ", variables);
    }

    private String beginning() {
        String line =
                switch (this) {
                    case MATRIX, NUMBERS, TABULAR -> "%matrix w = 0.1 0.2; 0.3 0.4";
                    case WEIGHTED, RUNNABLE, STORED, DRAWN -> "%linear layer = w b";
                    case FORWARD, PASS, FLOWING -> "%forward pass = layer x";
                    case GRADIENTS, OF_ELEMENTS, EXPLAINED -> "%backward grads = pass dLdf";
                    case INCOMING -> "%loss loss = pass mse y";
                    case TABLE -> "%table t = grads";
                    case LAYER, LOSS, SHAPED -> "";
                };
        return line.isEmpty() ? "" : ": begin with " + line;
    }

    /** A type without its package and type arguments. */
    public static String simple(String declaredType) {
        String bare = declaredType.replaceAll("<.*>", "");
        return bare.substring(bare.lastIndexOf('.') + 1);
    }
}
