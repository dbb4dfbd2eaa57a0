package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session and reclaim timeouts to the nanosecond (G3, G6): never early, a tick late at most. */
class TimeoutTest {
    private static final Duration TIMEOUT = Fixture.SESSION_TIMEOUT;
    private static final Duration GRACE = Fixture.RECLAIM_TIMEOUT;
    private static final Duration NANO = Duration.ofNanos(1);

    /** Where the clock may stand: at zero, before and on both sides of every wrap-around. */
    static LongStream clocks() {
        return LongStream.of(0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - TIMEOUT.toNanos(), 1L << 62);
    }

    private final Fixture fixture = Fixture.create();
    private final Transport<String> transport = fixture.transport("ws");

    /** Not a nanosecond before its deadline, and by a sweep a tick after it. */
    private static void assertEndsBetween(Fixture fixture, Session<String> session, Duration left) {
        assertThat(fixture.sweepAfter(left.minus(NANO))).isZero();
        assertThat(session.isLive()).isTrue();
        assertThat(fixture.sweepAfter(Fixture.TICK.plus(NANO))).isEqualTo(1);
        assertThat(session.isLive()).isFalse();
        fixture.assertConsistent();
    }

    @ParameterizedTest
    @MethodSource("clocks")
    void sweep_clockWrapsAround_endsAtTheDeadline(long clock) {
        ManualTicker ticker = new ManualTicker(clock);
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .sessionTimeout(TIMEOUT)
                .reclaimTimeout(GRACE)
                .build();
        Transport<String> owner = manager.openTransport("ws");
        Transport<String> lost = manager.openTransport("lost");
        Session<String> idle = manager.create(owner);
        Session<String> busy = manager.create(owner);
        Session<String> detached = manager.create(lost);
        ticker.advance(TIMEOUT.dividedBy(2));
        assertThat(busy.keepAlive()).isTrue();
        lost.gone();
        ticker.advance(GRACE.minus(NANO));
        assertThat(manager.sweep()).isZero();
        ticker.advance(Duration.ofMillis(100).plus(NANO));
        assertThat(manager.sweep()).isEqualTo(1);
        assertThat(detached.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
        ticker.advance(TIMEOUT.dividedBy(2).minus(GRACE));
        assertThat(manager.sweep()).isEqualTo(1);
        assertThat(idle.endCause()).isEqualTo(EndCause.TIMED_OUT);
        assertThat(busy.isLive()).isTrue();
        ticker.advance(TIMEOUT.dividedBy(2));
        assertThat(manager.sweep()).isEqualTo(1);
        assertThat(busy.endCause()).isEqualTo(EndCause.TIMED_OUT);
        Fixture.assertConsistent(manager);
    }

    /** Every tick length, odd timeouts and creation at odd instants: the bounds hold to the nanosecond. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT0.0010001S", "PT0.0333S", "PT0.1S", "PT1S", "PT59.999999999S", "PT1H"})
    void sweep_randomInstants_neverEarlyAndATickLateAtMost(Duration tick) {
        Random random = new Random(tick.toNanos());
        ManualTicker ticker = new ManualTicker(random.nextLong());
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .shards(1)
                .tick(tick)
                .sessionTimeout(tick)
                .build();
        Transport<String> owner = manager.openTransport("ws");
        for (int i = 0; i < 500; i++) {
            ticker.advanceNanos(random.nextLong(3 * tick.toNanos()));
            if (random.nextBoolean()) {
                manager.sweep();
            }
            long timeout = tick.toNanos() + random.nextLong(50 * tick.toNanos());
            Session<String> session =
                    manager.create(owner, Fixture.options().sessionTimeout(Duration.ofNanos(timeout)));
            ticker.advanceNanos(timeout - 1);
            assertThat(manager.sweep()).as("a nanosecond before, %s", timeout).isZero();
            ticker.advanceNanos(1 + tick.toNanos());
            assertThat(manager.sweep()).as("a tick after, %s", timeout).isEqualTo(1);
            assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        }
    }

    /** Sweeps at the pace of the manager's own thread: late by a tick at most, whatever their phase. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT0.1S", "PT1H"})
    void sweep_oncePerStep_endsWithinATickOfTheDeadline(Duration tick) {
        Random random = new Random(1);
        ManualTicker ticker = new ManualTicker();
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .tick(tick)
                .sessionTimeout(tick)
                .build();
        Transport<String> owner = manager.openTransport("ws");
        long step = Quanta.NANOS << Quanta.stepShift(tick.toNanos());
        for (int i = 0; i < 200; i++) {
            ticker.advanceNanos(random.nextLong(step));
            long start = ticker.nanos();
            long timeout = tick.toNanos() + random.nextLong(5 * tick.toNanos());
            Session<String> session =
                    manager.create(owner, Fixture.options().sessionTimeout(Duration.ofNanos(timeout)));
            ticker.advanceNanos(random.nextLong(step));
            while (manager.sweep() == 0) {
                ticker.advanceNanos(step);
            }
            assertThat(session.isLive()).isFalse();
            assertThat(ticker.nanos() - start).isBetween(timeout, timeout + tick.toNanos());
        }
    }

    /** Another sweep read the ticker later and was here first: what it would have ended is due now. */
    @Test
    void sweep_tickerReadBeforeAnotherSweep_judgesByTheLaterTime() {
        Shard<String> shard = fixture.manager.shards.of(1);
        fixture.create(transport, 1);
        assertThat(fixture.sweepAfter(TIMEOUT.plusSeconds(1))).isEqualTo(1);
        Session<String> readTheTickerLongAgo = fixture.create(transport, 1);
        assertThat(readTheTickerLongAgo.compareAndSetState(readTheTickerLongAgo.state, SessionState.attached(0)))
                .isTrue();
        shard.setContext(readTheTickerLongAgo, context -> context.withSessionNanos(TIMEOUT.toNanos()));
        assertThat(shard.sweep(0))
                .as("nothing to do at that time, so it takes no lock")
                .isZero();
        assertThat(shard.newBatch().sweep(0)).isEqualTo(1);
        assertThat(readTheTickerLongAgo.endCause()).isEqualTo(EndCause.TIMED_OUT);
        fixture.assertConsistent();
    }

    /** A sweep that has looked at a block of this session, which was kept alive, and not yet locked its shard. */
    private Batch<String> sweepThatLooked(Session<String> session) {
        fixture.ticker.advance(TIMEOUT.dividedBy(2));
        assertThat(session.keepAlive()).isTrue();
        fixture.ticker.advance(TIMEOUT.dividedBy(2).plus(Fixture.TICK));
        Batch<String> sweep = session.shard().newBatch();
        assertThat(sweep.sweepSection(session.context.time().sweepQuanta()))
                .as("the block of the session has come")
                .isTrue();
        sweep.look();
        return sweep;
    }

    private static boolean goOn(Batch<String> sweep, Session<String> session) {
        return sweep.sweepSection(session.context.time().sweepQuanta());
    }

    @Test
    void sweepSection_writerSinceTheLook_judgesAnew() {
        Session<String> session = fixture.create(transport, 1);
        Batch<String> sweep = sweepThatLooked(session);
        assertThat(session.setSessionTimeout(TIMEOUT.dividedBy(4))).isTrue();
        assertThat(goOn(sweep, session)).isFalse();
        assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        fixture.assertConsistent();
    }

    /** No second look with the lock held: a change behind the lock's back goes unnoticed until the deadline that was seen. */
    @Test
    void sweepSection_noWriterSinceTheLook_filesForTheDeadlineThatItSaw() {
        Session<String> session = fixture.create(transport, 1);
        Batch<String> sweep = sweepThatLooked(session);
        session.context = session.context.withSessionNanos(TIMEOUT.dividedBy(4).toNanos());
        assertThat(goOn(sweep, session)).isFalse();
        assertThat(session.isLive()).isTrue();
        assertThat(fixture.sweepAfter(TIMEOUT.dividedBy(2))).isEqualTo(1);
    }

    /** The look may be long ago by the clock: the section's own time decides. */
    @Test
    void sweepSection_deadlinePassedSinceTheLook_ends() {
        Session<String> session = fixture.create(transport, 1);
        Batch<String> sweep = sweepThatLooked(session);
        fixture.ticker.advance(TIMEOUT);
        assertThat(goOn(sweep, session)).isFalse();
        assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        fixture.assertConsistent();
    }

    /** What was due at the look and is kept alive before the section lives on (G3). */
    @Test
    void sweepSection_keptAliveSinceTheLook_livesOn() {
        Session<String> session = fixture.create(transport, 1);
        Batch<String> sweep = sweepThatLooked(session);
        fixture.ticker.advance(TIMEOUT);
        assertThat(session.keepAlive()).isTrue();
        assertThat(goOn(sweep, session)).isFalse();
        assertEndsBetween(fixture, session, TIMEOUT);
    }

    /**
     * G12: a sweep looks at what is filed for its tick and at nothing else. This session is due by its
     * terms, but those were changed behind the wheel's back.
     */
    @Test
    void sweep_sessionFiledForLater_isNotLookedAt() {
        Session<String> session = fixture.create(transport, 1);
        session.context = session.context.withSessionNanos(Fixture.TICK.toNanos());
        fixture.ticker.advance(Fixture.SESSION_TIMEOUT.dividedBy(2));
        assertThat(fixture.manager.sweep()).isZero();
        fixture.ticker.advance(Fixture.SESSION_TIMEOUT);
        assertThat(fixture.manager.sweep()).isEqualTo(1);
    }

    @Test
    void keepAlive_beforeTheDeadline_startsTheTimeoutAnew() {
        Session<String> session = fixture.create(transport, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.sweepAfter(TIMEOUT.minus(NANO))).isZero();
            assertThat(i % 2 == 0 ? session.keepAlive() : fixture.manager.keepAlive(1))
                    .isTrue();
        }
        assertEndsBetween(fixture, session, TIMEOUT);
    }

