package dev.rollcall.micrometer;

import dev.rollcall.ManagerStatus;
import dev.rollcall.SessionManager;
import io.micrometer.core.instrument.Clock;
import java.util.BitSet;
import java.util.List;
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
     * leaves a snapshot behind that was not asked for the rest. It must not answer for them an hour
     * later. So it is dropped if the thread asks for nothing for longer than any scraper waits for
     * an answer; by default Prometheus gives up after ten seconds.
     *
     * Registries do not guard themselves against counters that throw: all meters of the application
     * would miss from the scrape. So if there is no snapshot, because the ticker throws, gauges are
     * NaN and counters stay where they were. They are not NaN, since some registries publish the
     * differences of what they read, and would lose what happened between the values before and
     * after. And where they were is the highest value that any thread has got, since a fall is how
     * Prometheus recognizes that a process has started anew.
     */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<SessionMetrics.Figure> figures;
    private final Clock clock;

    /**
     * What to answer without a snapshot: for each counter the highest value of any snapshot, NaN for
     * each gauge. Guarded by this object's monitor.
     */
    private final double[] fallback;

    @SuppressWarnings("ThreadLocalUsage") // one for each manager and registry, as many as there are of them
    private final ThreadLocal<@Nullable Scrape> latest = new ThreadLocal<>();

    Scrapes(List<SessionMetrics.Figure> figures, Clock clock) {
        this.figures = List.copyOf(figures);
        this.clock = clock;
        this.fallback = figures.stream()
                .mapToDouble(figure -> figure.isCounter() ? 0 : Double.NaN)
                .toArray();
    }

    /** A figure's value in the calling thread's present scrape, or in the next one. */
    double read(SessionManager<?> manager, int figure) {
        Scrape scrape = latest.get();
        if (scrape == null || scrape.read.get(figure) || clock.monotonicTime() - scrape.lastNanos > PATIENCE_NANOS) {
            scrape = new Scrape(valuesOf(manager));
            latest.set(scrape);
        }
        scrape.read.set(figure);
        scrape.lastNanos = clock.monotonicTime(); // not from before the snapshot, which may take long
        return scrape.values[figure];
    }

    /** Only numbers: threads keep them, and must not keep the manager's parts alive. */
    private double[] valuesOf(SessionManager<?> manager) {
        ManagerStatus status;
        try {
            status = manager.status();
        } catch (Throwable thrown) { // whatever it is, the other meters must not suffer
            return withoutSnapshot();
        }
        double[] values = new double[figures.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figures.get(i).value().applyAsDouble(status);
        }
        remember(values);
        return values;
    }

    private synchronized void remember(double[] values) {
        for (int i = 0; i < values.length; i++) {
            fallback[i] = Math.max(fallback[i], values[i]); // a gauge's stays NaN
        }
    }

    private synchronized double[] withoutSnapshot() {
        return fallback.clone();
    }

    /** One snapshot, and what has been read of it. Confined to its thread. */
    private static final class Scrape {
        private final double[] values;
        private final BitSet read = new BitSet();
        private long lastNanos;

        Scrape(double[] values) {
            this.values = values;
        }
    }
}
