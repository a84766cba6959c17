package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.explain.Exercise;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;

/** How many cases are right, and the easiest that is not: what was given, what came out, and what is to be said of it. */
final class ExerciseView {

    private ExerciseView() {}

    static View of(Exercise exercise, Limits limits) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line(exercise.summary()));
        exercise.failure().ifPresent(failure -> {
            List<Grid> grids = new ArrayList<>();
            failure.given().forEach((name, matrix) -> grids.add(Views.grid(name, matrix, limits)));
            failure.answer().ifPresent(answer -> grids.add(Views.grid("yours", answer.named("yours"), limits)));
            blocks.add(new Beside(grids));
            failure.says().forEach(line -> blocks.add(new Line(line)));
        });
        return new View(List.copyOf(blocks));
    }
}