    /** Due, but the keepalive came before the sweep: it defeats it (G3). */
    @Test
    void keepAlive_afterTheDeadlineBeforeTheSweep_savesTheSession() {
        Session<String> session = fixture.create(transport, 1);
        fixture.ticker.advance(TIMEOUT.multipliedBy(3));
        assertThat(session.keepAlive()).isTrue();
        assertThat(fixture.manager.sweep()).isZero();
        assertEndsBetween(fixture, session, TIMEOUT);
    }

    @Test
    void claim_attachedSession_isActivity() {
        Session<String> session = fixture.create(transport, 1);
        fixture.ticker.advance(TIMEOUT.minus(NANO));
        assertThat(session.claim(transport)).isTrue();
        assertEndsBetween(fixture, session, TIMEOUT);
    }

    /** The field's "short grace": idle for 59 of 60 seconds, and still the whole reclaim timeout (G6). */
    @Test
    void gone_longIdleSession_hasTheFullGrace() {
        Session<String> session = fixture.create(transport, 1);
        fixture.sweepAfter(Duration.ofSeconds(59));
        transport.gone();
        assertThat(session.info().idle()).isZero();
        assertEndsBetween(fixture, session, GRACE);
        assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
    }

    /** The session timeout does not run while detached, longer or shorter than the grace. */
    @Test
    void gone_graceLongerThanTheSessionTimeout_hasTheFullGrace() {
        Session<String> session = fixture.manager.create(
                transport,
                Fixture.options().sessionTimeout(Duration.ofSeconds(1)).reclaimTimeout(Duration.ofHours(1)));
        transport.gone();
        assertEndsBetween(fixture, session, Duration.ofHours(1));
    }

