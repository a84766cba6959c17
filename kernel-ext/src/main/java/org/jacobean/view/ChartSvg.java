package org.jacobean.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Visible;
import org.jacobean.view.ChartView.Curve;
import org.jacobean.view.ChartView.Range;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart drawn by XChart: fixed colours on white, the lines told apart by colour and by their dashes. The letters are drawn
 * as outlines of the machine's own font, so they differ a little from machine to machine.
 */
final class ChartSvg {

    static {
        // Before the first class of AWT is loaded: drawing into a string opens no window, and a Mac shows no icon for
        // it.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LONGEST_NAME = 24;
    private static final int LONGEST_TITLE = 45;
    private static final int LONGEST_LEGEND = 70;

    /** Up to such a ratio of its ends a logarithmic axis has room for labels between its powers of ten. */
    private static final double DECADE_AND_A_BIT = 15;

    /** XChart labels every power of ten; where there are more, the exponents are drawn, on an axis like any other. */
    private static final int MOST_DECADES = 12;

    /** Up to so many points of a line have a mark each. */
    private static final int MARKED = 30;

    private static final int MARKED_WITH_GAPS = 300;

    /** Of Okabe and Ito, "Color Universal Design" (2008): told apart with every kind of colour blindness. */
    private static final int[] COLORS = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x000000, 0xe69f00, 0x56b4e9, 0x666666
    };

    private static final float[][] DASHES = {null, {8, 5}, {2, 4}, {10, 4, 2, 4}, null, {8, 5}, {2, 4}, {10, 4, 2, 4}};

