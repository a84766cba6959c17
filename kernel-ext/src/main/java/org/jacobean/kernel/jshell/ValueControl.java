package org.jacobean.kernel.jshell;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/** Runs snippets in this JVM, on the thread that evaluates them, and keeps the last one's value, not only its text. */
final class ValueControl extends DirectExecutionControl {

    private Object value;

    ValueControl(ClassLoader parent) {
        super(new Loader(parent));
    }

    /** The value of the last snippet that was run. */
    Object value() {
        return value;
    }

    void value(Object value) {
        this.value = value;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        value = null;
        value = snippet.invoke(null, new Object[0]);
        return "";
    }

    /** Defines the snippets' classes below the loader of this library, so that both see the same library. */
    private static final class Loader extends ClassLoader implements LoaderDelegate {

        private final Map<String, Class<?>> classes = new HashMap<>();

        Loader(ClassLoader parent) {
            super(parent);
        }

        @Override
        public void load(ClassBytecodes[] bytecodes) throws ClassInstallException {
            boolean[] loaded = new boolean[bytecodes.length];
            for (int i = 0; i < bytecodes.length; i++) {
                try {
                    ClassBytecodes code = bytecodes[i];
                    Class<?> type = defineClass(code.name(), code.bytecodes(), 0, code.bytecodes().length);
                    classes.put(code.name(), type);
                    loaded[i] = true;
                } catch (LinkageError e) {
                    throw new ClassInstallException("load: " + e.getMessage(), loaded);
                }
            }
        }

        @Override
        public void classesRedefined(ClassBytecodes[] bytecodes) {
            // Snippets are never redefined in place here: JShell then loads them under a new name.
        }

        @Override
        public void addToClasspath(String path) throws ExecutionControl.InternalException {
            // The compiler is told of the class path; what runs is found by the parent loader.
        }

        @Override
        public Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> type = classes.get(name);
            if (type == null) {
                throw new ClassNotFoundException(name);
            }
            return type;
        }
    }
}
