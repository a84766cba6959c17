package org.jacobean.view;

import java.util.List;
import java.util.Locale;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import org.jacobean.table.Labels;

/**
 * The rows of a matrix x [N × h·w] as pictures of h × w pixels, row by row, such as handwritten digits; the weights of a
 * layer [n × m] as a picture for each unit are {@code Images.of(w.transpose(), h, w)}.
 *
 * <p>All share one scale. Where no number is negative, 0 is white and the largest black; else 0 is white, positive is red
 * and negative blue. NaN and ±∞ are marked.
 */
public final class Images {

    private final Matrix matrix;
    private final int height;
    private final int width;
    private final List<String> captions;

    private Images(Matrix matrix, int height, int width, List<String> captions) {
        this.matrix = matrix;
        this.height = height;
        this.width = width;
        this.captions = captions;
    }

    /**
     * A picture of each row of {@code matrix} [N × height·width].
     *
     * @throws IllegalArgumentException when a row has not height · width entries, saying what would fit
     */
    public static Images of(Matrix matrix, int height, int width) {
        if (matrix == null) {
            throw new IllegalArgumentException("the matrix of pictures is null; did the cell that declares it fail?");
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a picture has at least one row and one column of pixels, not " + height + " × " + width);
        }
        if ((long) height * width != matrix.columns()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the %,d columns of %s are not %,d × %,d pixels, which are %,d; %s",
                    matrix.columns(),
                    matrix.label("the matrix"),
                    height,
                    width,
                    (long) height * width,
                    remedy(matrix, height, width)));
        }
        return new Images(matrix, height, width, null);
    }

    private static String remedy(Matrix matrix, int height, int width) {
        if ((long) height * width == matrix.rows()) {
            String its = matrix.label("matrix");
            return String.format(
                    Locale.ROOT,
                    "its columns have so many entries: a picture of each column is %%images --columns %s %dx%d, in Java"
                            + " Images.of(%s.transpose(), %d, %d)",
                    its,
                    height,
                    width,
                    its,
                    height,
                    width);
        }
        int side = (int) Math.sqrt(matrix.columns());
        while (matrix.columns() % side != 0) {
            side--;
        }
        return "it could be " + side + " × " + matrix.columns() / side;
    }

    /**
     * The same with a line below each picture, {@code "7, not 9"}, in the order of the rows.
     *
     * @throws IllegalArgumentException when they are not as many as the pictures
     */
    public Images captions(List<String> captions) {
        if (captions == null) {
            throw new IllegalArgumentException("the captions are null; did the cell that declares them fail?");
        }
        if (captions.size() != matrix.rows()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "there must be a caption for each of the %,d pictures, and there are %,d captions",
                    matrix.rows(),
                    captions.size()));
        }
        return new Images(
                matrix, height, width, captions.stream().map(String::valueOf).toList());
    }

    Matrix matrix() {
        return matrix;
    }

    /** In pixels. */
    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** What stands below picture {@code i}, counted from 0: its caption, or else the name of its row. */
    String caption(int i) {
        return captions != null ? captions.get(i) : Labels.of(matrix).row(i);
    }

    /** {@code 60 pictures of 8 × 8: x 60 × 64}. */
    @Override
    public String toString() {
        String name = matrix.label("");
        return Visible.of(String.format(
                Locale.ROOT,
                "%,d %s of %d × %d: %s%s",
                matrix.rows(),
                matrix.rows() == 1 ? "picture" : "pictures",
                height,
                width,
                name.isEmpty() ? "" : name + " ",
                matrix.shape()));
    }
}