    @Test
    void gone_sessionWithoutSessionTimeout_expiresAllTheSame() {
        Session<String> session =
                fixture.manager.create(transport, Fixture.options().sessionTimeout(Duration.ZERO));
        fixture.sweepAfter(Duration.ofDays(1));
        transport.gone();
        assertEndsBetween(fixture, session, GRACE);
    }

    /** Each loss has its own grace: the first one's timer does not end the session after the second (G6). */
    @Test
    void gone_claimedAndLostAgain_hasTheFullGraceAnew() {
        Session<String> session = fixture.create(transport, 1);
        transport.gone();
        fixture.sweepAfter(Duration.ofSeconds(9));
        Transport<String> second = fixture.transport("second");
        assertThat(session.claim(second)).isTrue();
        fixture.ticker.advance(Duration.ofMillis(500));
        second.gone();
        assertEndsBetween(fixture, session, GRACE);
    }

    @Test
    void claim_detachedSession_hasTheFullSessionTimeout() {
        Session<String> session = fixture.create(transport, 1);
        transport.gone();
        fixture.sweepAfter(GRACE.minus(NANO));
        assertThat(session.claim(fixture.transport("second"))).isTrue();
        assertEndsBetween(fixture, session, TIMEOUT);
        assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
    }

    @Test
    void keepAlive_whileDetached_doesNotProlongTheGrace() {
        Session<String> session = fixture.create(transport, 1);
        transport.gone();
        fixture.ticker.advance(Duration.ofSeconds(4));
        assertThat(session.keepAlive()).isFalse();
        assertEndsBetween(fixture, session, Duration.ofSeconds(6));
    }

