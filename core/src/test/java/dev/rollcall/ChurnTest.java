package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots, audits and listings while real threads change everything (G1, G9, S1–S6). */
class ChurnTest {
    private static final int WRITERS = 2;
    private static final int ROUNDS = 4_000;
    private static final int LIMIT = 40;

    private final AtomicInteger writing = new AtomicInteger(WRITERS);

    private static Fixture fixture(int shards) {
        return fixture(shards, LIMIT);
    }

    private static Fixture fixture(int shards, int limit) {
        return Fixture.bare(builder -> builder.shards(shards)
                .maxSessions(limit)
                .sessionTimeout(Fixture.SESSION_TIMEOUT)
                .reclaimTimeout(Fixture.RECLAIM_TIMEOUT));
    }

    /** Creates, moves, loses and ends sessions; every so often time passes and a sweep ends some. */
    private Callable<Void> writer(Fixture fixture) {
        return () -> {
            try {
                Transport<String> stays = fixture.transport("stays");
                for (int i = 0; i < ROUNDS; i++) {
                    Transport<String> brief = fixture.transport("brief " + i);
                    try {
                        Session<String> first = fixture.manager.create(brief);
                        Session<String> second = fixture.manager.create(brief);
                        first.claim(stays);
                        brief.gone();
                        if (i % 3 == 0) {
                            second.claim(stays);
                        }
                        first.destroy();
                    } catch (SessionRejectedException e) {
                        assertThat(e.reason()).isEqualTo(RejectReason.LIMIT_REACHED);
                        brief.gone();
                    }
                    if (ThreadLocalRandom.current().nextInt(8) == 0) {
                        fixture.sweepAfter(Fixture.RECLAIM_TIMEOUT);
                    }
                }
                return null;
            } finally {
                writing.decrementAndGet();
            }
        };
    }

    private interface Reading {
        void perform();
    }

    private Callable<Void> reader(Reading reading) {
        return () -> {
            do {
                reading.perform();
            } while (writing.get() > 0);
            // Once more: they may all have come and gone during one reading.
            reading.perform();
            return null;
        };
    }

    private void churn(Fixture fixture, Reading reading) throws Exception {
        Workers workers = new Workers().add(reader(reading));
        for (int i = 0; i < WRITERS; i++) {
            workers.add(writer(fixture));
        }
        workers.run();
        fixture.assertConsistent();
        fixture.recorder.assertHistoriesAreLegal();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void counts_underChurn_conserveAndNeverGoBack(int shards) throws Exception {
        Fixture fixture = fixture(shards);
        SessionCounts[] last = {fixture.manager.counts()};
        churn(fixture, () -> {
            SessionCounts counts = fixture.manager.counts();
            boolean holds = counts.created() == counts.live() + counts.ended()
                    && counts.attached() + counts.detached() == counts.live()
                    && counts.attached() >= 0
                    && counts.detached() >= 0
                    && counts.live() <= LIMIT
                    && counts.created() >= last[0].created()
                    && counts.rejectedCreates() >= last[0].rejectedCreates()
                    && counts.claims() >= last[0].claims()
                    && counts.detachments() == counts.detached() + counts.reclaims() + counts.endedDetached();
            for (EndCause cause : EndCause.values()) {
                holds &= counts.ended(cause) >= last[0].ended(cause);
            }
            if (!holds) {
                throw new AssertionError(last[0] + ", then " + counts);
            }
            last[0] = counts;
        });
        assertThat(last[0].created()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void count_underChurn_isWithinTheLimit(int shards) throws Exception {
        Fixture fixture = fixture(shards);
        churn(fixture, () -> assertThat(fixture.manager.count()).isBetween(0L, (long) LIMIT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void audit_underChurn_staysClean(int shards) throws Exception {
        Fixture fixture = fixture(shards, LIMIT + 4 * Batch.SIZE);
        // So many that stay that an audit takes several batches, with changes in between.
        Transport<String> crowd = fixture.transport("crowd");
        for (int i = 0; i < 4 * Batch.SIZE; i++) {
            fixture.manager.create(crowd, Fixture.options().sessionTimeout(Duration.ZERO));
        }
        churn(fixture, () -> assertThat(fixture.manager.audit().disagreements()).isEmpty());
    }

    /** One that is live throughout is listed once, whatever comes and goes around it. */
    @Test
    void listings_underChurn_holdWhatStaysOnce() throws Exception {
        Fixture fixture = fixture(2);
        Transport<String> transport = fixture.transport("ws");
        Session<String> staying =
                fixture.manager.create(transport, Fixture.options().id(1).sessionTimeout(Duration.ZERO));
        churn(fixture, () -> {
            assertThat(fixture.manager.sessionInfos().stream().filter(info -> info.id() == 1))
                    .hasSize(1);
            assertThat(transport.sessions()).containsExactly(staying);
            assertThat(transport.count()).isEqualTo(1);
            assertThat(fixture.manager.find(1)).isSameAs(staying);
        });
    }

    /** Whoever saw that a session has no transport does not see it attached afterwards. */
    @Test
    void gone_besideAReader_leavesNoSessionAttachedWithoutATransport() throws Exception {
        Fixture fixture = Fixture.bare(builder -> builder.shards(1).reclaimTimeout(Fixture.RECLAIM_TIMEOUT));
        AtomicInteger attached = new AtomicInteger();
        for (int round = 0; round < 400; round++) {
            Transport<String> transport = fixture.transport("ws");
            List<Session<String>> sessions = fixture.createMany(transport, 100);
            new Workers()
                    .add(transport::gone)
                    .add(() -> {
                        for (Session<String> session : sessions) {
                            while (session.transport() != null) {
                                Thread.onSpinWait();
                            }
                            if (session.phase() == SessionPhase.ATTACHED) {
                                attached.incrementAndGet();
                            }
                        }
                        return null;
                    })
                    .run();
            fixture.manager.forEach(Session::destroy);
        }
        assertThat(attached).hasValue(0);
    }
}
