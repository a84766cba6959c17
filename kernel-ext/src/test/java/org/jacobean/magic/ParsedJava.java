package org.jacobean.magic;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jacobean.matrix.Matrix;

/** An expression of Java as its compiler reads it, and, where it makes a matrix, what it would compute. */
final class ParsedJava {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    static {
        try {
            // Or the compiler looks for plug-ins in every jar, each time.
            FILES.setLocation(StandardLocation.CLASS_PATH, List.of());
            FILES.setLocation(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final ExpressionTree expression;

    private ParsedJava(ExpressionTree expression) {
        this.expression = expression;
    }

    /** @throws AssertionError where one of them is no expression, or more than one */
    static List<ParsedJava> of(String... expressions) throws IOException {
        StringBuilder code = new StringBuilder("class T {");
        for (String expression : expressions) {
            code.append("\nObject t() { return ").append(expression).append("\n; }");
        }
        code.append("\n}");
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///T.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
        JavacTask task =
                (JavacTask) COMPILER.getTask(null, FILES, problems, List.of("-proc:none"), null, List.of(source));
        CompilationUnitTree unit = task.parse().iterator().next();
        for (Diagnostic<?> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw new AssertionError(problem + " in " + code);
            }
        }
        ClassTree type = (ClassTree) only(unit.getTypeDecls(), 1, code).get(0);
        List<ParsedJava> parsed = new ArrayList<>();
        for (Tree method : only(type.getMembers(), expressions.length, code)) {
            List<? extends Tree> statements =
                    only(((MethodTree) method).getBody().getStatements(), 1, code);
            parsed.add(new ParsedJava(((ReturnTree) statements.get(0)).getExpression()));
        }
        return parsed;
    }

    private static List<? extends Tree> only(List<? extends Tree> trees, int count, CharSequence code) {
        if (trees.size() != count) {
            throw new AssertionError(trees.size() + " in the place of " + count + ": " + code);
        }
        return trees;
    }

    /** The names in it: those of variables, types and packages as they are, those of what is called with a point before. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree tree, Void none) {
                if (tree != null
                        && !(tree instanceof MethodInvocationTree
                                || tree instanceof NewClassTree
                                || tree instanceof MemberSelectTree
                                || tree instanceof IdentifierTree
                                || tree instanceof LiteralTree
                                || tree.getKind() == Tree.Kind.UNARY_MINUS)) {
                    throw new AssertionError("a magic stands for calls, not for a " + tree.getKind() + ": " + tree);
                }
                return super.scan(tree, none);
            }

            @Override
            public Void visitIdentifier(IdentifierTree tree, Void none) {
                names.add(tree.getName().toString());
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree tree, Void none) {
                names.add("." + tree.getIdentifier());
                return super.visitMemberSelect(tree, none);
            }
        }.scan(expression, null);
        return names;
    }

    /** The matrix that a call of {@code Matrix.parse}, {@code row} and the like gives, read as Java reads it. */
    Matrix matrix() {
        return (Matrix) value(expression);
    }

    private static Object value(Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return literal.getValue();
        } else if (tree instanceof UnaryTree unary) {
            Object operand = value(unary.getExpression());
            return operand instanceof Integer whole ? (Object) (-whole) : (Object) (-((Number) operand).doubleValue());
        }
        MethodInvocationTree call = (MethodInvocationTree) tree;
        MemberSelectTree called = (MemberSelectTree) call.getMethodSelect();
        Object[] given = call.getArguments().stream().map(ParsedJava::value).toArray();
        return switch (called.toString()) {
            case "Matrix.parse" -> Matrix.parse(List.of(given).toArray(String[]::new));
            case "Matrix.row" ->
                Matrix.row(List.of(given).stream()
                        .mapToDouble(number -> ((Number) number).doubleValue())
                        .toArray());
            case "String.join" ->
                String.join(
                        (String) given[0],
                        List.of(given).subList(1, given.length).toArray(String[]::new));
            default ->
                switch (called.getIdentifier().toString()) {
                    case "named" -> ((Matrix) value(called.getExpression())).named((String) given[0]);
                    default -> throw new AssertionError("not understood: " + called);
                };
        };
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
