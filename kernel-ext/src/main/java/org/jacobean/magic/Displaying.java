package org.jacobean.magic;

import java.util.ArrayList;
import java.util.List;

/** {@code %display}: the settings of {@code Display}. */
final class Displaying {

    private static final List<String> SETTINGS = List.of("rows", "columns", "digits");

    private static final String DEFAULT = "default";

    private static final List<String> WORDS = List.of("rows", "columns", "digits", DEFAULT);

    private Displaying() {}

    /** A chain of calls, which Java sets whole or not at all. */
    static Expansion display(Arguments arguments) {
        List<String> words = arguments.words();
        if (arguments.name() != null) {
            throw new MagicException(
                    SETTINGS.contains(arguments.name())
                            ? "%display: between a setting and its number stands a blank and no =: " + arguments.name()
                                    + " " + arguments.operands()
                            : "%display declares no variable: write %display " + arguments.operands());
        }
        if (arguments.operands().contains(",") || arguments.operands().contains("=")) {
            throw new MagicException("%display: between its words stand blanks alone: %display "
                    + arguments.operands().replaceAll("\\s*[,=]\\s*", " ").strip());
        }
        StringBuilder chain = new StringBuilder("Display");
        int i = 0;
        if (!words.isEmpty() && words.get(0).equals(DEFAULT)) {
            chain.append(".defaults()");
            i++;
        }
        List<String> set = new ArrayList<>();
        for (; i < words.size(); i += 2) {
            String setting = setting(words.get(i), set);
            set.add(setting);
            String number = i + 1 < words.size() ? words.get(i + 1) : "";
            chain.append(".")
                    .append(setting)
                    .append("(")
                    .append(whole(setting, number))
                    .append(")");
        }
        return new Expansion(
                arguments.magic(), null, "Settings", words.isEmpty() ? "Display.settings()" : chain + "", List.of());
    }

    private static String setting(String word, List<String> before) {
        if (before.contains(word)) {
            throw new MagicException("%display: " + word + " stands twice");
        }
        if (SETTINGS.contains(word)) {
            return word;
        }
        if (word.matches("[-+]?\\d.*")) {
            throw new MagicException(
                    "%display: before the number " + word + " stands what it is for, such as rows " + word);
        }
        if (word.equals(DEFAULT)) {
            throw new MagicException(
                    "%display: default stands first, as in %display default " + String.join(" 20 ", before) + " 20");
        }
        throw new MagicException("%display: there is no setting " + word
                + "; there are rows, columns and digits, each with a number, and default"
                + Meant.didYouMean(word, WORDS));
    }

    private static int whole(String setting, String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new MagicException("%display: " + setting + " takes a whole number, such as " + setting + " "
                    + (setting.equals("digits") ? 6 : 20)
                    + (number.isEmpty() ? ", and that is missing" : ", not '" + number + "'"));
        }
    }
}
