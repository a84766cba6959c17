package org.jacobean.table;

import org.jacobean.explain.Contributions;
import org.jacobean.explain.GradientCheck;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Checks and contributions as tables. */
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
}
