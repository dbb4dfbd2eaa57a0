package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Line;
import dev.rollcall.stress.check.CheckResult.Race;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.subjects.RollcallExact;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What becomes of a promise, by the lines of a race. */
class CheckRunTest {
    private static final String TWICE = Promise.ONE_END.broken("both are told");

    private static List<Cell> cells(Line... lines) {
        Race race = new Race("DestroyVsTimeout", 1_000, List.of(lines), null);
        return new CheckRun(new SubjectClass(RollcallExact.class), Pattern.compile(""), Path.of("nowhere"), done -> {})
                .cells(List.of(race));
    }

    /** A sample that breaks one promise says nothing of the next one. */
    @Test
    void cells_nearlyEverySampleBrokeAnotherPromise_areNotJudged() {
        assertThat(cells(new Line(TWICE, 971), new Line("destroy", 29)))
                .extracting(Cell::promise, Cell::status, Cell::samples, Cell::broken, Cell::order)
                .contains(
                        tuple(Promise.ONE_END, Status.BROKEN, 1_000L, 971L, "both are told"),
                        tuple(Promise.COUNT_AT_REST, Status.HELD, 1_000L, 0L, ""),
                        tuple(Promise.EVENTS, Status.NOT_JUDGED, 29L, 0L, "nearly every sample broke another promise"));
    }

    @Test
    void cells_enoughSamplesBrokeNothing_holdInThose() {
        assertThat(cells(new Line(TWICE, 970), new Line("destroy", 30)))
                .extracting(Cell::promise, Cell::status, Cell::samples, Cell::order)
                .contains(tuple(Promise.EVENTS, Status.HELD, 30L, ""));
    }
}
