package org.jacobean.matrix;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of some words a person meant who typed another. */
public final class Spelling {

    private static final int LONGEST = 100;

    private Spelling() {}

    /** The word that differs from what was typed in case alone, or in few letters: in one of 4, in two of 7. */
    public static Optional<String> nearest(String typed, Collection<String> words) {
        return words.stream()
                .filter(word -> typed.length() <= LONGEST && word.length() <= LONGEST)
                .filter(word -> distance(typed, word) <= (Math.max(typed.length(), word.length()) - 1) / 3)
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** {@code ; did you mean relu?}, or nothing. */
    public static String didYouMean(String typed, Collection<String> words) {
        return nearest(typed, words).map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** How many letters must be put in, left out, exchanged or swapped with the next; case does not count. */
    private static int distance(String typed, String word) {
        String a = typed.toLowerCase(Locale.ROOT);
        String b = word.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int exchanged = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(exchanged, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
