package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A manager swept by hand, with a hand-driven ticker and a recorder: where most tests start. */
final class Fixture {
    static final Duration TICK = Duration.ofMillis(100);
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);
    static final Duration RECLAIM_TIMEOUT = Duration.ofSeconds(10);

    final ManualTicker ticker = new ManualTicker();
    final Recorder<String> recorder = new Recorder<>();
    final SessionManager<String> manager;

    private Fixture(UnaryOperator<SessionManagerBuilder<String>> settings) {
        SessionManagerBuilder<String> builder = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .listener(recorder)
                .tick(TICK);
        manager = settings.apply(builder).build();
    }

    /** Two shards, {@link #SESSION_TIMEOUT}, {@link #RECLAIM_TIMEOUT}. */
    static Fixture create() {
        return with(UnaryOperator.identity());
    }

    /** As {@link #create()}, with more settings. */
    static Fixture with(UnaryOperator<SessionManagerBuilder<String>> settings) {
        return bare(builder ->
                settings.apply(builder.shards(2).sessionTimeout(SESSION_TIMEOUT).reclaimTimeout(RECLAIM_TIMEOUT)));
    }

    /** Only what every fixture has: tick, ticker, recorder. */
    static Fixture bare(UnaryOperator<SessionManagerBuilder<String>> settings) {
        return new Fixture(settings);
    }

    /** A manager with this clock and step, which the builder would not leave to the caller's sweeps. */
    static SessionManager<String> sweptByHand(TimeSource time, int stepShift, List<SessionListener<String>> listeners) {
        return new SessionManager<>(
                new Settings<>(
                        "swept by hand",
                        SESSION_TIMEOUT.toNanos(),
                        RECLAIM_TIMEOUT.toNanos(),
                        time,
                        stepShift,
                        1,
                        null,
                        CounterStrategy.EXACT,
                        null,
                        true,
                        new SecureIds(),
                        new Listeners<>(listeners, null, new Lifecycle()),
                        new Lifecycle()),
                null);
    }

    Transport<String> transport(String name) {
        return manager.openTransport(name);
    }

    Session<String> create(Transport<String> owner, long id) {
        return manager.create(owner, options().id(id));
    }

    List<Session<String>> createMany(Transport<String> owner, int howMany) {
        List<Session<String>> created = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            created.add(manager.create(owner));
        }
        return created;
    }

    static SessionOptions<String> options() {
        return SessionOptions.defaults();
    }

    /** Lets time pass, then sweeps; returns how many sessions ended. */
    int sweepAfter(Duration elapsed) {
        ticker.advance(elapsed);
        return manager.sweep();
    }

    /** Everything observable but the tally of refusals. With the ticker at rest. */
    List<String> state() {
        SessionCounts counts = manager.counts();
        List<String> state = new ArrayList<>();
        for (SessionInfo info : sorted(manager.sessionInfos())) {
            state.add("session " + info.id() + " " + info);
        }
        state.add("attached " + counts.attached() + ", detached " + counts.detached());
        state.add("created " + counts.created() + ", count() " + manager.count());
        for (EndCause cause : EndCause.values()) {
            state.add("ended " + cause + " " + counts.ended(cause));
        }
        state.add("events " + recorder.size());
        return state;
    }

    /** Nothing was changed, nothing lost: design section 9. */
    void assertUnchanged(List<String> before) {
        assertThat(state()).isEqualTo(before);
        assertConsistent();
    }

    /** Audit, conservation law and listing agree (G1, S1, S2). */
    void assertConsistent() {
        assertConsistent(manager);
    }

    static void assertConsistent(SessionManager<?> manager) {
        SessionCounts counts = manager.counts();
        assertThat(counts.created()).as("created = live + ended").isEqualTo(counts.live() + counts.ended());
        assertThat(counts.live()).isEqualTo(counts.attached() + counts.detached());
        assertThat(manager.sessions()).hasSize((int) counts.live());
        assertThat(manager.count()).isEqualTo(counts.live());
        AuditReport report = manager.audit();
        assertThat(report.disagreements()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.sessionsChecked()).isEqualTo(counts.live());
    }

    private static List<SessionInfo> sorted(List<SessionInfo> sessions) {
        List<SessionInfo> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparingLong(SessionInfo::id));
        return sorted;
    }
}
