package org.jacobean.table;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jacobean.explain.Diagnosis;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The elements of a gradient that a person supplied, beside the right ones, the worst first. */
final class ErrorTable {

    /** Nobody reads more; a large layer has millions. */
    private static final int MOST = 10_000;

    private record Entry(int row, int column, double relative) {}

    private ErrorTable() {}

    static Table of(Diagnosis diagnosis) {
        Matrix right = diagnosis.expected();
        Matrix mine = diagnosis.supplied();
        Labels labels = Labels.of(right);
        StringColumn element = StringColumn.create("element");
        DoubleColumn its = DoubleColumn.create("right");
        DoubleColumn supplied = DoubleColumn.create("supplied");
        DoubleColumn absolute = DoubleColumn.create("absolute");
        DoubleColumn relative = DoubleColumn.create("relative");
        for (Entry entry : worst(diagnosis.errors())) {
            double r = right.get(entry.row, entry.column);
            double m = mine.get(entry.row, entry.column);
            element.append(labels.element(entry.row, entry.column));
            its.append(r);
            supplied.append(m);
            absolute.append(Math.abs(m - r));
            relative.append(entry.relative);
        }
        return Table.create(right.label("gradient"), element, its, supplied, absolute, relative);
    }

    private static List<Entry> worst(Matrix errors) {
        Comparator<Entry> worstFirst = Comparator.comparingDouble(Entry::relative)
                .reversed()
                .thenComparingInt(Entry::row)
                .thenComparingInt(Entry::column);
        PriorityQueue<Entry> worst = new PriorityQueue<>(worstFirst.reversed());
        for (int i = 0; i < errors.rows(); i++) {
            Interrupts.check("the table of errors");
            for (int j = 0; j < errors.columns(); j++) {
                if (worst.size() < MOST || errors.get(i, j) > worst.peek().relative) {
                    worst.add(new Entry(i, j, errors.get(i, j)));
                    if (worst.size() > MOST) {
                        worst.poll();
                    }
                }
            }
        }
        return worst.stream().sorted(worstFirst).toList();
    }
}
