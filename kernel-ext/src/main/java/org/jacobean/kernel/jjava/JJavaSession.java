package org.jacobean.kernel.jjava;

import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jacobean.kernel.Session;
import org.jacobean.kernel.Shown;
import org.jacobean.view.Rendered;

/** A session in a JJava kernel. */
final class JJavaSession implements Session {

    private final BaseKernel kernel;
    private final JShell shell;
    private final Shown shown;

    /** The shell is public in JJava's own kernel class, which is in no registry: so it is asked for by name. */
    JJavaSession(BaseKernel kernel) throws ReflectiveOperationException {
        this.kernel = kernel;
        this.shown = new Shown(kernel, BaseKernel.class);
        this.shell = (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    }

    @Override
    public String host() {
        return "JJava " + kernel.getVersion();
    }

    @Override
    public JShell shell() {
        return shell;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public void evaluate(String source) {
        kernel.evalRaw(source);
    }

    /** JJava displays what a magic returns since a7; before, it has to be displayed here and now. */
    @Override
    public Object result(Rendered rendered) {
        DisplayData data = new DisplayData(rendered.text());
        rendered.shown().forEach(data::putData);
        if (kernel.getVersion().matches("1\\.0-a[1-6]")) {
            kernel.display(data);
            return null;
        }
        return data;
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
            data.putTransientData("display_id", id);
        }
        if (id == null || shown.isNew(id)) {
            kernel.display(data);
        } else {
            kernel.getIO().display.updateDisplay(id, data);
        }
    }
}
