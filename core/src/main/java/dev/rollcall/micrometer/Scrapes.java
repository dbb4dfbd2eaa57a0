package dev.rollcall.micrometer;

import dev.rollcall.ManagerStatus;
import dev.rollcall.SessionManager;
import io.micrometer.core.instrument.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The figures of one manager in one registry: one snapshot for each scrape. Thread-safe. */
final class Scrapes {
    /*
     * A registry asks for one figure at a time and does not say when a scrape begins, nor in which
     * order it will ask: Prometheus' registry keeps its collectors in a hash set, others their
     * meters in a hash map. But a scrape is made by one thread, and it asks for no figure twice. So
     * each thread has a snapshot of its own, and the first figure that it asks for again is the
     * first of its next scrape and takes a new one. That is exact for any order and at any speed.
     *
     * A thread that asks for a part of the figures, as an operator's query for one meter does,
     * leaves a snapshot behind that was not asked for the rest. It must not answer for them in a
     * later scrape, after another thread has told newer figures: a counter would fall, and a fall is
     * how Prometheus recognizes that a process has started anew. Only time tells such a snapshot
     * from that of a scrape which is still going on, slowed down by other meters. So there are two
     * rules. A thread drops its snapshot if it has asked for nothing for a second and another thread
     * has taken one since; or if it has asked for nothing for longer than any scraper waits for an
     * answer: by default Prometheus gives up after ten seconds.
     *
     * Why a second since the thread last asked: a scraper that was told newer figures comes back
     * after a second or more. If it then gets a thread that still has an older snapshot, that thread
     * has meanwhile gone on with a scrape and broken it off, and only then does a counter fall. And
     * the scrapes of two threads at once keep a snapshot each, however long they take, unless other
     * meters hold one of them up for more than a second at a time.
     *
     * A scrape begins after a pause. But once a thread has read a part, its next scrape asks for a
     * figure again in its midst, and takes another snapshot there. If that one lasted as any other,
     * it would answer the first questions of the scrape after that, and so on: each would mix two. So
     * a snapshot that was taken without a pause is dropped at the next one.
     *
     * Registries do not guard themselves against counters that throw: all meters of the application
     * would miss from the scrape. So if there is no snapshot, because the ticker throws, gauges are
     * NaN and counters stay where they were. They are not NaN, since some registries publish the
     * differences of what they read, and would lose what happened between the values before and
     * after. And where they were is the highest value that any thread has got.
     *
     * Threads are keys of a weak map. A ThreadLocal would be the other way round: the threads would
     * keep its values, and with their class all classes of the application. The threads of a
     * container's pool live on when the application is no longer deployed.
     */

    /** After so long without a question no scrape is going on. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** After so long none is going on either, if another thread has begun one, or this one midway. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So old a snapshot does not become, though its thread asks for one figure after the other. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final List<SessionMetrics.Figure> figures;
    private final Clock clock;

    /**
     * What to answer without a snapshot: for each counter the highest value of any snapshot, NaN for
     * each gauge. Guarded by this object's monitor.
     */
    private final double[] fallback;

    /** The latest scrape of each thread. Guarded by this object's monitor. */
    private final Map<Thread, Scrape> latest = new WeakHashMap<>();

    /** How many snapshots all threads have taken. Guarded by this object's monitor. */
    private long taken;

    Scrapes(List<SessionMetrics.Figure> figures, Clock clock) {
        this.figures = List.copyOf(figures);
        this.clock = clock;
        this.fallback = figures.stream()
                .mapToDouble(figure -> figure.isCounter() ? 0 : Double.NaN)
                .toArray();
    }

    /** A figure's value in the calling thread's present scrape, or in the next one. */
    double read(SessionManager<?> manager, int figure) {
        long now = clock.monotonicTime();
        Scrape scrape = latest();
        if (scrape == null || !isPresent(scrape, figure, now)) {
            boolean isMidway = scrape != null && now - scrape.lastNanos <= PAUSE_NANOS;
            scrape = next(manager, now, isMidway);
        }
        scrape.read.set(figure);
        scrape.lastNanos = clock.monotonicTime(); // not from before the snapshot, which may take long
        return scrape.values[figure];
    }

    /** The calling thread's. */
    private synchronized @Nullable Scrape latest() {
        return latest.get(Thread.currentThread());
    }

    /** Whether the calling thread's scrape goes on, and this figure is of it. */
    private boolean isPresent(Scrape scrape, int figure, long nowNanos) {
        long patience = scrape.isMidway || taken() > scrape.number ? PAUSE_NANOS : PATIENCE_NANOS;
        return !scrape.read.get(figure)
                && nowNanos - scrape.lastNanos <= patience
                && nowNanos - scrape.takenNanos <= LONGEST_NANOS;
    }

    /** The manager is asked without the monitor, for its ticker may do anything. */
    private Scrape next(SessionManager<?> manager, long nowNanos, boolean isMidway) {
        long takenBefore = taken();
        ManagerStatus status;
        try {
            status = manager.status();
        } catch (Throwable thrown) { // whatever it is, the other meters must not suffer
            return withoutSnapshot(nowNanos, isMidway);
        }
        double[] values = new double[figures.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figures.get(i).value().applyAsDouble(status);
        }
        return withSnapshot(values, takenBefore, nowNanos, isMidway);
    }

    private synchronized long taken() {
        return taken;
    }

    /** Other threads' snapshots that were taken meanwhile may be newer, so this one counts as older. */
    private synchronized Scrape withSnapshot(double[] values, long takenBefore, long nowNanos, boolean isMidway) {
        for (int i = 0; i < values.length; i++) {
            fallback[i] = Math.max(fallback[i], values[i]); // a gauge's stays NaN
        }
        taken++;
        return keep(new Scrape(values, takenBefore + 1, nowNanos, isMidway));
    }

    private synchronized Scrape withoutSnapshot(long nowNanos, boolean isMidway) {
        return keep(new Scrape(fallback.clone(), taken, nowNanos, isMidway));
    }

    private Scrape keep(Scrape scrape) {
        latest.put(Thread.currentThread(), scrape);
        return scrape;
    }

    /** One snapshot, and what has been read of it. Confined to its thread. Does not refer to the manager. */
    private static final class Scrape {
        private final double[] values;

        /** If more snapshots than this have been taken, another thread has a newer one. */
        private final long number;

        /** From before it was taken. */
        private final long takenNanos;

        /** Taken without a pause, so perhaps in the midst of a scrape. */
        private final boolean isMidway;

        private final BitSet read = new BitSet();
        private long lastNanos;

        Scrape(double[] values, long number, long takenNanos, boolean isMidway) {
            this.values = values;
            this.number = number;
            this.takenNanos = takenNanos;
            this.isMidway = isMidway;
        }
    }
}
