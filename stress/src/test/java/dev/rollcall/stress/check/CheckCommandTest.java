package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.subjects.Shipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command from its arguments to its files, with adapters that live in another jar than its own. */
class CheckCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int check(String race, String... subjects) {
        return check(2, race, subjects);
    }

    private int check(int seconds, String race, String... subjects) {
        List<String> args = new ArrayList<>(List.of("--seconds", "" + seconds, "-t", race, "--out", folder.toString()));
        for (String subject : subjects) {
            args.add("--subject");
            args.add(subject);
        }
        return run(args.toArray(String[]::new));
    }

    /**
     * Two that destroy one session, for longer and longer until the result is enough: a slow machine needs longer for as
     * many samples.
     *
     * @return the worst status
     */
    private int destroysUntil(Predicate<List<CheckResult.Subject>> isEnough, String... subjects) throws IOException {
        int worst = 0;
        boolean isDone = false;
        for (int seconds = 2; !isDone && seconds <= 128; seconds *= 2) {
            worst = Math.max(worst, check(seconds, "DestroyVsDestroy", subjects));
            isDone = isEnough.test(result().subjects());
        }
        return worst;
    }

    private static Predicate<List<CheckResult.Subject>> moreSamplesThan(long samples) {
        return subjects -> cell(subjects.get(0), Promise.ONE_END).samples() > samples;
    }

    private CheckResult result() throws IOException {
        return new Gson().fromJson(Files.readString(folder.resolve("check.json")), CheckResult.class);
    }

    private static Cell cell(CheckResult.Subject subject, Promise promise) {
        return subject.cells().get(promise.ordinal());
    }

    @Test
    void soundAdapter_holdsAndWhatItLacksIsNotOffered() throws IOException {
        assertThat(destroysUntil(moreSamplesThan(1_000), BadAdapters.Sound.class.getName()))
                .isZero();

        CheckResult.Subject sound = result().subjects().get(0);
        assertThat(cell(sound, Promise.ONE_END).status()).isEqualTo(Status.HELD);
        assertThat(cell(sound, Promise.ONE_END).samples()).isGreaterThan(1_000);
        assertThat(cell(sound, Promise.LIMIT).status()).isEqualTo(Status.NOT_OFFERED);
        assertThat(cell(sound, Promise.EVENTS).status()).isEqualTo(Status.NOT_OFFERED);
        assertThat(out.toString())
                .contains(
                        "one end            held",
                        "hard limit         not offered  the adapter does not implement Limit");
        assertThat(Files.readString(folder.resolve("check.html")))
                .contains(
                        "<td class=\"none\" title=\"the adapter does not implement Limit\"><span class=\"label\">hard limit</span> not offered</td>")
                .contains("<td class=\"held\"><span class=\"label\">one end</span> held</td>")
                .doesNotContain("src=", "http://", "https://", "@import");
    }

    @Test
    void mapWithCounter_isBrokenByTheRaceOfOneReader() throws IOException {
        assertThat(check("FoundButNotCounted", "map-atomic")).isEqualTo(1);

        Cell broken = cell(result().subjects().get(0), Promise.COUNT_IN_MOTION);
        assertThat(broken.status()).isEqualTo(Status.BROKEN);
        assertThat(broken.broken()).isPositive();
        assertThat(broken.order()).contains("a lookup finds it -> the count is read without it");
        assertThat(out.toString()).contains("count in motion    BROKEN");
        assertThat(Files.readString(folder.resolve("check.html"))).contains("broken <small>");
    }

    /** What a manager tells of an end must not hide what it counts, and no promise what becomes of another. */
    @Test
    void mapThatCountsTwice_breaksTheCountWhateverElseItBreaks() throws IOException {
        assertThat(destroysUntil(
                        tested -> tested.stream()
                                .allMatch(subject ->
                                        cell(subject, Promise.COUNT_AT_REST).status() == Status.BROKEN),
                        BadAdapters.CountsTwice.class.getName(),
                        BadAdapters.CountsTwiceUntold.class.getName(),
                        BadAdapters.TellsTwice.class.getName()))
                .isEqualTo(1);

        List<CheckResult.Subject> subjects = result().subjects();
        assertThat(subjects)
                .extracting(subject -> cell(subject, Promise.COUNT_AT_REST).status())
                .containsOnly(Status.BROKEN);
        assertThat(subjects)
                .extracting(subject -> cell(subject, Promise.COUNT_AT_REST).order())
                .allMatch(order -> order.contains("at rest the count is 1 too low, below zero"));
        assertThat(subjects)
                .extracting(subject -> cell(subject, Promise.ONE_END).status())
                .containsExactly(Status.BROKEN, Status.HELD, Status.HELD);
        assertThat(subjects)
                .extracting(subject -> cell(subject, Promise.EVENTS).status())
                .containsExactly(Status.NOT_OFFERED, Status.NOT_OFFERED, Status.BROKEN);
        assertThat(Files.readString(folder.resolve("check.html")))
                .contains(
                        "below zero</span>; <span class=\"broken\">one end broken: both callers are told that they ended it")
                .doesNotContain(" | ");
    }

    @Test
    void adapterWithTimers_isClosedAfterEachSample() throws IOException {
        assertThat(destroysUntil(moreSamplesThan(12_000), BadAdapters.Timed.class.getName()))
                .isZero();
        assertThat(cell(result().subjects().get(0), Promise.ONE_END).samples()).isGreaterThan(12_000);
    }

    @Test
    void adapterWhoseConstructorHangsInARace_isRedWithItsName() throws IOException {
        assertThat(check("DestroyVsDestroy", BadAdapters.HangsInConstructor.class.getName()))
                .isEqualTo(1);

        assertThat(result().subjects().get(0).races().get(0).failure())
                .contains("$HangsInConstructor.<init> did not return within 5 seconds");
    }

    @Test
    void failingAdapter_isRedWithItsReasonAndTheRestGoesOn() throws IOException {
        int status = check(
                "DestroyVsDestroy",
                BadAdapters.Throws.class.getName(),
                BadAdapters.ThrowsInARace.class.getName(),
                "no.such.Adapter",
                "rollcall");

        assertThat(status).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "Alone: java -cp your.jar:rollcall-stress.jar dev.rollcall.stress.StressMain check --subject no.such");
        List<CheckResult.Subject> subjects = result().subjects();
        assertThat(cell(subjects.get(0), Promise.ONE_END).order()).contains("$Throws.find threw");
        Cell inARace = cell(subjects.get(1), Promise.ONE_END);
        assertThat(inARace.status()).isEqualTo(Status.NOT_JUDGED);
        assertThat(inARace.order())
                .contains("$ThrowsInARace.destroy threw java.lang.IllegalStateException: gone already");
        assertThat(cell(subjects.get(2), Promise.ONE_END).order()).contains("there is no class no.such.Adapter");
        assertThat(cell(subjects.get(3), Promise.ONE_END).status()).isEqualTo(Status.HELD);
    }

    @Test
    void adapterThatHangsInARace_isRedWithItsMethodAndTheNextRaceRuns() throws IOException {
        assertThat(check("TimeoutVsTimeout|DestroyVsDestroy", BadAdapters.HangsInARace.class.getName()))
                .isEqualTo(1);

        CheckResult.Subject subject = result().subjects().get(0);
        assertThat(subject.races())
                .extracting(CheckResult.Race::name)
                .containsExactly("DestroyVsDestroy", "TimeoutVsTimeout");
        assertThat(subject.races().get(0).failure()).isNull();
        assertThat(subject.races().get(1).failure()).contains("$HangsInARace.sweep did not return within 5 seconds");
    }

    /** Time may have ended the session, so nothing is broken; and nothing is held. */
    @Test
    void samplesInWhichTimeMayHavePassed_areNotJudged() throws IOException {
        assertThat(check("DestroyVsDestroy", BadAdapters.TellsAllInNoTime.class.getName()))
                .isEqualTo(1);

        Cell oneEnd = cell(result().subjects().get(0), Promise.ONE_END);
        assertThat(oneEnd.status()).isEqualTo(Status.NOT_JUDGED);
        assertThat(oneEnd.order()).contains("the session timeout may have passed", "choose a longer sessionTimeout");
    }

    @Test
    void limit_isSetOnAManagerWithoutSessions() throws IOException {
        assertThat(check("CreateVsCreateAtLimit", BadAdapters.StrictLimit.class.getName()))
                .isZero();
        assertThat(cell(result().subjects().get(0), Promise.LIMIT).status()).isEqualTo(Status.HELD);
    }

    /** By no record is it attached to the lost transport, for there is none any more. */
    @Test
    void sessionThatOutlivesItsTransport_isAnOrphan() throws IOException {
        String created =
                Promise.ORPHANS.broken("gone ends what it finds -> create leaves a session that no loss will end");
        String claimed = Promise.ORPHANS.broken(
                "gone of B ends what it finds -> claim moves the session to B, and no loss will end it");
        List<String> seen = List.of();
        for (int seconds = 2; !seen.containsAll(List.of(created, claimed)) && seconds <= 128; seconds *= 2) {
            check(seconds, "CreateVsTransportGone|ClaimVsGoneOfNew", BadAdapters.LeavesOrphans.class.getName());
            seen = result().subjects().get(0).races().stream()
                    .flatMap(race -> race.lines().stream())
                    .map(CheckResult.Line::text)
                    .toList();
        }

        assertThat(seen).contains(created, claimed);
    }

    @Test
    void selfCheck_goesByWhatIsExpected() throws IOException {
        assertThat(run(
                        "--self-check",
                        "--subject",
                        "rollcall,map-atomic",
                        "--seconds",
                        "2",
                        "-t",
                        "FoundButNotCounted",
                        "--out",
                        folder.toString()))
                .isZero();
        assertThat(result().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--subject tomcta | --subject tomcta is neither a class with its package, nor all, nor one of rollcall,",
                "--seconds -1 --subject all | --seconds must not be negative: -1",
                "--subject rollcall -t NoSuchRace | --races NoSuchRace is in none of ClaimVsClaim,",
                "--subject dev.rollcall.stress.check.BadAdapters$Sound -t ListingVsChurn --out x | chooses only races that need more",
                "--out x | --subject is missing: all, a class, or one of rollcall,",
            })
    void wrongCall_isAnsweredByNameAndChoices(String line, String answer) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString() + out).contains(answer);
    }

    @Test
    void list_namesEverySubject() {
        assertThat(run("-l")).isZero();
        assertThat(out.toString().lines()).hasSize(Shipped.values().length);
        assertThat(out.toString()).contains("tomcat", "Vert.x Web LocalSessionStore 5.");
    }

    @Test
    void unexpected_soundSubjectBrokenOrControlNotCaught() {
        Cell broken = new Cell(Promise.COUNT_IN_MOTION, Status.BROKEN, "Race", 100, 1, "a -> b", "");
        Cell held = new Cell(Promise.COUNT_IN_MOTION, Status.HELD, "Race", 100, 0, "", "");
        Cell red = new Cell(Promise.ONE_END, Status.NOT_JUDGED, "Race", 0, 0, "hung", "");

        assertThat(CheckCommand.unexpected(Shipped.ROLLCALL, List.of(broken)))
                .containsExactly("count in motion is broken by Race: a -> b");
        assertThat(CheckCommand.unexpected(Shipped.ROLLCALL, List.of(held))).isEmpty();
        assertThat(CheckCommand.unexpected(Shipped.ROLLCALL_ADDER, List.of(broken)))
                .isEmpty();
        assertThat(CheckCommand.unexpected(Shipped.MAP_ATOMIC, List.of(held)))
                .containsExactly("a control that was not caught");
        assertThat(CheckCommand.unexpected(Shipped.TOMCAT, List.of(broken, red)))
                .containsExactly("one end could not be judged: hung");
    }
}
