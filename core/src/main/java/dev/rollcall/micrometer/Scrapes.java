package dev.rollcall.micrometer;

import dev.rollcall.ManagerStatus;
import dev.rollcall.SessionManager;
import io.micrometer.core.instrument.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
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
     */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<ToDoubleFunction<ManagerStatus>> figures;
    private final Clock clock;

    @SuppressWarnings("ThreadLocalUsage") // one for each manager and registry, as many as there are of them
    private final ThreadLocal<@Nullable Scrape> latest = new ThreadLocal<>();

    Scrapes(List<ToDoubleFunction<ManagerStatus>> figures, Clock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    /** A figure's value in the calling thread's present scrape, or in the next one. */
    double read(SessionManager<?> manager, int figure) {
        Scrape scrape = latest.get();
        if (scrape == null || scrape.read.get(figure) || clock.monotonicTime() - scrape.lastNanos > PATIENCE_NANOS) {
            scrape = new Scrape(valuesOf(manager.status()));
            latest.set(scrape);
        }
        scrape.read.set(figure);
        scrape.lastNanos = clock.monotonicTime(); // not from before the snapshot, which may take long
        return scrape.values[figure];
    }

    /** Only numbers: threads keep them, and must not keep the manager's parts alive. */
    private double[] valuesOf(ManagerStatus status) {
        double[] values = new double[figures.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figures.get(i).applyAsDouble(status);
        }
        return values;
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