    @Test
    void setSessionTimeout_longer_countsFromTheLastActivity() {
        Session<String> session = fixture.create(transport, 1);
        fixture.sweepAfter(Duration.ofSeconds(50));
        assertThat(session.setSessionTimeout(Duration.ofSeconds(90))).isTrue();
        assertThat(session.sessionTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertEndsBetween(fixture, session, Duration.ofSeconds(40));
    }

    @Test
    void setSessionTimeout_shorter_countsFromTheLastActivity() {
        Session<String> session = fixture.create(transport, 1);
        fixture.sweepAfter(Duration.ofSeconds(20));
        assertThat(session.setSessionTimeout(Duration.ofSeconds(30))).isTrue();
        assertEndsBetween(fixture, session, Duration.ofSeconds(10));
    }

    @Test
    void setSessionTimeout_shorterThanTheIdleTime_isDueAtOnce() {
        Session<String> session = fixture.create(transport, 1);
        fixture.sweepAfter(Duration.ofSeconds(20));
        assertThat(session.setSessionTimeout(Duration.ofSeconds(5))).isTrue();
        assertThat(fixture.sweepAfter(Fixture.TICK)).isEqualTo(1);
    }

    /** However long it has been idle without a timeout, and however far time is from zero. */
    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P4D", "P10D", "P30D", "P400D", "P7300D"})
    void setSessionTimeout_afterLongIdleWithout_isDueAtOnce(Duration idle) {
        for (Duration before : new Duration[] {Duration.ZERO, Duration.ofNanos(Long.MAX_VALUE)}) {
            ManualTicker ticker = new ManualTicker();
            SessionManager<String> manager = SessionManager.<String>builder()
                    .callerSweeps()
                    .ticker(ticker)
                    .tick(Duration.ofMillis(1))
                    .build();
            Session<String> session = manager.create(
                    manager.openTransport("ws"), Fixture.options().sessionTimeout(before));
            ticker.advance(idle);
            assertThat(manager.sweep()).isZero();
            assertThat(session.setSessionTimeout(Duration.ofSeconds(1))).isTrue();
            assertThat(manager.audit().disagreements()).isEmpty();
            ticker.advance(Duration.ofMillis(1));
            assertThat(manager.sweep()).isEqualTo(1);
        }
    }

    @Test
    void setSessionTimeout_zero_neverEndsUntilSetAgain() {
        Session<String> session = fixture.create(transport, 1);
        session.setSessionTimeout(Duration.ZERO);
        assertThat(fixture.sweepAfter(Duration.ofDays(1000))).isZero();
        fixture.assertConsistent();
        assertThat(session.keepAlive()).isTrue();
        session.setSessionTimeout(TIMEOUT);
        assertEndsBetween(fixture, session, TIMEOUT);
    }

    @Test
    void setSessionTimeout_whileDetached_appliesOnceClaimed() {
        Session<String> session = fixture.create(transport, 1);
        transport.gone();
        session.setSessionTimeout(Duration.ofSeconds(1));
        assertThat(fixture.sweepAfter(Duration.ofSeconds(5))).isZero();
        session.claim(fixture.transport("second"));
        assertEndsBetween(fixture, session, Duration.ofSeconds(1));
    }

    @Test
    void setReclaimTimeout_whileDetached_countsFromTheLoss() {
        Session<String> longer = fixture.create(transport, 1);
        transport.gone();
        fixture.sweepAfter(Duration.ofSeconds(4));
        assertThat(longer.setReclaimTimeout(Duration.ofSeconds(30))).isTrue();
        assertThat(longer.reclaimTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertEndsBetween(fixture, longer, Duration.ofSeconds(26));
    }

    @Test
    void setReclaimTimeout_shorterThanTheTimeSinceTheLoss_isDueAtOnce() {
        for (Duration shorter : new Duration[] {Duration.ofSeconds(1), Duration.ZERO}) {
            Transport<String> lost = fixture.transport("lost");
            Session<String> session = fixture.manager.create(lost);
            lost.gone();
            fixture.sweepAfter(Duration.ofSeconds(4));
            session.setReclaimTimeout(shorter);
            assertThat(session.phase()).isEqualTo(SessionPhase.DETACHED);
            assertThat(fixture.sweepAfter(Fixture.TICK)).isEqualTo(1);
            assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
        }
    }

    @Test
    void setReclaimTimeout_zeroWhileAttached_endsWithTheTransport() {
        Session<String> session = fixture.create(transport, 1);
        session.setReclaimTimeout(Duration.ZERO);
        transport.gone();
        assertThat(session.endCause()).isEqualTo(EndCause.TRANSPORT_GONE);
    }

    /** A timer that an ended session left behind does not touch the next one in its place (G7). */
    @Test
    void sweep_formerSessionsTimerComesDue_leavesTheNewSessionAlone() {
        fixture.createMany(transport, 300).forEach(Session::destroy);
        fixture.ticker.advance(TIMEOUT.minus(NANO));
        fixture.createMany(transport, 300);
        assertThat(fixture.sweepAfter(TIMEOUT.minus(NANO))).isZero();
        fixture.assertConsistent();
        assertThat(fixture.sweepAfter(Fixture.TICK.plus(NANO))).isEqualTo(300);
    }

    /** It has its timer where it is then, although nobody else in that block has a timeout. */
    @Test
    void create_movedByTheSplitThatItCauses_timesOut() {
        Fixture growing = Fixture.with(builder -> builder.shards(1));
        Transport<String> owner = growing.transport("ws");
        SessionOptions<String> withoutTimeout = Fixture.options().sessionTimeout(Duration.ZERO);
        Shard<String> shard = growing.manager.create(owner, withoutTimeout).shard();
        while (shard.buckets() < 2 * SessionTable.BLOCK) {
            growing.manager.create(owner, withoutTimeout);
        }
        int buckets = shard.buckets();
        long moved = LongStream.iterate(1, id -> id + 1)
                .filter(id -> SessionTable.bucket(IdHash.of(id), buckets + 1) == buckets)
                .findFirst()
                .orElseThrow();
        Session<String> session = growing.create(owner, moved);
        assertThat(shard.bucketOf(session.hash())).isEqualTo(buckets);
        assertEndsBetween(growing, session, TIMEOUT);
    }

    @Test
    void sweep_moreThanABatchDue_endsAll() {
        int many = 20 * Batch.SIZE + 1;
        fixture.createMany(transport, many);
        fixture.ticker.advance(Duration.ofSeconds(1));
        Session<String> later = fixture.create(transport, 1);
        assertThat(fixture.sweepAfter(TIMEOUT.minus(Duration.ofSeconds(1)).plus(Fixture.TICK)))
                .isEqualTo(many);
        assertThat(later.isLive()).isTrue();
        assertThat(fixture.manager.counts().ended(EndCause.TIMED_OUT)).isEqualTo(many);
        fixture.recorder.assertHistoriesAreLegal();
        fixture.assertConsistent();
    }

    /** More than a section may end, in one bucket. */
    private static Fixture crowded(int many) {
        Fixture crowded = Fixture.with(builder -> builder.shards(1));
        Transport<String> owner = crowded.transport("ws");
        int mostBuckets = 1 << 10;
        Session<String> first = null;
        for (long id = 1; crowded.manager.count() < many; id++) {
            if (IdHash.of(id) % mostBuckets == 0) { // the same bucket whatever their number
                first = crowded.create(owner, id);
            }
        }
        assertThat(first.shard().buckets()).isLessThanOrEqualTo(mostBuckets);
        return crowded;
    }

    /** Its block is due until all of them have ended. */
    @Test
    void sweep_moreThanABatchDueInOneBlock_endsAll() {
        int many = 2 * Batch.SIZE + 1;
        Fixture crowded = crowded(many);
        assertThat(crowded.sweepAfter(TIMEOUT.minus(NANO))).isZero();
        assertThat(crowded.sweepAfter(Fixture.TICK.plus(NANO))).isEqualTo(many);
        assertThat(crowded.manager.counts().ended(EndCause.TIMED_OUT)).isEqualTo(many);
        crowded.recorder.assertHistoriesAreLegal();
        crowded.assertConsistent();
    }

    @Test
    void close_moreThanABatchInOneBucket_endsAll() {
        int many = 2 * Batch.SIZE + 1;
        Fixture crowded = crowded(many);
        crowded.manager.close();
        assertThat(crowded.manager.counts().ended(EndCause.SHUTDOWN)).isEqualTo(many);
        crowded.recorder.assertHistoriesAreLegal();
        crowded.assertConsistent();
    }
}
