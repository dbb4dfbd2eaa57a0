package dev.rollcall.stress.soak;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the threads of one epoch share: a manager built at random, its transports, handles and
 * histories.
 */
final class Stage {
    static final Duration TICK = Duration.ofMillis(100);
    private static final Duration WRAPS_AFTER = Duration.ofMinutes(1);
    private static final int HANDLES = 4096;
    private static final int TRANSPORTS = 512;
    private static final int LEAST_SESSIONS = 500;
    private static final int MOST_SESSIONS = 5000;
    private static final int MOST_SHARDS_SHIFT = 6;

    /** Nanoseconds since the epoch began. */
    final AtomicLong clock = new AtomicLong();

    final Coverage coverage;
    final Findings findings;
    final Facade facade;
    final SessionManager<History> manager;
    final long maxSessions;
    final AtomicReferenceArray<Session<History>> handles = new AtomicReferenceArray<>(HANDLES);
    final AtomicReferenceArray<Transport<History>> transports = new AtomicReferenceArray<>(TRANSPORTS);
    final Queue<History> histories = new ConcurrentLinkedQueue<>();

    /** Transports whose gone() has returned. */
    final Queue<Transport<History>> lost = new ConcurrentLinkedQueue<>();

    final Gate gate;
    private final AtomicInteger transportNumber = new AtomicInteger();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final ThreadLocal<SplittableRandom> randoms;

    /** A thread that is waited for longer than that is stuck. */
    Stage(long seed, Defect defect, Coverage coverage, Findings findings, Duration patience) {
        this.gate = new Gate(patience);
        this.coverage = coverage;
        this.findings = findings;
        this.randoms = ThreadLocal.withInitial(() -> new SplittableRandom(seed + threadNumber.incrementAndGet()));
        SplittableRandom random = new SplittableRandom(seed);
        // In every second epoch or so the ticker wraps around.
        long origin = random.nextBoolean() ? 0 : Long.MAX_VALUE - WRAPS_AFTER.toNanos();
        this.facade = defect.facade(clock, coverage);
        this.maxSessions = random.nextInt(LEAST_SESSIONS, MOST_SESSIONS);
        SessionManagerBuilder<History> builder = SessionManager.<History>builder()
                .shards(1 << random.nextInt(MOST_SHARDS_SHIFT + 1))
                .tick(TICK)
                .sessionTimeout(Duration.ofSeconds(3))
                .maxSessions(maxSessions)
                .counter(CounterStrategy.values()[random.nextInt(CounterStrategy.values().length)])
                .ticker(() -> origin + clock.get())
                .callerSweeps()
                .listener(facade);
        this.manager = builder.listener(new UnrulyListener(this)).build();
        facade.manage(manager);
        for (int i = 0; i < TRANSPORTS; i++) {
            transports.set(i, newTransport());
        }
    }

    /** This thread's source of random numbers. */
    SplittableRandom random() {
        return randoms.get();
    }

    Transport<History> newTransport() {
        int number = transportNumber.incrementAndGet();
        return manager.openTransport("transport " + number, new Carrier(number));
    }

    Transport<History> anyTransport() {
        return transports.get(random().nextInt(TRANSPORTS));
    }

    /** A handle that may be stale, or null. */
    Session<History> anyHandle() {
        return handles.get(random().nextInt(HANDLES));
    }

    void keepHandle(Session<History> session) {
        histories.add(session.attachment());
        handles.set(random().nextInt(HANDLES), session);
    }
}
