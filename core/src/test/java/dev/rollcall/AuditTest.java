package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.rollcall.AuditReport.Disagreement;
import dev.rollcall.count.AtomicCounter;
import dev.rollcall.wheel.TimingWheel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit finds each kind of corruption and names what disagrees; on a sound manager nothing. */
class AuditTest {
    private final Permits permits = new Permits(1000);
    private final AtomicCounter counter = new AtomicCounter();
    private final ManualTicker ticker = new ManualTicker();

    /** One shard, with permits and counter within reach of the test. */
    private final Settings<String> settings = settings(permits, counter);

    private final SessionManager<String> manager = new SessionManager<>(settings, null);
    private final Transport<String> transport = manager.openTransport("ws");

    private Settings<String> settings(Permits limit, AtomicCounter own) {
        return new Settings<>(
                "audited",
                Fixture.SESSION_TIMEOUT.toNanos(),
                Fixture.RECLAIM_TIMEOUT.toNanos(),
                TimeSource.exact(ticker),
                Quanta.stepShift(Fixture.TICK.toNanos()),
                1,
                limit,
                CounterStrategy.ATOMIC,
                own,
                true,
                new SecureIds(),
                new Listeners<>(List.of(), null, new Lifecycle()),
                new Lifecycle());
    }

    private Session<String> create(long id) {
        return manager.create(transport, Fixture.options().id(id));
    }

    private List<String> findings() {
        AuditReport report = manager.audit();
        assertThat(report.isClean()).isEqualTo(report.disagreements().isEmpty());
        return report.disagreements().stream().map(Disagreement::toString).toList();
    }

    @Test
    void audit_soundManager_isCleanAndCountsWhatItChecked() {
        Transport<String> lost = manager.openTransport("lost");
        for (int id = 1; id <= 3 * Batch.SIZE; id++) {
            manager.create(id % 3 == 0 ? lost : transport, Fixture.options().id(id));
        }
        manager.create(transport, Fixture.options().sessionTimeout(Duration.ZERO));
        lost.gone();
        for (int id = 1; id <= 30; id++) {
            manager.destroy(id);
        }
        ticker.advance(Fixture.RECLAIM_TIMEOUT.dividedBy(2));
        manager.sweep();
        AuditReport report = manager.audit();
        assertThat(report.disagreements()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.sessionsChecked()).isEqualTo(manager.counts().live());
    }

    @Test
    void audit_emptyManager_isClean() {
        AuditReport report = manager.audit();
        assertThat(report.isClean()).isTrue();
        assertThat(report.sessionsChecked()).isZero();
        assertThat(report).hasToString("0 sessions checked, no disagreement");
    }

    private static Arguments tally(String name, String fact, Consumer<Tallies> corruption) {
        return Arguments.of(name, fact, corruption);
    }

