package org.jacobean.kernel.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import org.jacobean.kernel.MagicRunner;
import org.jacobean.kernel.Setup;
import org.jacobean.magic.Magics;
import org.jacobean.view.Display;
import org.jacobean.view.Rendered;

/**
 * Puts the magics, renderers and imports into an IJava kernel. IJava looks for no extensions: {@link #install} is called
 * from IJAVA_STARTUP_SCRIPT or from a cell.
 */
public final class IJavaExtension {

    private static boolean installed;

    private IJavaExtension() {}

    /** Installs into the kernel in which this runs; a second call changes nothing. A failure is a line on stderr. */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        try {
            IJavaSession session = IJavaSession.ofThisKernel();
            Setup.in(session);
            magics(session, new MagicRunner(session), CellParser.in(session.kernel()));
            for (Class<?> type : Rendered.TYPES) {
                renderer(session.kernel(), type);
            }
            Display.on(session::show);
            installed = true;
        } catch (Throwable failure) {
            System.err.println("Jacobean could not be installed in this kernel: " + failure);
        }
    }

    private static void magics(IJavaSession session, MagicRunner runner, CellParser texts) {
        for (String name : Magics.names()) {
            session.magics()
                    .registerLineMagic(
                            name, words -> session.lineResult(runner.line(name, texts.words(words))));
        }
        for (String name : Magics.cellNames()) {
            session.magics()
                    .registerCellMagic(
                            name,
                            (words, body) -> session.cellResult(
                                    runner.cell(name, String.join(" ", words), texts.body(body))));
        }
    }

    private static <T> void renderer(BaseKernel kernel, Class<T> type) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring(MIMEType.parse(Rendered.preferred(type)))
                .supporting(MIMEType.TEXT_PLAIN, MIMEType.TEXT_MARKDOWN, MIMEType.TEXT_LATEX)
                .register(IJavaExtension::render);
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
