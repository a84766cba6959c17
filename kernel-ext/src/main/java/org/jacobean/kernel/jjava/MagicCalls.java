package org.jacobean.kernel.jjava;

import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.ParsedCellMagic;
import org.dflib.jjava.jupyter.kernel.magic.ParsedLineMagic;
import org.jacobean.kernel.MagicRunner;
import org.jacobean.magic.Magics;

/**
 * The Java that magics become: JJava's, but for two things. A name that no magic has, and that is like one of ours, becomes
 * an error that says so. And magics may be long: JJava hands over a cell magic's body in one constant of Java, which holds
 * 65,535 bytes, and each word of a line magic in one of its own; what is longer, or has thousands of words, does not compile,
 * and JJava says nothing of it: the cell would be ok, and nothing done.
 */
final class MagicCalls extends MagicTranspiler {

    private static final Pattern CALLED = Pattern.compile("^[\\w.]*\\.lineMagic(?=\\()");
    private static final int PIECE = 60_000;
    private static final Pattern LONG_CONSTANT = Pattern.compile("\"([A-Za-z0-9+/=]{" + PIECE + ",})\"");
    private static final Pattern ENCODED = Pattern.compile("decode\\(\"([A-Za-z0-9+/=]*)\"\\)");
    private static final int MOST_WORDS = 200;
    private static final Pattern PIECES = Pattern.compile("(?<=\\G.{" + PIECE + "})(?!$)");

    private final MagicsRegistry magics;

    private MagicCalls(MagicsRegistry magics) {
        this.magics = magics;
    }

    /** Puts itself in the place of the kernel's own, which no method of its API can do. */
    static void in(BaseKernel kernel) throws ReflectiveOperationException {
        for (Field field : BaseKernel.class.getDeclaredFields()) {
            for (Field part : field.getType().getDeclaredFields()) {
                if (part.getType() == MagicTranspiler.class) {
                    field.setAccessible(true);
                    part.setAccessible(true);
                    part.set(field.get(kernel), new MagicCalls(kernel.getMagicsRegistry()));
                }
            }
        }
    }

    @Override
    public String transpileCell(ParsedCellMagic cell) {
        return withoutLongConstants(super.transpileCell(cell));
    }

    /** Our magics put their words together again: so many of them are handed over as one. */
    @Override
    public String transpileLine(ParsedLineMagic line) {
        String call = super.transpileLine(line);
        if (!CALLED.matcher(call).lookingAt()) { // a % within a text, which stays as it is
            return call;
        }
        List<String> texts = ENCODED.matcher(call)
                .results()
                .map(word -> new String(Base64.getDecoder().decode(word.group(1)), Charset.defaultCharset()))
                .toList();
        String name = texts.get(0);
        if (!magics.getLineMagicNames().contains(name) && Magics.isMisspelt(name)) {
            return CALLED.matcher(call).replaceFirst(MagicRunner.class.getName() + ".misspelt");
        }
        if (texts.size() <= MOST_WORDS || !Magics.names().contains(name)) {
            return call;
        }
        String rest = String.join(" ", texts.subList(1, texts.size()));
        String one = Base64.getEncoder().encodeToString(rest.getBytes(Charset.defaultCharset()));
        Matcher words = ENCODED.matcher(call);
        words.find();
        words.find();
        return withoutLongConstants(call.substring(0, words.start(1)) + one + call.substring(call.lastIndexOf('"')));
    }

    private static String withoutLongConstants(String call) {
        return LONG_CONSTANT
                .matcher(call)
                .replaceAll(constant -> "String.join(\"\", \""
                        + PIECES.matcher(constant.group(1)).replaceAll("\", \"") + "\")");
    }
}
