package org.jacobean.kernel.jjava;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jacobean.kernel.MagicRunner;
import org.jacobean.kernel.Setup;
import org.jacobean.magic.Magics;
import org.jacobean.view.Display;
import org.jacobean.view.Rendered;

/**
 * Puts the magics, renderers and imports into a JJava kernel. JJava finds it by itself when the jar is on JJAVA_CLASSPATH,
 * or is added by %classpath or %maven. A failure is a line on stderr: thrown from here it would end the kernel.
 */
public final class JJavaExtension implements Extension {

    private static boolean installed;

    /** A second call changes nothing: a renderer that is registered twice renders twice. */
    @Override
    public void install(BaseKernel kernel) {
        if (installed) {
            return;
        }
        try {
            JJavaSession session = new JJavaSession(kernel);
            Setup.in(session);
            magics(kernel, new MagicRunner(session));
            for (Class<?> type : Rendered.TYPES) {
                renderer(kernel, type);
            }
            Display.on(session::show);
            MagicCalls.in(kernel);
            installed = true;
        } catch (Throwable failure) {
            System.err.println("Jacobean could not be installed in this kernel: " + failure);
        }
    }

    @Override
    public void uninstall(BaseKernel kernel) {
        Display.on(null);
    }

    private static void magics(BaseKernel kernel, MagicRunner runner) {
        for (String name : Magics.names()) {
            kernel.getMagicsRegistry()
                    .registerLineMagic(name, (k, words) -> runner.line(name, String.join(" ", words)));
        }
        for (String name : Magics.cellNames()) {
            kernel.getMagicsRegistry()
                    .registerCellMagic(name, (k, words, body) -> runner.cell(name, String.join(" ", words), body));
        }
    }

    private static <T> void renderer(BaseKernel kernel, Class<T> type) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring(MIMEType.parse(Rendered.preferred(type)))
                .supporting(MIMEType.TEXT_PLAIN, MIMEType.TEXT_MARKDOWN, MIMEType.TEXT_LATEX)
                .register(JJavaExtension::render);
    }

    private static void render(Object value, RenderContext context) {
        Rendered rendered = Rendered.of(value);
        for (MIMEType type : new MIMEType[] {
            MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML, MIMEType.TEXT_MARKDOWN, MIMEType.TEXT_LATEX, MIMEType.IMAGE_SVG
        }) {
            rendered.as(type.toString()).ifPresent(text -> context.renderIfRequested(type, () -> text));
        }
    }
}
