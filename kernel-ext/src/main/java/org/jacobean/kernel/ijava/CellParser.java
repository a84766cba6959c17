package org.jacobean.kernel.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.magic.CellMagicArgs;
import io.github.spencerpark.jupyter.kernel.magic.CellMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.LineMagicArgs;
import io.github.spencerpark.jupyter.kernel.magic.LineMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jacobean.magic.Magics;

/**
 * Shows what the last magic of a cell returns, which IJava keeps back by an empty block behind each call; and lets magics be
 * long. IJava hands over a cell magic's body in one constant of Java, which holds 65,535 bytes, and each word of a line
 * magic in one of its own; after what is longer, or has thousands of words, nothing compiles in the session any more. So a
 * long text is kept here, and its number is handed over. IJava runs its start-up script within the first cell, too late for
 * that cell itself.
 */
final class CellParser extends MagicParser {

    /** In Base64, and with every character three bytes long, it still is a constant. */
    private static final int LONGEST = 15_000;

    private static final int MOST_WORDS = 200;

    /** Stands between a call of ours and IJava's empty block. */
    private static final String OURS = "/* of Jacobean */";

    private static final Pattern BLOCK = Pattern.compile("\\{\\};$");
    private static final Pattern LAST =
            Pattern.compile(Pattern.quote(OURS) + "\\{\\};(?=(?:\\s|//[^\n]*|/\\*.*?\\*/)*+$)", Pattern.DOTALL);

    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** As IJava 1.3.0 recognises magics: at the start of a line or behind {@code =}, and at the start of a cell. */
    private CellParser() {
        super("(?:^|(?<==))\\s*%", "%%");
    }

    /** Puts itself in the place of the kernel's own parser, which no method of its API can do. */
    static CellParser in(BaseKernel kernel) throws ReflectiveOperationException {
        CellParser parser = new CellParser();
        for (Field field : kernel.getClass().getDeclaredFields()) {
            for (Field part : field.getType().getDeclaredFields()) {
                if (part.getType() == MagicParser.class) {
                    field.setAccessible(true);
                    part.setAccessible(true);
                    part.set(field.get(kernel), parser);
                }
            }
        }
        return parser;
    }

    @Override
    public CellMagicParseContext parseCellMagic(String cell) {
        CellMagicParseContext magic = super.parseCellMagic(cell);
        if (magic == null
                || magic.getMagicCall().getBody().length() <= LONGEST
                || !Magics.cellNames().contains(magic.getMagicCall().getName())) {
            return magic;
        }
        CellMagicArgs call = magic.getMagicCall();
        CellMagicArgs brief = CellMagicArgs.of(call.getName(), call.getArgs(), keep(call.getBody()));
        return CellMagicParseContext.of(brief, magic.getRawArgsLine(), cell);
    }

    @Override
    public String transformLineMagics(String cell, Function<LineMagicParseContext, String> transformer) {
        String java = super.transformLineMagics(cell, magic -> {
            String call = transformer.apply(brief(magic));
            return isOurs(magic) ? BLOCK.matcher(call).replaceFirst(OURS + "{};") : call;
        });
        return LAST.matcher(java).replaceFirst("");
    }

    private static boolean isOurs(LineMagicParseContext magic) {
        return Magics.names().contains(magic.getMagicCall().getName());
    }

    private LineMagicParseContext brief(LineMagicParseContext magic) {
        LineMagicArgs call = magic.getMagicCall();
        if (call.getArgs().size() <= MOST_WORDS || !isOurs(magic)) {
            return magic;
        }
        LineMagicArgs brief = LineMagicArgs.of(call.getName(), List.of(keep(String.join(" ", call.getArgs()))));
        return LineMagicParseContext.of(brief, magic.getRaw(), magic.getRawCell(), magic.getRawContextPrefix());
    }

    private String keep(String text) {
        String number = "jacobean-kept-" + numbers.incrementAndGet();
        kept.put(number, text);
        return number;
    }

    /** The body that was handed over; a cell magic runs once. */
    String body(String handed) {
        String text = kept.remove(handed);
        return text == null ? handed : text;
    }

    /** The words that were handed over, as one text; a line in a loop runs again. */
    String words(List<String> handed) {
        String text = String.join(" ", handed);
        return kept.getOrDefault(text, text);
    }
}
