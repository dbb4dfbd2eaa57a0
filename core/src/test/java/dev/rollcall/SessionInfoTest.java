package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One session's details at one instant. */
class SessionInfoTest {
    private final Fixture fixture = Fixture.create();
    private final Session<String> session = fixture.create(fixture.transport("ws"), 1);

    private static Arguments change(String name, Consumer<SessionInfoTest> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("end", test -> test.session.destroy()),
                change("loss", test -> test.session.transport().gone()),
                change("claim", test -> test.session.claim(test.fixture.transport("ws"))),
                change("time", test -> test.fixture.ticker.advance(Duration.ofSeconds(1))),
                change("session timeout", test -> test.session.setSessionTimeout(Duration.ofSeconds(1))),
                change("reclaim timeout", test -> test.session.setReclaimTimeout(Duration.ofSeconds(1))),
                change("secret", test -> test.session.setClaimSecret(new byte[1])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void equals_afterAChange_isAnother(String name, Consumer<SessionInfoTest> change) {
        SessionInfo before = session.info();
        assertThat(session.info()).isEqualTo(before).hasSameHashCodeAs(before);
        change.accept(this);
        assertThat(session.info()).isNotEqualTo(before);
        assertThat(before).isNotEqualTo("session");
    }

    /** Recorded a stride ahead of the latest sweep, told by the latest sweep: both make them shorter. */
    @Test
    void ageAndIdle_coarseClock_areShortByAtMostATickAndTheTimeSinceTheSweep() {
        int stepShift = Quanta.coarseStepShift(Fixture.TICK.toNanos());
        long periodNanos = Quanta.NANOS << stepShift;
        ManualTicker ticker = new ManualTicker();
        SessionManager<String> manager =
                Fixture.sweptByHand(TimeSource.coarse(ticker, 2 * periodNanos), stepShift, List.of());
        manager.sweep();
        Session<String> young = manager.create(manager.openTransport("ws"));
        for (int i = 0; i < 100; i++) {
            ticker.advanceNanos(periodNanos);
            manager.sweep();
        }
        ticker.advanceNanos(periodNanos - 1);
        SessionInfo info = young.info();
        long lived = 101 * periodNanos - 1;
        long shortest = lived - Fixture.TICK.toNanos() - (periodNanos - 1);
        assertThat(info.age().toNanos())
                .isBetween(shortest, lived + Duration.ofMillis(135).toNanos());
        assertThat(info.idle().toNanos()).isBetween(shortest, lived - 2 * periodNanos);
    }

    @Test
    void endCause_ofAnEndedSession_saysWhy() {
        assertThat(session.info().endCause()).isNull();
        session.destroyByAdmin();
        assertThat(session.info().endCause()).isEqualTo(EndCause.ADMIN_DESTROYED);
        assertThat(session.info().phase()).isEqualTo(SessionPhase.ENDED);
    }
}
