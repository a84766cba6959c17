package org.jacobean.table;

import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.matrix.Interrupts;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Checks, contributions, flows and confusions as tables. */
final class Explained {

    private Explained() {}

    static Table of(GradientCheck check) {
        StringColumn element = StringColumn.create("element");
        DoubleColumn analytic = DoubleColumn.create("analytic");
        DoubleColumn numeric = DoubleColumn.create("numeric");
        DoubleColumn absolute = DoubleColumn.create("absolute");
        DoubleColumn relative = DoubleColumn.create("relative");
        StringColumn verdict = StringColumn.create("verdict");
        for (GradientCheck.Element each : check.elements()) {
            element.append(each.name());
            analytic.append(each.analytic());
            numeric.append(each.numeric());
            absolute.append(each.absolute());
            relative.append(each.relative());
            verdict.append(each.verdict().toString());
        }
        return Table.create("check", element, analytic, numeric, absolute, relative, verdict);
    }

    static Table of(Contributions contributions) {
        IntColumn row = IntColumn.create("row");
        DoubleColumn norm = DoubleColumn.create("norm");
        DoubleColumn share = DoubleColumn.create("share");
        DoubleColumn runningSum = DoubleColumn.create("running sum");
        for (Contributions.Row each : contributions.rows()) {
            row.append(each.row() + 1);
            norm.append(each.norm());
            share.append(each.share());
            runningSum.append(each.runningSum());
        }
        String name = contributions.name().toString();
        return contributions.name().whole()
                ? Table.create(name, row, norm, share, runningSum)
                : Table.create(name, row, share, runningSum);
    }

    static Table of(Flow flow) {
        StringColumn place = StringColumn.create("place");
        StringColumn direction = StringColumn.create("direction");
        IntColumn layer = IntColumn.create("layer");
        StringColumn of = StringColumn.create("of");
        IntColumn rows = IntColumn.create("rows");
        IntColumn columns = IntColumn.create("columns");
        DoubleColumn mean = DoubleColumn.create("mean");
        DoubleColumn deviation = DoubleColumn.create("deviation");
        DoubleColumn zeros = DoubleColumn.create("zeros");
        LongColumn nans = LongColumn.create("NaN");
        LongColumn infinities = LongColumn.create("infinite");
        DoubleColumn largest = DoubleColumn.create("largest");
        BooleanColumn begins = BooleanColumn.create("begins");
        for (Flow.Place each : flow.places()) {
            place.append(each.name());
            direction.append(each.back() ? "back" : "forward");
            if (each.layer() == 0) {
                layer.appendMissing();
            } else {
                layer.append(each.layer());
            }
            of.append(each.of());
            rows.append(each.rows());
            columns.append(each.columns());
            mean.append(each.mean());
            deviation.append(each.deviation());
            zeros.append(each.zeroFraction());
            nans.append(each.nans());
            infinities.append(each.infinities());
            largest.append(each.largest());
            begins.append(each.first());
        }
        return Table.create(
                "flow",
                place,
                direction,
                layer,
                of,
                rows,
                columns,
                mean,
                deviation,
                zeros,
                nans,
                infinities,
                largest,
                begins);
    }

    static Table of(Confusion confusion) {
        IntColumn classes = IntColumn.create("class");
        Table table = Table.create("confusion", classes);
        for (int i = 0; i < confusion.classes(); i++) {
            classes.append(i);
        }
        int last = confusion.without() == 0 ? confusion.classes() - 1 : confusion.classes();
        for (int j = 0; j <= last; j++) {
            Interrupts.check("the table of the confusion");
            IntColumn predicted = IntColumn.create(j < confusion.classes() ? "" + j : "none");
            for (int i = 0; i < confusion.classes(); i++) {
                predicted.append(confusion.count(i, j < confusion.classes() ? j : Confusion.NONE));
            }
            table.addColumns(predicted);
        }
        return table;
    }
}
