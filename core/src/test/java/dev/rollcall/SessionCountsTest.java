package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The snapshot as a value: every figure in its place, equality, text. */
class SessionCountsTest {
    private static SessionCounts counts(Fixture fixture) {
        return fixture.manager.counts();
    }

    @Test
    void figures_oneOfEachKind_areEachInTheirPlace() throws InterruptedException {
        Fixture fixture = Fixture.with(builder -> builder.maxSessions(9));
        Transport<String> transport = fixture.transport("ws");
        Transport<String> lost = fixture.transport("lost");
        fixture.create(transport, 1).destroy();
        fixture.create(transport, 2).destroyByAdmin();
        fixture.create(transport, 3);
        fixture.sweepAfter(Fixture.SESSION_TIMEOUT.plus(Fixture.TICK));
        fixture.create(lost, 4);
        fixture.manager.create(lost, Fixture.options().reclaimTimeout(Duration.ZERO));
        lost.gone();
        Transport<String> closed = fixture.transport("closed");
        fixture.create(closed, 6);
        closed.close();
        fixture.sweepAfter(Fixture.RECLAIM_TIMEOUT.plus(Fixture.TICK));
        for (EndCause cause : EndCause.values()) {
            assertThat(counts(fixture).ended(cause))
                    .as("ended %s", cause)
                    .isEqualTo(cause == EndCause.SHUTDOWN ? 0 : 1);
        }
        fixture.createMany(transport, 7);
        Transport<String> second = fixture.transport("second");
        fixture.createMany(second, 2);
        assertThatThrownBy(() -> fixture.manager.create(second)).hasMessageContaining("LIMIT_REACHED");
        second.gone();
        assertThat(second.isGone()).isTrue();
        Session<String> detached = fixture.manager.sessions().stream()
                .filter(session -> session.phase() == SessionPhase.DETACHED)
                .findAny()
                .orElseThrow();
        assertThatThrownBy(() -> detached.claim(second)).hasMessageContaining("TRANSPORT_GONE");
        detached.claim(transport);
        detached.claim(transport);
        SessionCounts counts = counts(fixture);
        assertThat(counts)
                .hasToString("live=9 (attached=8, detached=1), created=15, ended=6 (DESTROYED=1, ADMIN_DESTROYED=1,"
                        + " TIMED_OUT=1, TRANSPORT_GONE=1, TRANSPORT_CLOSED=1, RECLAIM_EXPIRED=1), detachments=3,"
                        + " claims=2, rejected creates=1 (LIMIT_REACHED=1), rejected claims=1 (TRANSPORT_GONE=1)");
        assertThat(counts.reclaims()).isEqualTo(1);
        assertThat(counts.endedDetached()).isEqualTo(1);
        assertThat(counts.detachments()).isEqualTo(counts.detached() + counts.reclaims() + counts.endedDetached());
        assertThat(counts.rejectedClaims(RejectReason.WRONG_SECRET)).isZero();
    }

    @Test
    void toString_newManager_namesNoZeroFigures() {
        assertThat(counts(Fixture.create())).hasToString("live=0 (attached=0, detached=0), created=0, ended=0");
    }

    @Test
    void equals_anyFigureDiffers_isFalse() {
        for (int figure = 0; figure < Tallies.COUNT; figure++) {
            long[] zeros = new long[Tallies.COUNT];
            long[] one = new long[Tallies.COUNT];
            one[figure] = 1;
            assertThat(new SessionCounts(one))
                    .as("figure %s", figure)
                    .isEqualTo(new SessionCounts(one))
                    .hasSameHashCodeAs(new SessionCounts(one))
                    .isNotEqualTo(new SessionCounts(zeros));
        }
        assertThat(new SessionCounts(new long[Tallies.COUNT])).isNotEqualTo("live=0");
    }
}
