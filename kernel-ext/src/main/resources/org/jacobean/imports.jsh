import org.jacobean.matrix.*;
import org.jacobean.layer.*;
import org.jacobean.explain.*;
import org.jacobean.explain.Flow;
import org.jacobean.table.*;
import org.jacobean.view.Display;
import static org.jacobean.view.Display.show;
import tech.tablesaw.api.*;