    static Stream<Arguments> tallyCorruptions() {
        return Stream.of(
                tally("created twice", "shard 0: attached tally: expected 2, found 3", Tallies::created),
                tally("detach tallied twice", "shard 0: detached tally: expected 1, found 2", Tallies::detached),
                tally(
                        "claim tallied twice",
                        "shard 0: attached tally: expected 2, found 3",
                        tallies -> tallies.claimed(false)),
                tally(
                        "detachment not tallied",
                        "shard 0: detachments tally less reclaims and ends while detached: expected 1, found 0",
                        tallies -> {
                            tallies.ended(EndCause.DESTROYED, false);
                            tallies.claimed(true);
                        }),
                tally(
                        "end tallied twice",
                        "shard 0: attached tally: expected 2, found 1",
                        tallies -> tallies.ended(EndCause.TIMED_OUT, true)),
                tally(
                        "detached end tallied twice",
                        "shard 0: detached tally: expected 1, found 0",
                        tallies -> tallies.ended(EndCause.RECLAIM_EXPIRED, false)),
                tally(
                        "created and ended, only ended tallied",
                        "shard 0: created tally less ended tallies: expected 3, found 2",
                        tallies -> {
                            tallies.ended(EndCause.DESTROYED, true);
                            tallies.claimed(false);
                            tallies.detached();
                            tallies.claimed(false);
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tallyCorruptions")
    void audit_tallyIsWrong_isNamed(String name, String fact, Consumer<Tallies> corruption) {
        Transport<String> lost = manager.openTransport("lost");
        manager.create(lost);
        lost.gone();
        Session<String> session = create(1);
        create(2);
        corruption.accept(session.shard());
        assertThat(findings()).contains(fact);
    }

    static Stream<Arguments> sessionCorruptions() {
        return Stream.of(
                corruption(
                        "missing in the table",
                        session -> remove(session),
                        "shard 0: attached tally: expected 2, found 3",
                        "transport ws (OPEN): its sessions in shard 0: expected 2, found 3",
                        "shard 0: created tally less ended tallies: expected 2, found 3"),
                corruption(
                        "ended but still linked",
                        session -> session.compareAndSetState(
                                session.state, SessionState.ended(session.state, EndCause.DESTROYED)),
                        "session …4711: live while in the table: expected true, found false",
                        "session …4711: found by its id: expected true, found false",
                        "session …4711: has an owner: expected false, found true"),
                corruption(
                        "no owner",
                        session -> session.setOwner(null),
                        "session …4711: has an owner: expected true, found false",
                        "transport ws (OPEN): its sessions in shard 0: expected 2, found 3",
                        "shard 0: attached tally: expected 2, found 3",
                        "shard 0: detached tally: expected 1, found 0",
                        "shard 0: detachments tally less reclaims and ends while detached: expected 1, found 0"),
                corruption(
                        "detached with an owner",
                        session -> session.compareAndSetState(session.state, SessionState.detached(session.state, 0)),
                        "session …4711: has an owner: expected false, found true",
                        "session …4711: has a timer by its deadline: expected true, found false"),
                corruption(
                        "missing on its transport",
                        session -> session.transport().detach(session.shard().index, session),
                        "session …4711: among the sessions of ws: expected true, found false",
                        "transport ws (OPEN): its sessions in shard 0: expected 3, found 2"),
                corruption(
                        "another place",
                        session -> session.place++,
                        "session …4711: among the sessions of ws: expected true, found false"),
                corruption(
                        "no timer",
                        session -> session.shard().wheel.advance(1L << 40, 100, block -> {
                            if (block != Shard.blockOf(session.shard().bucketOf(session.hash()))) {
                                session.shard().wheel.file(block, 1L << 41);
                            }
                        }),
                        "session 1: has a timer by its deadline: expected true, found false", // of the same block
                        "session …4711: has a timer by its deadline: expected true, found false",
                        "session 3: has a timer by its deadline: expected true, found false"),
                corruption(
                        "its timer is too late",
                        session -> session.context = session.context.withSessionNanos(1),
                        "session …4711: has a timer by its deadline: expected true, found false"),
                corruption(
                        "one too many in the table's size",
                        session -> session.shard().size++,
                        "shard 0: table size: expected 3, found 4"));
    }

    private static void remove(Session<String> session) {
        Shard<String> shard = session.shard();
        int bucket = shard.bucketOf(session.hash());
        shard.remove(session, bucket, shard.before(bucket, session.id));
    }

    private static Arguments corruption(String name, Consumer<Session<String>> corruption, String... facts) {
        return Arguments.of(name, corruption, List.of(facts));
    }

    /** The ids are capabilities, so the report shows only their ends. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sessionCorruptions")
    void audit_sessionIsCorrupt_isNamed(String name, Consumer<Session<String>> corruption, List<String> facts) {
        create(1);
        Session<String> session = create(123_456_784_711L);
        create(3);
        corruption.accept(session);
        assertThat(findings())
                .containsExactlyInAnyOrderElementsOf(facts)
                .noneMatch(finding -> finding.contains("123456784711"));
    }

    /** A transport's only session needs no set, and is missed all the same. */
    @Test
    void audit_onlySessionMissingOnItsTransport_isNamed() {
        Session<String> session = create(123_456_784_711L);
        transport.detach(session.shard().index, session);
        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "session …4711: among the sessions of ws: expected true, found false",
                        "transport ws (OPEN): its sessions in shard 0: expected 1, found 0");
    }

    /** A place notes half of the hash, by which its session is found again. */
    @Test
    void audit_onlySessionsPlaceNotesAnotherHash_isNamed() {
        Session<String> session = create(123_456_784_711L);
        int shard = session.shard().index;
        transport.detach(shard, session);
        transport.attach(shard, session, session.hash() + 1);
        assertThat(findings()).contains("session …4711: among the sessions of ws: expected true, found false");
    }

    /** Both count, and only one of them can ever be found and ended. */
    @Test
    void audit_twoSessionsOfOneId_isNamed() {
        Session<String> hidden = create(123_456_784_711L);
        remove(hidden);
        Shard<String> shard = create(123_456_784_711L).shard();
        int bucket = shard.bucketOf(hidden.hash());
        Session<?> last = shard.head(bucket);
        shard.insert(hidden, bucket, last, shard.after(bucket, last));
        assertThat(findings()).containsExactly("session …4711: found by its id: expected true, found false");
    }

    /** It has a timer, in its own block; the first block has lost its own. */
    @Test
    void audit_sessionIsCorruptInALaterBlock_isNamedForThatOnly() {
        List<Session<String>> later = new ArrayList<>();
        for (int id = 1; id <= 300; id++) {
            Session<String> session = create(id);
            if (Shard.blockOf(session.shard().bucketOf(session.hash())) != Shard.blockOf(0)) {
                later.add(session);
            }
        }
        Session<String> corrupt = later.get(later.size() - 1);
        corrupt.setOwner(null);
        TimingWheel wheel = corrupt.shard().wheel;
        wheel.advance(1L << 40, 1_000, block -> {
            if (block != Shard.blockOf(0)) {
                wheel.file(block, 1L << 40);
            }
        });
        String subject = "session " + SessionIds.masked(corrupt.id) + ": ";
        assertThat(findings())
                .filteredOn(finding -> finding.startsWith(subject))
                .containsExactly(subject + "has an owner: expected true, found false");
    }

    /** Without a limit there are no permits to compare it with. */
    @Test
    void audit_counterDriftedWithoutALimit_isNamed() {
        AtomicCounter drifted = new AtomicCounter();
        SessionManager<String> unlimited = new SessionManager<>(settings(null, drifted), null);
        unlimited.create(unlimited.openTransport("ws"));
        assertThat(unlimited.audit().isClean()).isTrue();
        drifted.down();
        AuditReport report = unlimited.audit();
        assertThat(report.disagreements())
                .extracting(Disagreement::toString)
                .containsExactly("manager: ATOMIC counter: expected 1, found 0");
        assertThat(report).hasToString("1 sessions checked, 1 disagreements: " + report.disagreements());
    }

    @Test
    void audit_permitLost_isNamed() {
        create(1);
        permits.tryTake();
        assertThat(findings()).containsExactly("manager: permits taken: expected 1, found 2");
    }

    @Test
    void audit_permitGivenBackTwice_isNamed() {
        create(1);
        permits.giveBack();
        assertThat(findings()).containsExactly("manager: permits taken: expected 1, found 0");
    }

    @Test
    void audit_limitExceeded_isNamed() {
        for (int id = 1; id <= 1000; id++) {
            create(id);
        }
        permits.giveBack();
        create(1001);
        assertThat(findings())
                .contains("manager: live above the limit: expected 0, found 1")
                .contains("manager: permits taken: expected 1001, found 1000");
    }

    @Test
    void audit_counterDrifted_isNamed() {
        create(1);
        counter.up();
        assertThat(findings()).containsExactly("manager: ATOMIC counter: expected 1, found 2");
        counter.down();
        counter.down();
        assertThat(findings()).containsExactly("manager: ATOMIC counter: expected 1, found 0");
    }

    /** The double decrement of the historical bugs, on an empty manager: minus one. */
    @Test
    void audit_counterOneTooLowOnAnEmptyManager_isNamed() {
        counter.down();
        assertThat(findings()).containsExactly("manager: ATOMIC counter: expected 0, found -1");
    }

    @Test
    void audit_permitOneTooLowOnAnEmptyManager_isNamed() {
        permits.giveBack();
        assertThat(findings()).containsExactly("manager: permits taken: expected 0, found -1");
    }

    private static Arguments change(String name, BiConsumer<SessionManager<String>, Session<String>> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("destroy", (manager, session) -> session.destroy()),
                change("destroy and create", (manager, session) -> {
                    session.destroy();
                    manager.create(manager.openTransport("new"));
                }),
                change("create", (manager, session) -> manager.create(session.transport())),
                change("claim", (manager, session) -> session.claim(manager.openTransport("new"))),
                change("detach", (manager, session) -> {
                    Transport<String> lost = manager.openTransport("lost");
                    session.claim(lost);
                    lost.gone();
                }),
                change("detach, then claim", (manager, session) -> {
                    Transport<String> lost = manager.openTransport("lost");
                    session.claim(lost);
                    lost.gone();
                    session.claim(manager.openTransport("new"));
                }),
                change("detach, then destroy", (manager, session) -> {
                    Transport<String> lost = manager.openTransport("lost");
                    session.claim(lost);
                    lost.gone();
                    session.destroy();
                }));
    }

    /**
     * An audit is stopped after each of its batches and a session changed, one that it has checked
     * and one that it has yet to check: at the end its recount agrees with the tallies all the same.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void audit_sessionsChangeBetweenItsBatches_staysClean(
            String name, BiConsumer<SessionManager<String>, Session<String>> change) {
        List<Session<String>> sessions = new ArrayList<>();
        for (int id = 1; id <= 4 * Batch.SIZE; id++) {
            sessions.add(create(id));
        }
        Shard<String> shard = sessions.get(0).shard();
        List<Disagreement> found = new ArrayList<>();
        shard.audit = new ShardAudit<>(shard, settings, found);
        int batches = 0;
        while (shard.audit.step()) {
            change.accept(manager, sessions.get(batches));
            change.accept(manager, sessions.get(sessions.size() - 1 - batches));
            batches++;
        }
        shard.audit = null;
        assertThat(batches).isGreaterThan(2);
        assertThat(found).isEmpty();
        assertThat(findings()).isEmpty();
    }

    /** What it found once it finds again, and leaves the manager as usable as before. */
    @Test
    void audit_afterACorruption_canBeRepeatedAndDisturbsNothing() {
        Session<String> session = create(1);
        session.shard().created();
        List<String> first = findings();
        assertThat(first).isNotEmpty();
        assertThat(findings()).isEqualTo(first);
        assertThat(session.shard().audit).isNull();
        assertThat(create(2).destroy()).isTrue();
        assertThat(findings()).isEqualTo(first);
    }

    /** The shard no longer reports its changes to it, nor keeps it in the heap. */
    @Test
    void audit_fails_isOver() {
        Session<String> session = create(1);
        Shard<String> shard = session.shard();
        SessionContext<String> context = session.context;
        session.context = null; // what makes it fail
        assertThatNullPointerException().isThrownBy(manager::audit);
        assertThat(shard.audit).isNull();
        session.context = context;
        assertThat(findings()).isEmpty();
    }

    @Test
    void report_isImmutable() {
        List<Disagreement> found = new ArrayList<>();
        AuditReport report = new AuditReport(1, found);
        found.add(new Disagreement("shard 0", "attached tally", "1", "2"));
        assertThat(report.disagreements()).isEmpty();
        assertThat(found.get(0)).hasToString("shard 0: attached tally: expected 1, found 2");
    }
}
