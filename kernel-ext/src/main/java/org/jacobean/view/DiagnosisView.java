package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.explain.Diagnosis;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Line;

/** What is to be said of a gradient, a line each, and where its errors are unless one mistake explains them all. */
final class DiagnosisView {

    private DiagnosisView() {}

    static View of(Diagnosis diagnosis, Limits limits) {
        List<Block> blocks = new ArrayList<>();
        diagnosis.summary().lines().map(Line::new).forEach(blocks::add);
        if (diagnosis.sameShape() && !diagnosis.right() && !diagnosis.explained()) {
            Matrix errors = diagnosis.errors();
            blocks.add(Beside.of(Views.grid("relative error", errors, limits)));
            blocks.add(new Line("relative to the larger of the two, at least to the gradient's root mean square"));
        }
        return new View(List.copyOf(blocks));
    }
}