    private static final Marker[] MARKS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND
    };

    /** XChart draws a line from each point to the next, its attributes in this order. */
    private static final Pattern LINE = Pattern.compile(
            "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"/>\n");

    private static final Pattern DECIMALS = Pattern.compile("-?\\d+\\.\\d{3,}(?:[eE]-?\\d+)?");

    private ChartSvg() {}

    /**
     * Drawn on a thread of its own, since drawing takes away the flag of a thread that is interrupted meanwhile.
     *
     * @throws CancellationException when this thread is interrupted
     * @throws ExecutionException with an exception or an error of AWT's, on a machine without fonts
     */
    static String of(Chart chart, List<Curve> curves, String description) throws ExecutionException {
        FutureTask<String> drawing = new FutureTask<>(() -> draw(chart, curves, description));
        Thread thread = new Thread(drawing, "chart");
        thread.setDaemon(true);
        thread.start();
        try {
            return drawing.get();
        } catch (InterruptedException e) {
            drawing.cancel(true);
            Thread.currentThread().interrupt();
            throw Interrupts.givenUp("the chart");
        }
    }

    private static String draw(Chart chart, List<Curve> curves, String description) throws IOException {
        XYChart drawn = new XYChart(WIDTH, HEIGHT);
        style(drawn.getStyler());
        drawn.setTitle(HtmlLowering.cut(Visible.of(chart.title()), LONGEST_TITLE));
        drawn.setXAxisTitle(name(chart.x()));
        if (chart.histogram() != null) {
            bars(drawn, chart.histogram());
        } else {
            drawn.setYAxisTitle(curves.size() == 1 ? name(curves.get(0).name()) : "");
            legend(drawn.getStyler(), curves);
            Range y = Range.of(curves.stream().map(Curve::y).toList(), chart.isLog());
            boolean byExponents = chart.isLog() && Math.log10(y.max()) - Math.log10(y.min()) > MOST_DECADES;
            lines(
                    drawn,
                    byExponents ? curves.stream().map(Curve::exponents).toList() : curves,
                    chart.isLog() && !byExponents);
            if (byExponents) {
                drawn.getStyler().setyAxisTickLabelsFormattingFunction(exponent -> tick(Math.pow(10, exponent)));
            }
        }
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(drawn, svg, VectorGraphicsFormat.SVG);
        return compact(svg.toString(StandardCharsets.UTF_8), chart.title(), description);
    }

    private static void lines(XYChart drawn, List<Curve> curves, boolean log) {
        drawn.getStyler().setYAxisLogarithmic(log);
        axes(drawn.getStyler(), curves, log);
        for (int k = 0; k < curves.size(); k++) {
            line(drawn, k, curves.get(k));
        }
    }

    private static void style(XYStyler styler) {
        Color ink = new Color(0x222222);
        Color grid = new Color(0xdddddd);
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(grid)
                .setChartFontColor(ink)
                .setChartPadding(12)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
                .setChartTitleBoxVisible(false)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setLegendBorderColor(Color.WHITE)
                .setLegendSeriesLineLength(36)
                .setMarkerSize(6);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setAxisTickLabelsColor(ink)
                .setPlotGridLinesColor(grid)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setxAxisTickLabelsFormattingFunction(ChartSvg::tick);
    }

    private static String tick(double value) {
        return Digits.alone(value, 6);
    }

    /** Below the plot where the names fit one line, else beside it. */
    private static void legend(XYStyler styler, List<Curve> curves) {
        int length = curves.stream()
                .mapToInt(curve -> name(curve.name()).length() + 7)
                .sum();
        boolean below = length <= LONGEST_LEGEND;
        styler.setLegendVisible(curves.size() > 1)
                .setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE)
                .setLegendLayout(below ? LegendLayout.Horizontal : LegendLayout.Vertical);
    }

    /** An axis that has no length is given one. */
    private static void axes(XYStyler styler, List<Curve> curves, boolean log) {
        Range x = Range.of(curves.stream().map(Curve::x).toList(), false);
        Range y = Range.of(curves.stream().map(Curve::y).toList(), log);
        if (x.min() == x.max()) {
            styler.setXAxisMin(finite(x.min() - around(x.min()))).setXAxisMax(finite(x.min() + around(x.min())));
        }
        if (log) {
            styler.setYAxisLogarithmicDecadeOnly(y.max() / DECADE_AND_A_BIT > y.min());
        } else { // to XChart, an axis whose labels are formatted is none of logarithms
            styler.setyAxisTickLabelsFormattingFunction(ChartSvg::tick);
        }
        if (y.min() == y.max()) {
            styler.setYAxisMin(finite(log ? Math.max(Double.MIN_VALUE, y.min() / 10) : y.min() - around(y.min())))
                    .setYAxisMax(finite(log ? y.min() * 10 : y.min() + around(y.min())));
        }
    }

    private static double around(double value) {
        return value == 0 ? 1 : Math.abs(value) / 2;
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private static void line(XYChart drawn, int k, Curve curve) {
        if (curve.isEmpty()) {
            return;
        }
        // XChart labels points at equal distances by their own x, however odd: a gap between makes them unequal.
        int n = curve.x().length;
        double[] x = Arrays.copyOf(curve.x(), n > MARKED ? n + 1 : n);
        double[] y = Arrays.copyOf(curve.y(), x.length);
        if (n > MARKED) {
            x[n] = x[0] + (x[1] - x[0]) / 3;
            y[n] = Double.NaN;
        }
        XYSeries series = drawn.addSeries("line" + k, x, y);
        series.setLabel(name(curve.name()));
        series.setLineColor(new Color(COLORS[k])).setLineStyle(stroke(DASHES[k]));
        series.setMarkerColor(new Color(COLORS[k]))
                .setMarker(isMarked(curve) ? MARKS[k % MARKS.length] : SeriesMarkers.NONE);
    }

    private static boolean isMarked(Curve curve) {
        return curve.drawn() <= (curve.hasLonePoint() ? MARKED_WITH_GAPS : MARKED);
    }

    private static BasicStroke stroke(float[] dashes) {
        return new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    private static void bars(XYChart drawn, Histogram histogram) {
        int bins = histogram.counts().length;
        double[] counts = Arrays.stream(Arrays.copyOf(histogram.counts(), bins + 1))
                .asDoubleStream()
                .toArray();
        counts[bins] = counts[bins - 1]; // the last step ends where it began
        drawn.setYAxisTitle("how many");
        drawn.getStyler().setLegendVisible(false);
        drawn.getStyler().setYAxisMin(0.0);
        XYSeries series = drawn.addSeries("bars", histogram.ends(), counts);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        series.setMarker(SeriesMarkers.NONE).setFillColor(new Color(0x9ecae9));
        series.setLineColor(new Color(COLORS[0])).setLineStyle(new BasicStroke(1.5f));
    }

    private static String name(String name) {
        return HtmlLowering.cut(Visible.of(name), LONGEST_NAME);
    }

    /** Without a document type, with hundredths of a pixel, and with one element for a line of many points. */
    private static String compact(String svg, String title, String description) {
        String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
        String lines = body.replaceAll("(?m)^ +|\r", "");
        String numbers = DECIMALS.matcher(lines).replaceAll(number -> Svg.number(Double.parseDouble(number.group())));
        return Svg.panel(WIDTH, HEIGHT, title, description) + joined(numbers) + "</svg>";
    }

    private static String joined(String svg) {
        StringBuilder joined = new StringBuilder();
        Matcher line = LINE.matcher(svg);
        int end = 0;
        MatchResult before = null;
        while (line.find()) {
            boolean goesOn = before != null
                    && line.start() == end
                    && line.group(1).equals(before.group(1))
                    && line.group(2).equals(before.group(3))
                    && line.group(4).equals(before.group(5));
            if (!goesOn) {
                joined.append(before == null ? "" : "\"/>\n")
                        .append(svg, end, line.start())
                        .append("<polyline style=\"")
                        .append(line.group(1))
                        .append("\" points=\"")
                        .append(line.group(2))
                        .append(',')
                        .append(line.group(4));
            }
            joined.append(' ').append(line.group(3)).append(',').append(line.group(5));
            before = line.toMatchResult();
            end = line.end();
        }
        return joined.append(before == null ? "" : "\"/>\n")
                .append(svg.substring(end))
                .toString();
    }
}
