package dev.rollcall.stress.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.check.SubjectClass;
import dev.rollcall.stress.drift.Replayed.Demand;
import dev.rollcall.stress.subjects.Shipped;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The replay's judgement must be able to fail, for controls and for Rollcall. */
class ReplayedTest {
    private static final long TIMED_OUT = 3;
    private static final long GONE = 4;

    @Test
    void forgets_driftOfEveryForgottenEnd_isCaught() {
        assertThat(failures(Demand.FORGETS, day(TIMED_OUT + GONE, 0), race(0, 5, 0)))
                .isEmpty();
    }

    @Test
    void forgets_noDrift_isNotCaught() {
        assertThat(failures(Demand.FORGETS, day(0, 0), race(0, 0, 0)))
                .singleElement()
                .asString()
                .contains("control not caught: drift 0 after 7");
    }

    @Test
    void countsDownTwice_roundsBelow_isCaught() {
        assertThat(failures(Demand.COUNTS_DOWN_TWICE, day(0, 0), race(2, 0, 2))).isEmpty();
    }

    @Test
    void countsDownTwice_noRoundBelow_isNotCaught() {
        assertThat(failures(Demand.COUNTS_DOWN_TWICE, day(0, 0), race(0, 0, 0)))
                .singleElement()
                .asString()
                .contains("control not caught: no double decrement");
    }

    @Test
    void exact_nothingDrifts_passes() {
        assertThat(failures(Demand.EXACT, day(0, 0), race(0, 0, 0))).isEmpty();
    }

    @Test
    void exact_dayDrifts_fails() {
        assertThat(failures(Demand.EXACT, day(1, 0), race(0, 0, 0)))
                .singleElement()
                .asString()
                .contains("left the table by 1");
    }

    @Test
    void exact_driftThatWentAwayAgain_fails() {
        assertThat(failures(Demand.EXACT, day(0, -2), race(0, 0, 0)))
                .singleElement()
                .asString()
                .contains("left the table by 2");
    }

    @Test
    void exact_raceDrifts_fails() {
        assertThat(failures(Demand.EXACT, day(0, 0), race(1, 0, 0))).hasSize(1);
        assertThat(failures(Demand.EXACT, day(0, 0), race(0, 1, 0))).hasSize(1);
        assertThat(failures(Demand.EXACT, day(0, 0), race(0, 0, 1))).hasSize(1);
    }

    @Test
    void noDrift_dayOrRaceDrifts_fails() {
        assertThat(failures(Demand.NO_DRIFT, day(0, 0), race(0, 0, 5))).isEmpty();
        assertThat(failures(Demand.NO_DRIFT, day(1, 0), race(0, 0, 0))).hasSize(1);
        assertThat(failures(Demand.NO_DRIFT, day(0, 0), race(1, 0, 0))).hasSize(1);
        assertThat(failures(Demand.NO_DRIFT, day(0, 0), race(0, 1, 0))).hasSize(1);
    }

    /** Whoever can be replayed lives through the same day; those that forget drift by what they forgot. */
    @ParameterizedTest
    @EnumSource(names = {"ROLLCALL", "MAP_ATOMIC", "TOMCAT", "JANUS_1_3_0", "JANUS_PUBLISHED_FIX"})
    void replay_ofAnySubject_isTheSameDay(Shipped shipped) {
        try (DriftSubject own = new RollcallSubject();
                DriftSubject any = new AnySubject(
                        SubjectClass.named(shipped.adapter().getName()).open())) {
            Day day = Day.replay(any, 7);

            assertThat(day.live()).isEqualTo(Day.replay(own, 7).live());
            boolean isForgetful = shipped == Shipped.JANUS_1_3_0;
            assertThat(day.drift()).isEqualTo(isForgetful ? day.timedOut() + day.transportGone() : 0);
        }
    }

    /** One does not keep alive what is due, the other's timeout is milliseconds of the system's clock. */
    @ParameterizedTest
    @EnumSource(names = {"CAFFEINE", "VERTX"})
    void isReplayable_keepaliveOfWhatIsDue_isNeeded(Shipped shipped) {
        try (AnySubject subject =
                new AnySubject(SubjectClass.named(shipped.adapter().getName()).open())) {
            assertThat(subject.isReplayable()).isFalse();
        }
    }

    /** Whoever does not say who ended a session is not said to have ended it twice. */
    @ParameterizedTest
    @EnumSource(names = {"ROLLCALL", "TOMCAT", "SPRING_SESSION"})
    void noDrift_whateverTheWatchdogTells_isJudgedByTheCount(Shipped shipped) throws InterruptedException {
        try (AnySubject subject =
                new AnySubject(SubjectClass.named(shipped.adapter().getName()).open())) {
            EndingRace race = EndingRace.run(subject, 7, 50_000_000, Demand.NO_DRIFT::isShownBy);

            assertThat(race.rounds()).isPositive();
            assertThat(race.endedTwice()).isZero();
            assertThat(failures(Demand.NO_DRIFT, day(0, 0), race)).isEmpty();
        }
    }

    @Test
    void noDrift_nobodyEndedASession_isNoRace() {
        EndingRace idle = new EndingRace(10, 0, 0, 0, 10, 0, 0, 0, 0);

        assertThat(failures(Demand.NO_DRIFT, day(0, 0), idle))
                .singleElement()
                .asString()
                .contains("nobody ever ended a session");
    }

    @Test
    void anyDemand_oneSideNeverWon_isNoRace() {
        EndingRace oneSided = new EndingRace(10, 10, 0, 0, 0, 0, 0, 0, 0);

        assertThat(failures(Demand.EXACT, day(0, 0), oneSided))
                .singleElement()
                .asString()
                .contains("the timeout never won");
    }

    @Test
    void report_anyFailure_isPrintedAndFails() {
        Replayed drifting = new Replayed("Rollcall", Demand.EXACT, day(1, 0), race(0, 0, 0));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean passed = DriftReplay.report(new PrintStream(printed, true, StandardCharsets.UTF_8), List.of(drifting));

        assertThat(passed).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("FAILED  Rollcall: the count left the table");
    }

    @Test
    void replay_ofTheDay_isTheSameForEveryManagerAndSeed() {
        try (DriftSubject first = new RollcallSubject();
                DriftSubject second = new RollcallSubject()) {
            Day day = Day.replay(first, 7);

            assertThat(Day.replay(second, 7)).isEqualTo(day);
            assertThat(day.destroyed() + day.timedOut() + day.transportGone() + day.expectedLive())
                    .isEqualTo(day.created());
        }
    }

    private static List<String> failures(Demand demand, Day day, EndingRace race) {
        return new Replayed("subject", demand, day, race).failures();
    }

    /** A day with one sample on the way and one at its end. */
    private static Day day(long driftAtEnd, long driftOnTheWay) {
        return new Day(
                17,
                0,
                TIMED_OUT,
                GONE,
                10,
                List.of(0L, 1L),
                List.of(10 + driftOnTheWay, 10 + driftAtEnd),
                List.of(10L, 10L));
    }

    private static EndingRace race(long roundsBelow, long roundsAbove, long endedTwice) {
        return new EndingRace(100, 50, 50, endedTwice, 0, roundsBelow, roundsAbove, roundsAbove - roundsBelow, 0);
    }
}
