package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All operations from several threads on few ids and transports, a bounded number of them. At the
 * end what callers were told must add up to what the manager says (G1, G2, G5, G7, G8, G9, G10), and
 * every session's history must be whole. The races one by one are the stress module's business.
 */
class SmokeTest {
    private static final int THREADS = 3;
    private static final int OPERATIONS = 25_000;
    private static final int IDS = 48;
    private static final int LIMIT = 32;
    private static final Duration STEP = Duration.ofMillis(20);

    private final ManualTicker ticker =
            new ManualTicker(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());
    private final Recorder<String> recorder = new Recorder<>();
    private final AtomicReferenceArray<Transport<String>> transports = new AtomicReferenceArray<>(4);
    private final Map<Session<String>, Long> keptAlive = new ConcurrentHashMap<>();

    /** What callers were told. */
    private final LongAdder created = new LongAdder();

    private final LongAdder rejected = new LongAdder();
    private final LongAdder destroyed = new LongAdder();
    private final LongAdder destroyedByAdmin = new LongAdder();
    private final LongAdder swept = new LongAdder();

    /** G3: no timeout before the session timeout has passed since a keepalive that returned true. */
    private final class TimeoutWatch implements SessionListener<String> {
        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            Long before = keptAlive.get(session);
            if (cause == EndCause.TIMED_OUT && before != null) {
                Duration idle = Duration.ofNanos(ticker.nanos() - before);
                assertThat(idle).isGreaterThanOrEqualTo(Fixture.TICK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CounterStrategy.class)
    void everyOperation_severalThreads_addsUp(CounterStrategy strategy) throws Exception {
        LogCapture log = LogCapture.open();
        try {
            SessionManager<String> manager = SessionManager.<String>builder()
                    .callerSweeps()
                    .ticker(ticker)
                    .tick(Fixture.TICK)
                    .shards(2)
                    .counter(strategy)
                    .maxSessions(LIMIT)
                    .sessionTimeout(Fixture.TICK)
                    .reclaimTimeout(Fixture.TICK)
                    .listener(recorder)
                    .listener(new TimeoutWatch())
                    .build();
            for (int i = 0; i < transports.length(); i++) {
                transports.set(i, manager.openTransport("first " + i));
            }
            Workers workers = new Workers();
            for (int i = 0; i < THREADS; i++) {
                long seed = i;
                workers.add(() -> {
                    Random random = new Random(seed);
                    for (int j = 0; j < OPERATIONS; j++) {
                        perform(manager, random);
                    }
                    return null;
                });
            }
            workers.run();
            assertAddsUp(manager);
            manager.close();
            assertThat(manager.counts().live()).isZero();
            assertAddsUp(manager);
            assertThat(log.messages()).isEmpty();
        } finally {
            log.close();
        }
    }

    private void perform(SessionManager<String> manager, Random random) {
        long id = 1L + random.nextInt(IDS);
        int index = random.nextInt(transports.length());
        Transport<String> transport = transports.get(index);
        Session<String> session = manager.find(id);
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> create(manager, transport, id, random);
            case 4 -> keepAlive(session);
            case 5 -> manager.keepAlive(id);
            case 6 -> claim(() -> manager.claim(id, transport));
            case 7 -> tell(destroyed, manager.destroy(id));
            case 8 -> tell(destroyedByAdmin, session != null && session.destroyByAdmin());
            case 9 -> {
                if (random.nextInt(4) == 0) {
                    transports.compareAndSet(index, transport, manager.openTransport("later"));
                    transport.gone();
                    // G5: once gone() returned, no session is attached to it, ever.
                    assertThat(transport.count()).isZero();
                    assertThat(transport.sessions()).isEmpty();
                }
            }
            case 10 -> {
                ticker.advance(STEP);
                swept.add(manager.sweep());
            }
            case 11 -> {
                if (session != null) {
                    session.setReclaimTimeout(random.nextBoolean() ? Duration.ZERO : Fixture.TICK);
                }
            }
            case 12 -> assertThat(manager.counts().live()).isLessThanOrEqualTo(LIMIT);
            default -> {
                if (random.nextInt(50) == 0) {
                    assertThat(manager.audit().disagreements()).isEmpty();
                    assertThat(manager.sessions()).hasSizeLessThanOrEqualTo(IDS);
                }
            }
        }
    }

    private void create(SessionManager<String> manager, Transport<String> owner, long id, Random random) {
        SessionOptions<String> options = Fixture.options();
        try {
            Session<String> session = manager.create(owner, random.nextInt(4) == 0 ? options : options.id(id));
            created.increment();
            assertThat(session.isLive() || session.endCause() != null).isTrue();
        } catch (SessionRejectedException e) {
            rejected.increment();
        }
    }

    private void keepAlive(Session<String> session) {
        long before = ticker.nanos();
        if (session != null && session.keepAlive()) {
            keptAlive.merge(session, before, (old, now) -> now - old > 0 ? now : old);
        }
    }

    private static void claim(Runnable claim) {
        try {
            claim.run();
        } catch (SessionRejectedException e) {
            assertThat(e.reason()).isEqualTo(RejectReason.TRANSPORT_GONE);
        }
    }

    private static void tell(LongAdder told, boolean won) {
        if (won) {
            told.increment();
        }
    }

    private void assertAddsUp(SessionManager<String> manager) {
        SessionCounts counts = manager.counts();
        assertThat(counts.created()).isEqualTo(created.sum()).isEqualTo(recorder.sessions());
        assertThat(counts.rejectedCreates()).isEqualTo(rejected.sum());
        assertThat(counts.ended(EndCause.DESTROYED)).isEqualTo(destroyed.sum());
        assertThat(counts.ended(EndCause.ADMIN_DESTROYED)).isEqualTo(destroyedByAdmin.sum());
        assertThat(counts.ended(EndCause.TIMED_OUT) + counts.ended(EndCause.RECLAIM_EXPIRED))
                .isEqualTo(swept.sum());
        Fixture.assertConsistent(manager);
        recorder.assertHistoriesAreLegal();
    }
}
