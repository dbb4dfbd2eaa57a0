package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transports with one session and with many more than one batch (G4, G5, G6, S3, S5). */
class TransportTest {
    private static final int MANY = 12 * Batch.SIZE + 7;

    private static Fixture withShards(int shards) {
        return Fixture.bare(builder ->
                builder.shards(shards).sessionTimeout(Fixture.SESSION_TIMEOUT).reclaimTimeout(Fixture.RECLAIM_TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void gone_moreSessionsThanABatch_detachesAll(int shards) {
        Fixture fixture = withShards(shards);
        Transport<String> transport = fixture.transport("gateway");
        Transport<String> other = fixture.transport("other");
        List<Session<String>> sessions = fixture.createMany(transport, MANY);
        List<Session<String>> others = fixture.createMany(other, MANY);
        assertThat(transport.count()).isEqualTo(MANY);
        assertThat(transport.sessions()).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(transport.gone()).isTrue();
        assertThat(sessions).allSatisfy(session -> {
            assertThat(session.phase()).isEqualTo(SessionPhase.DETACHED);
            assertThat(session.transport()).isNull();
        });
        assertThat(others).allMatch(session -> session.transport() == other);
        assertThat(transport.count()).isZero();
        assertThat(transport.sessions()).isEmpty();
        assertThat(other.count()).isEqualTo(MANY);
        assertThat(fixture.manager.counts().detached()).isEqualTo(MANY);
        fixture.assertConsistent();
        assertThat(fixture.sweepAfter(Fixture.RECLAIM_TIMEOUT.plus(Fixture.TICK)))
                .isEqualTo(MANY);
        assertThat(fixture.manager.counts().ended(EndCause.RECLAIM_EXPIRED)).isEqualTo(MANY);
        fixture.recorder.assertHistoriesAreLegal();
        fixture.assertConsistent();
    }

    /** G6: all of a connection's sessions have the same grace, and none has more since its neighbours' listeners take time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gone_listenersTakeTime_graceOfAllBeginsAtTheCall(int shards) {
        ManualTicker ticker = new ManualTicker();
        SessionManager<String> manager = SessionManager.<String>builder()
                .shards(shards)
                .callerSweeps()
                .ticker(ticker)
                .reclaimTimeout(Duration.ofHours(1))
                .listener(new SessionListener<>() {
                    @Override
                    public void detached(Session<String> session, Transport<String> from) {
                        ticker.advance(Duration.ofSeconds(1));
                    }
                })
                .build();
        Transport<String> slow = manager.openTransport("gateway");
        int sessions = 3 * Batch.SIZE * shards;
        for (int i = 0; i < sessions; i++) {
            manager.create(slow);
        }
        slow.gone();
        ticker.advance(Duration.ofHours(1).minusSeconds(sessions + 1));
        assertThat(manager.sweep()).isZero();
        ticker.advance(Duration.ofSeconds(1).plus(Fixture.TICK));
        assertThat(manager.sweep()).isEqualTo(sessions);
    }

    @Test
    void gone_someWithoutReclaimTimeout_endsThoseAndDetachesTheOthers() {
        Fixture fixture = withShards(2);
        Transport<String> transport = fixture.transport("gateway");
        for (int i = 0; i < MANY; i++) {
            fixture.manager.create(
                    transport, Fixture.options().reclaimTimeout(i % 3 == 0 ? Duration.ZERO : Fixture.RECLAIM_TIMEOUT));
        }
        transport.gone();
        int ended = (MANY + 2) / 3;
        assertThat(fixture.manager.counts().ended(EndCause.TRANSPORT_GONE)).isEqualTo(ended);
        assertThat(fixture.manager.counts().detached()).isEqualTo(MANY - ended);
        assertThat(fixture.recorder.size()).isEqualTo(2 * MANY);
        fixture.assertConsistent();
    }

    @Test
    void keepAliveAndDestroy_byAnotherThanTheOwner_answerFalseAndChangeNothing() {
        Fixture fixture = withShards(2);
        Transport<String> owner = fixture.transport("owner");
        Transport<String> other = fixture.transport("other");
        Session<String> session = fixture.create(owner, 1);
        fixture.ticker.advance(Duration.ofSeconds(9));
        List<String> before = fixture.state();
        assertThat(session.keepAlive(other)).isFalse();
        assertThat(session.destroy(other)).isFalse();
        fixture.assertUnchanged(before);

        assertThat(session.keepAlive(owner)).isTrue();
        assertThat(session.info().idle()).isZero();
        assertThat(session.keepAlive(owner)).as("nothing to write").isTrue();
        session.claim(other);
        assertThat(session.keepAlive(owner)).as("claimed").isFalse();
        assertThat(session.destroy(owner)).as("claimed").isFalse();
        assertThat(session.destroy(other)).isTrue();
        assertThat(session.endCause()).isEqualTo(EndCause.DESTROYED);
        assertThat(session.destroy(other)).as("ended").isFalse();
        assertThat(session.keepAlive(other)).as("ended").isFalse();
        fixture.assertConsistent();
    }

    @Test
    void keepAliveAndDestroy_byAFormerOwner_ofADetachedSession_answerFalse() {
        Fixture fixture = withShards(1);
        Transport<String> lost = fixture.transport("lost");
        Session<String> session = fixture.create(lost, 1);
        lost.gone();
        List<String> before = fixture.state();
        assertThat(session.keepAlive(lost)).isFalse();
        assertThat(session.destroy(lost)).isFalse();
        fixture.assertUnchanged(before);
    }

    @Test
    void gone_calledAgain_answersFalseAndChangesNothing() {
        Fixture fixture = withShards(2);
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        assertThat(transport.isGone()).isFalse();
        assertThat(transport).hasToString("transport ws (OPEN)");
        assertThat(transport.gone()).isTrue();
        assertThat(transport.isGone()).isTrue();
        assertThat(transport).hasToString("transport ws (GONE)");
        fixture.ticker.advance(Duration.ofSeconds(9));
        List<String> before = fixture.state();
        assertThat(transport.gone()).isFalse();
        fixture.assertUnchanged(before);
        // The first loss is the one that the grace counts from (G6).
        assertThat(fixture.sweepAfter(Duration.ofSeconds(1).plus(Fixture.TICK))).isEqualTo(1);
        assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
    }

    @Test
    void gone_noSessions_staysGone() {
        Fixture fixture = withShards(2);
        Transport<String> transport = fixture.transport("ws");
        assertThat(transport.gone()).isTrue();
        assertThatThrownBy(() -> fixture.manager.create(transport)).isInstanceOf(SessionRejectedException.class);
        assertThat(transport.count()).isZero();
    }

    @Test
    void openTransport_sameName_areIndependent() {
        Fixture fixture = withShards(2);
        Transport<String> first = fixture.transport("ws");
        Transport<String> second = fixture.transport("ws");
        fixture.create(first, 1);
        Session<String> onSecond = fixture.create(second, 2);
        first.gone();
        assertThat(onSecond.transport()).isSameAs(second);
        assertThat(second.name()).isEqualTo("ws");
        assertThat(second.sessions()).containsExactly(onSecond);
        assertThat(fixture.manager.openTransport("named", 42).attachment(Integer.class))
                .isEqualTo(42);
    }

    /** Heads, middles and tails of the lists leave in any order; each shard's list stays whole. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void sessions_randomCreatesClaimsAndEnds_agreeWithSets(int shards) {
        Fixture fixture = withShards(shards);
        Random random = new Random(shards);
        List<Transport<String>> transports = new ArrayList<>();
        List<Set<Session<String>>> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            transports.add(fixture.transport("T" + i));
            expected.add(new HashSet<>());
        }
        List<Session<String>> live = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            int to = random.nextInt(3);
            int choice = live.isEmpty() ? 0 : random.nextInt(10);
            if (choice < 4) {
                Session<String> session = fixture.manager.create(transports.get(to));
                live.add(session);
                expected.get(to).add(session);
            } else {
                Session<String> session = live.get(random.nextInt(live.size()));
                expected.get(transports.indexOf(session.transport())).remove(session);
                if (choice < 7) {
                    session.claim(transports.get(to));
                    expected.get(to).add(session);
                } else {
                    session.destroy();
                    live.remove(session);
                }
            }
            if (i % 100 == 0) {
                for (int each = 0; each < 3; each++) {
                    assertThat(new HashSet<>(transports.get(each).sessions())).isEqualTo(expected.get(each));
                    assertThat(transports.get(each).count())
                            .isEqualTo(expected.get(each).size());
                }
            }
        }
        fixture.assertConsistent();
    }
}
