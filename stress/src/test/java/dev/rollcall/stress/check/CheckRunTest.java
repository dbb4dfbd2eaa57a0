package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Line;
import dev.rollcall.stress.check.CheckResult.Race;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.subjects.RollcallExact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a promise, by the lines of a race. */
class CheckRunTest {
    private static final String TWICE = Promise.ONE_END.broken("both are told");

    private static List<Cell> cells(Line... lines) {
        return cells(RollcallExact.class, new Race("DestroyVsTimeout", 1_000, List.of(lines), null));
    }

    private static List<Cell> cells(Class<? extends SessionSubject> subject, Race race) {
        return new CheckRun(new SubjectClass(subject), Pattern.compile(""), Path.of("nowhere"), done -> {})
                .cells(List.of(race));
    }

    /** What nobody tells cannot be broken, so that it was not broken means nothing. */
    @Test
    void cells_answersAreUntold_isNotOffered() {
        Line untold = new Line(Promise.KEEPALIVE.ifTold(Answer.UNTOLD, "timeout -> keepalive"), 1_000);

        assertThat(cells(RollcallExact.class, new Race("KeepaliveVsTimeout", 1_000, List.of(untold), null)))
                .extracting(Cell::promise, Cell::status, Cell::order)
                .contains(
                        tuple(
                                Promise.KEEPALIVE,
                                Status.NOT_OFFERED,
                                "it is judged by answers, and the adapter's are UNTOLD"),
                        tuple(Promise.COUNT_AT_REST, Status.HELD, ""));
    }

    private static String keepaliveHeld(Line... lines) {
        Cell cell = cells(RollcallExact.class, new Race("KeepaliveVsTimeout", 1_000, List.of(lines), null))
                .get(Promise.KEEPALIVE.ordinal());
        assertThat(cell.status()).isEqualTo(Status.HELD);
        StringWriter out = new StringWriter();
        CheckTable.print(
                new PrintWriter(out, true),
                List.of(new CheckResult.Subject("", "", "", "", "", List.of(), List.of(cell), List.of())));
        return out.toString()
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ")
                .strip();
    }

    /** What was held in one order only is weak evidence, but a manager may have no other. */
    @Test
    void cells_hardlyASampleOfOneOrder_isSaidBesideHeld() {
        Line first = new Line("keepalive -> timeout", 971);

        assertThat(keepaliveHeld(first, new Line("timeout -> keepalive", 29)))
                .isEqualTo(
                        "no lost keepalive held in 1,000 samples; KeepaliveVsTimeout: \"timeout -> keepalive\" in 29 only");
        assertThat(keepaliveHeld(first, new Line("not judged: too slow", 29)))
                .isEqualTo(
                        "no lost keepalive held in 971 samples; KeepaliveVsTimeout: \"keepalive -> timeout\" in all of them");
        assertThat(keepaliveHeld(first, new Line("timeout -> keepalive", 30)))
                .isEqualTo("no lost keepalive held in 1,001 samples");
        assertThat(keepaliveHeld(first, new Line("keepalive -> timeout, or timeout -> keepalive", 29)))
                .as("nobody told which")
                .isEqualTo("no lost keepalive held in 1,000 samples");
        assertThat(keepaliveHeld(first, new Line(Promise.COUNT_AT_REST.broken("timeout -> keepalive; off"), 29)))
                .isEqualTo("no lost keepalive held in 1,000 samples");
    }

    @Test
    void cells_sharedAndItsRaceNeedsAManagerOfItsOwn_saysSo() {
        Line fine = new Line("destroy -> timeout", 1_000);

        assertThat(cells(BadAdapters.SharedShutdown.class, new Race("DestroyVsTimeout", 1_000, List.of(fine), null)))
                .extracting(Cell::promise, Cell::status, Cell::order)
                .contains(
                        tuple(
                                Promise.CLOSE,
                                Status.NOT_OFFERED,
                                "its race needs a manager of its own for each sample, and the adapter is Shared"),
                        tuple(Promise.LIMIT, Status.NOT_OFFERED, "the adapter does not implement Limit"),
                        tuple(Promise.KEEPALIVE, Status.NOT_OFFERED, "no race that judges it was run"));
    }

    /** A promise that a race can break but is not said to judge would never turn red. */
    @Test
    void races_breakOnlyWhatTheySayTheyJudge() throws Exception {
        for (String name : CheckRun.names()) {
            String source = Files.readString(
                    Path.of("src/main/java/dev/rollcall/stress/check/races").resolve(name + ".java"));
            SubjectRace marks =
                    Class.forName("dev.rollcall.stress.check.races." + name).getAnnotation(SubjectRace.class);
            Stream<Promise> broken = Stream.of(Promise.values())
                    .filter(promise -> source.contains("Promise." + promise + ".broken")
                            || source.contains("Promise." + promise + ".ifTold")
                            || (promise == Promise.EVENTS && source.contains("atRestEnded("))
                            || (promise == Promise.COUNT_AT_REST && source.contains("atRest")));

            assertThat(marks.proves()).as(name).containsExactlyInAnyOrderElementsOf(broken.toList());
        }
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
