package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds at rest whatever {@link CounterStrategy} was chosen. */
@ParameterizedClass
@EnumSource(CounterStrategy.class)
class SessionManagerContractTest {
    private final Fixture fixture;
    private final SessionManager<String> manager;
    private final Transport<String> transport;

    SessionManagerContractTest(CounterStrategy strategy) {
        fixture = Fixture.with(builder -> builder.counter(strategy).maxSessions(1000));
        manager = fixture.manager;
        transport = fixture.transport("ws");
    }

    private void assertCount(long live, long attached) {
        SessionCounts counts = manager.counts();
        assertThat(counts.live()).isEqualTo(live);
        assertThat(counts.attached()).isEqualTo(attached);
        assertThat(counts.detached()).isEqualTo(live - attached);
        assertThat(manager.count()).isEqualTo(live);
        fixture.assertConsistent();
    }

    @Test
    void count_newManager_isZero() {
        assertCount(0, 0);
        assertThat(manager.sessions()).isEmpty();
        assertThat(manager.sweep()).isZero();
        assertThat(transport.count()).isZero();
    }

    @Test
    void create_withDefaults_isFoundAttachedAndCounted() {
        Session<String> session = manager.create(transport);
        assertThat(session.id()).isBetween(1L, SessionManager.MAX_ID);
        assertThat(manager.find(session.id())).isSameAs(session);
        assertThat(session.phase()).isEqualTo(SessionPhase.ATTACHED);
        assertThat(session.isLive()).isTrue();
        assertThat(session.endCause()).isNull();
        assertThat(session.attachment()).isNull();
        assertThat(session.transport()).isSameAs(transport);
        assertThat(session.sessionTimeout()).isEqualTo(Fixture.SESSION_TIMEOUT);
        assertThat(session.reclaimTimeout()).isEqualTo(Fixture.RECLAIM_TIMEOUT);
        assertThat(transport.sessions()).containsExactly(session);
        assertCount(1, 1);
    }

    @Test
    void create_oneOptionGiven_keepsTheOtherDefaults() {
        Duration other = Duration.ofMinutes(7);
        Session<String> longer = manager.create(transport, Fixture.options().sessionTimeout(other));
        assertThat(longer.sessionTimeout()).isEqualTo(other);
        assertThat(longer.reclaimTimeout()).isEqualTo(Fixture.RECLAIM_TIMEOUT);
        Session<String> patient = manager.create(transport, Fixture.options().reclaimTimeout(other));
        assertThat(patient.sessionTimeout()).isEqualTo(Fixture.SESSION_TIMEOUT);
        assertThat(patient.reclaimTimeout()).isEqualTo(other);
        Session<String> guarded = manager.create(transport, Fixture.options().claimSecret(new byte[] {1}));
        assertThat(guarded.sessionTimeout()).isEqualTo(Fixture.SESSION_TIMEOUT);
        assertThat(guarded.reclaimTimeout()).isEqualTo(Fixture.RECLAIM_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, SessionManager.MAX_ID})
    void create_smallestAndLargestId_areFound(long id) {
        assertThat(manager.find(id)).isNull();
        assertThat(manager.create(transport, Fixture.options().id(id))).isSameAs(manager.find(id));
    }

