package org.jacobean.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture in its 256 commonest colours: a third of the size, and no eye sees it. */
final class Palette {

    private Palette() {}

    static byte[] png(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        IntStream.of(pixels).forEach(pixel -> counts.merge(pixel, 1, Integer::sum));
        int[] colours = counts.keySet().stream()
                .sorted(Comparator.comparing((Integer colour) -> -counts.get(colour))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(256)
                .mapToInt(Integer::intValue)
                .toArray();
        BufferedImage indexed = new BufferedImage(
                width,
                image.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, colours.length, colours, 0, false, -1, 0));
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            int index = nearest.computeIfAbsent(pixels[i], pixel -> IntStream.range(0, colours.length)
                    .boxed()
                    .min(Comparator.comparing(k -> distance(colours[k], pixel)))
                    .orElseThrow());
            indexed.getRaster().setSample(i % width, i / width, 0, index);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ImageIO.write(indexed, "png", written);
        return written.toByteArray();
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 255) - (other >> 16 & 255);
        int green = (one >> 8 & 255) - (other >> 8 & 255);
        int blue = (one & 255) - (other & 255);
        return red * red + green * green + blue * blue;
    }
}
