package dev.rollcall.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * All values of one scrape are of one snapshot. Among the manager's meters there are meddlers, other
 * meters that change sessions whenever they are read; so sessions change between the readings of any
 * two figures, whatever the registry's order, and not only if threads happen to meet.
 */
class OneSnapshotTest {
    private static final int SCRAPES = 100;
    private static final int MEDDLERS = 100;

    private final Random random = new Random(20221118);
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .callerSweeps()
            .sessionTimeout(Duration.ZERO)
            .reclaimTimeout(Duration.ofHours(1))
            .build();

    /** Stands still, so no scrape takes too long. */
    private final Clock clock = new MockClock();

    private final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PrometheusMeterRegistry prometheus =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);

    @AfterEach
    void close() {
        manager.close();
    }

    /** Figures by name, in which a tag's values are summed up. */
    private Map<String, Long> ofPrometheus() {
        return ofPrometheus("_total");
    }

    private Map<String, Long> ofPrometheus(String suffixOfTotals) {
        PrometheusText text = PrometheusText.parse(prometheus.scrape());
        Map<String, Long> figures = new HashMap<>();
        for (String name : List.of("sessions_live", "sessions_attached", "sessions_detached")) {
            figures.put(name, text.sum("rollcall_" + name));
        }
        for (String name : List.of("creates", "ends")) {
            figures.put(name, text.sum("rollcall_" + name + suffixOfTotals));
        }
        return figures;
    }

    private Map<String, Long> ofSimple() {
        Map<String, Long> figures = new HashMap<>();
        for (Meter meter : simple.getMeters()) {
            for (Measurement measurement : meter.measure()) {
                String name = meter.getId().getName().replace("rollcall.", "").replace('.', '_');
                figures.merge(name, (long) measurement.getValue(), Long::sum);
            }
        }
        return figures;
    }

    private static boolean isOneSnapshot(Map<String, Long> figures) {
        long live = figures.get("sessions_live");
        return figures.get("sessions_attached") + figures.get("sessions_detached") == live
                && live + figures.get("ends") == figures.get("creates");
    }

    private void addMeddlers(MeterRegistry registry) {
        for (int i = 0; i < MEDDLERS; i++) {
            Gauge.builder("meddler." + i, () -> change(manager, random)).register(registry);
        }
    }

    /** Something that changes two of the figures. */
    private static int change(SessionManager<String> manager, Random random) {
        Transport<String> transport = manager.openTransport("ws");
        Session<String> session = manager.create(transport);
        switch (random.nextInt(3)) {
            case 0 -> {
                transport.gone();
                if (random.nextInt(8) != 0) {
                    session.destroy();
                }
            }
            case 1 -> transport.close();
            default -> session.destroy();
        }
        return 1;
    }

    /** What the naive binder does: a call of counts() for each gauge. */
    private void bindNaively(MeterRegistry registry) {
        bindNaively(registry, "sessions.live", SessionCounts::live);
        bindNaively(registry, "sessions.attached", SessionCounts::attached);
        bindNaively(registry, "sessions.detached", SessionCounts::detached);
        bindNaively(registry, "creates", SessionCounts::created);
        bindNaively(registry, "ends", SessionCounts::ended);
    }

    private void bindNaively(MeterRegistry registry, String name, ToLongFunction<SessionCounts> figure) {
        Gauge.builder("rollcall." + name, () -> {
                    // In some orders there is no meddler between two figures.
                    change(manager, random);
                    return figure.applyAsLong(manager.counts());
                })
                .register(registry);
    }

    private static int violations(Supplier<Map<String, Long>> scrape) {
        int violations = 0;
        for (int i = 0; i < SCRAPES; i++) {
            violations += isOneSnapshot(scrape.get()) ? 0 : 1;
        }
        return violations;
    }

    @Test
    void scrape_prometheusWithMeddlers_isOneSnapshot() {
        addMeddlers(prometheus);
        new SessionMetrics(manager).bindTo(prometheus);
        assertThat(violations(this::ofPrometheus)).isZero();
        assertThat(manager.counts().created()).isEqualTo((long) SCRAPES * MEDDLERS);
    }

    @Test
    void scrape_simpleRegistryWithMeddlers_isOneSnapshot() {
        addMeddlers(simple);
        new SessionMetrics(manager).bindTo(simple);
        assertThat(violations(this::ofSimple)).isZero();
        assertThat(manager.counts().created()).isEqualTo((long) SCRAPES * MEDDLERS);
    }

    /** Each scrape has a new snapshot: one that never changed would pass the tests above. */
    @Test
    void scrape_afterAChange_showsIt() {
        new SessionMetrics(manager).bindTo(prometheus);
        for (long created = 0; created < 5; created++) {
            assertThat(ofPrometheus()).containsEntry("creates", created);
            change(manager, random);
        }
    }

    /** The controls: the same check notices a binder that asks anew for each gauge. */
    @Test
    void scrape_countsForEachGauge_isNoticed() {
        addMeddlers(prometheus);
        addMeddlers(simple);
        bindNaively(prometheus);
        bindNaively(simple);
        assertThat(violations(() -> ofPrometheus(""))).isGreaterThan(SCRAPES / 2);
        assertThat(violations(this::ofSimple)).isGreaterThan(SCRAPES / 2);
    }

    /** Two scrapers at once, each a registry and thread of its own, beside threads that change sessions. */
    @Test
    void scrape_threadsBesideChurn_isOneSnapshot() throws Exception {
        new SessionMetrics(manager).bindTo(prometheus);
        new SessionMetrics(manager).bindTo(simple);
        CountDownLatch scraped = new CountDownLatch(3);
        // A hundred scrapes may be over before the other threads have begun.
        CountDownLatch changed = new CountDownLatch(SCRAPES);
        AtomicInteger violations = new AtomicInteger();
        List<FutureTask<?>> tasks = new ArrayList<>();
        for (Supplier<Map<String, Long>> scrape :
                List.<Supplier<Map<String, Long>>>of(this::ofPrometheus, this::ofPrometheus, this::ofSimple)) {
            tasks.add(start(() -> {
                try {
                    do {
                        violations.addAndGet(violations(scrape));
                    } while (changed.getCount() != 0);
                } finally {
                    scraped.countDown();
                }
            }));
        }
        for (int i = 0; i < 2; i++) {
            Random own = new Random(i);
            tasks.add(start(() -> {
                while (scraped.getCount() != 0) {
                    change(manager, own);
                    changed.countDown();
                }
            }));
        }
        for (FutureTask<?> task : tasks) {
            task.get();
        }
        assertThat(violations).hasValue(0);
    }

    private static FutureTask<?> start(Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