    @Test
    void create_withOptions_hasThem() {
        Session<String> session = manager.create(
                transport,
                Fixture.options()
                        .id(4711)
                        .attachment("mine")
                        .sessionTimeout(Duration.ofHours(1))
                        .reclaimTimeout(Duration.ZERO)
                        .claimSecret(new byte[] {1}));
        assertThat(session.id()).isEqualTo(4711);
        assertThat(session.attachment()).isEqualTo("mine");
        SessionInfo info = session.info();
        assertThat(info.id()).isEqualTo(4711);
        assertThat(info.phase()).isEqualTo(SessionPhase.ATTACHED);
        assertThat(info.endCause()).isNull();
        assertThat(info.transport()).isEqualTo("ws");
        assertThat(info.age()).isZero();
        assertThat(info.idle()).isZero();
        assertThat(info.sessionTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(info.reclaimTimeout()).isZero();
        assertThat(info.claims()).isZero();
        assertThat(info.guarded()).isTrue();
        assertThat(info).hasToString("session 4711 ATTACHED to ws, idle PT0S");
        assertThat(manager.sessionInfos()).containsExactly(info);
        assertCount(1, 1);
    }

    @Test
    void destroy_byHandleAndById_oneWinsAndTheCauseIsKept() {
        Session<String> session = fixture.create(transport, 1);
        fixture.create(transport, 2);
        assertThat(session.destroy()).isTrue();
        assertThat(session.destroy()).isFalse();
        assertThat(session.destroyByAdmin()).isFalse();
        assertThat(manager.destroy(1)).isFalse();
        assertThat(manager.destroyByAdmin(1)).isFalse();
        assertThat(manager.find(1)).isNull();
        assertThat(session.endCause()).isEqualTo(EndCause.DESTROYED);
        assertThat(session.transport()).isNull();
        assertThat(manager.destroyByAdmin(2)).isTrue();
        assertThat(manager.counts().ended(EndCause.DESTROYED)).isEqualTo(1);
        assertThat(manager.counts().ended(EndCause.ADMIN_DESTROYED)).isEqualTo(1);
        assertThat(manager.counts().ended()).isEqualTo(2);
        assertCount(0, 0);
    }

    @Test
    void sweep_idleSession_timesOut() {
        Session<String> session = fixture.create(transport, 1);
        assertThat(fixture.sweepAfter(Fixture.SESSION_TIMEOUT.minusNanos(1))).isZero();
        assertCount(1, 1);
        assertThat(fixture.sweepAfter(Fixture.TICK.plusNanos(1))).isEqualTo(1);
        assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        assertThat(session.keepAlive()).isFalse();
        assertThat(transport.count()).isZero();
        assertCount(0, 0);
    }

    @Test
    void gone_thenReclaimTimeoutPasses_detachesThenExpires() {
        Session<String> session = fixture.create(transport, 1);
        assertThat(transport.gone()).isTrue();
        assertThat(transport.gone()).isFalse();
        assertThat(session.phase()).isEqualTo(SessionPhase.DETACHED);
        assertThat(session.keepAlive()).isFalse();
        assertThat(manager.find(1)).isSameAs(session);
        assertCount(1, 0);
        assertThat(fixture.sweepAfter(Fixture.RECLAIM_TIMEOUT.plus(Fixture.TICK)))
                .isEqualTo(1);
        assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
        assertCount(0, 0);
    }

    @Test
    void gone_noReclaimTimeout_endsAtOnce() {
        Session<String> session = manager.create(transport, Fixture.options().reclaimTimeout(Duration.ZERO));
        fixture.create(transport, 2);
        transport.gone();
        assertThat(session.endCause()).isEqualTo(EndCause.TRANSPORT_GONE);
        assertThat(manager.counts().ended(EndCause.TRANSPORT_GONE)).isEqualTo(1);
        assertCount(1, 0);
    }

    @Test
    void claim_attachedAndDetached_movesToTheNewTransport() {
        Session<String> session = fixture.create(transport, 1);
        Transport<String> second = fixture.transport("second");
        Transport<String> third = fixture.transport("third");
        assertThat(manager.claim(1, second)).isTrue();
        assertThat(session.transport()).isSameAs(second);
        assertThat(transport.count()).isZero();
        assertThat(second.count()).isEqualTo(1);
        // G4: the former owner's loss cannot touch it.
        assertThat(transport.gone()).isTrue();
        assertCount(1, 1);
        second.gone();
        assertCount(1, 0);
        assertThat(session.claim(third)).isTrue();
        assertThat(third.sessions()).containsExactly(session);
        assertThat(session.info().claims()).isEqualTo(2);
        assertCount(1, 1);
    }

    @Test
    void create_idOfAnEndedSession_isAnotherSession() {
        Session<String> stale = fixture.create(transport, 1);
        stale.destroy();
        Session<String> successor = fixture.create(transport, 1);
        // G7: a stale handle never touches the successor with the same id.
        assertThat(stale.keepAlive()).isFalse();
        assertThat(stale.claim(fixture.transport("other"))).isFalse();
        assertThat(stale.destroy()).isFalse();
        assertThat(stale.setSessionTimeout(Duration.ZERO)).isFalse();
        assertThat(stale.setReclaimTimeout(Duration.ZERO)).isFalse();
        assertThat(manager.find(1)).isSameAs(successor);
        assertThat(successor.isLive()).isTrue();
        assertCount(1, 1);
    }

    @Test
    void create_beyondTheLimit_isRefusedUntilOneEnds() {
        List<Session<String>> sessions = fixture.createMany(transport, 1000);
        for (Session<String> session : sessions.subList(0, 10)) {
            assertThatThrownBy(() -> manager.create(transport)).isInstanceOf(SessionRejectedException.class);
            assertThat(session.destroy()).isTrue();
            manager.create(transport);
        }
        assertThat(manager.counts().rejectedCreates(RejectReason.LIMIT_REACHED)).isEqualTo(10);
        assertCount(1000, 1000);
    }

    @Test
    void close_attachedAndDetached_endsAllOnce() {
        List<Session<String>> sessions = new ArrayList<>(fixture.createMany(transport, 300));
        transport.gone();
        Transport<String> second = fixture.transport("second");
        sessions.addAll(fixture.createMany(second, 300));
        manager.close();
        manager.close();
        assertThat(sessions)
                .allSatisfy(session -> assertThat(session.endCause()).isEqualTo(EndCause.SHUTDOWN));
        assertThat(manager.counts().ended(EndCause.SHUTDOWN)).isEqualTo(600);
        assertThat(second.count()).isZero();
        fixture.recorder.assertHistoriesAreLegal();
        assertThat(fixture.recorder.sessions()).isEqualTo(600);
        assertCount(0, 0);
    }
}
