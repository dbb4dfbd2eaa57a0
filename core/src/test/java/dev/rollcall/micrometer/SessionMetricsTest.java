package dev.rollcall.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.EndCause;
import dev.rollcall.ManualTicker;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Tampering;
import dev.rollcall.Transport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What each meter says, under which name, in Prometheus' registry and in Micrometer's simple one. */
class SessionMetricsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .name("gateway")
            .ticker(ticker)
            .callerSweeps()
            .maxSessions(100)
            .sessionTimeout(Duration.ofSeconds(60))
            .reclaimTimeout(Duration.ofSeconds(10))
            .build();

    /** Two live, one of them detached; one ended by each of two causes; one claimed twice, the second time while it was attached; one create refused and three claims. */
    private void live() {
        Transport<String> transport = manager.openTransport("ws");
        Transport<String> lost = manager.openTransport("lost");
        manager.create(transport);
        Session<String> claimed = manager.create(lost);
        Session<String> detached = manager.create(lost);
        manager.create(transport).destroy();
        Session<String> idle = manager.create(transport, SessionOptions.defaults());
        idle.setSessionTimeout(Duration.ofMillis(1));
        lost.gone();
        claimed.claim(transport);
        claimed.claim(manager.openTransport("next"));
        claimed.destroyByAdmin();
        ticker.advance(Duration.ofSeconds(1));
        manager.sweep();
        assertThatThrownBy(() -> manager.create(lost)).isInstanceOf(SessionRejectedException.class);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> detached.claim(lost)).isInstanceOf(SessionRejectedException.class);
        }
        assertThat(detached.isLive()).isTrue();
    }

    @Test
    void scrape_ofPrometheus_hasEveryFigureUnderANameOfItsOwn() {
        new SessionMetrics(manager).bindTo(prometheus);
        live();
        PrometheusText scrape = PrometheusText.parse(prometheus.scrape());
        assertThat(scrape.sum("rollcall_sessions_live")).isEqualTo(2);
        assertThat(scrape.sum("rollcall_sessions_attached")).isEqualTo(1);
        assertThat(scrape.sum("rollcall_sessions_detached")).isEqualTo(1);
        assertThat(scrape.sum("rollcall_sessions_limit")).isEqualTo(100);
        assertThat(scrape.sum("rollcall_creates_total")).isEqualTo(5);
        assertThat(scrape.samples("rollcall_ends_total")).hasSize(EndCause.values().length);
        assertThat(scrape.samples("rollcall_ends_total"))
                .containsEntry(Map.of("manager", "gateway", "cause", "destroyed"), 1.0)
                .containsEntry(Map.of("manager", "gateway", "cause", "admin_destroyed"), 1.0)
                .containsEntry(Map.of("manager", "gateway", "cause", "timed_out"), 1.0)
                .containsEntry(Map.of("manager", "gateway", "cause", "shutdown"), 0.0);
        assertThat(scrape.sum("rollcall_claims_total")).isEqualTo(2);
        assertThat(scrape.sum("rollcall_reclaims_total")).isEqualTo(1);
        assertThat(scrape.sum("rollcall_detachments_total")).isEqualTo(2);
        assertThat(scrape.samples("rollcall_rejections_total"))
                .hasSize(8)
                .containsEntry(Map.of("manager", "gateway", "operation", "create", "reason", "transport_gone"), 1.0)
                .containsEntry(Map.of("manager", "gateway", "operation", "claim", "reason", "transport_gone"), 3.0)
                .containsEntry(Map.of("manager", "gateway", "operation", "claim", "reason", "closed"), 0.0);
        assertThat(scrape.sum("rollcall_sweeps_total")).isEqualTo(1);
        assertThat(scrape.sum("rollcall_drift")).isZero();
        assertThat(scrape.types())
                .containsEntry("rollcall_sessions_live", "gauge")
                .containsEntry("rollcall_creates_total", "counter")
                .containsEntry("rollcall_sweep_time_seconds_total", "counter")
                .containsEntry("rollcall_sweep_lag_seconds", "gauge");
    }

    /** Why no gauge is called rollcall.sessions and no counter rollcall.sessions.created. */
    @Test
    void names_thatTheConventionsSuggest_collideInPrometheus() {
        Gauge.builder("rollcall.sessions", manager, SessionManager::count).register(prometheus);
        FunctionCounter.builder("rollcall.sessions.created", manager, SessionManager::count)
                .register(prometheus);
        assertThat(prometheus.scrape())
                .doesNotContain("rollcall_sessions_created")
                .doesNotContain("counter");
    }

    @Test
    void upkeep_lateSweepAuditAndFailures_areShown() {
        new SessionMetrics(manager, Tags.of("host", "a")).bindTo(simple);
        ticker.advance(manager.sweepPeriod().plusSeconds(3));
        manager.audit();
        assertThat(gauge("rollcall.sweep.lag")).isEqualTo(3);
        assertThat(counter("rollcall.audits")).isEqualTo(1);
        assertThat(counter("rollcall.sweeps")).isZero();
        assertThat(counter("rollcall.sweep.time")).isZero();
        manager.sweep();
        assertThat(counter("rollcall.sweeps")).isEqualTo(1);
        manager.sweep();
        assertThat(counter("rollcall.sweeps")).isEqualTo(2);
        double seconds = manager.status().sweepTime().toNanos() / 1e9;
        assertThat(counter("rollcall.sweep.time")).isPositive().isEqualTo(seconds);
        assertThat(gauge("rollcall.drift")).isZero();
        Tampering.countOnceMore(manager.create(manager.openTransport("ws")));
        manager.audit();
        assertThat(gauge("rollcall.drift")).isPositive().isEqualTo((double)
                manager.status().drift());
        assertThat(gauge("rollcall.sweep.lag")).isZero();
        assertThat(gauge("rollcall.events.backlog")).isZero();
        assertThat(counter("rollcall.listener.failures")).isZero();
        assertThat(simple.get("rollcall.drift").meter().getId().getTags())
                .isEqualTo(Tags.of("host", "a", "manager", "gateway").stream().toList());
    }

    @Test
    void events_waitingAndFailed_areShown() {
        List<Runnable> tasks = new ArrayList<>();
        SessionManager<String> told = SessionManager.<String>builder()
                .callerSweeps()
                .listenerExecutor(tasks::add)
                .listener(new SessionListener<>() {
                    @Override
                    public void created(Session<String> session, Transport<String> owner) {
                        throw new IllegalStateException("provoked");
                    }
                })
                .build();
        new SessionMetrics(told).bindTo(simple);
        told.create(told.openTransport("ws"));
        assertThat(gauge("rollcall.events.backlog")).isEqualTo(1);
        assertThat(counter("rollcall.listener.failures")).isZero();
        List.copyOf(tasks).forEach(Runnable::run);
        assertThat(gauge("rollcall.events.backlog")).isZero();
        assertThat(counter("rollcall.listener.failures")).isEqualTo(1);
    }

    @Test
    void limit_none_isNoMeter() {
        new SessionMetrics(SessionManager.builder().callerSweeps().build()).bindTo(simple);
        assertThat(simple.find("rollcall.sessions.limit").meter()).isNull();
        assertThat(simple.find("rollcall.sessions.live").meter()).isNotNull();
    }

    /** An operator's query for one meter must not leave its snapshot behind for a scrape much later. */
    @Test
    void read_ofAPartLongAgo_isForgotten() {
        new SessionMetrics(manager).bindTo(simple);
        assertThat(gauge("rollcall.sessions.live")).isZero();
        live();
        clock.add(Duration.ofSeconds(10));
        assertThat(gauge("rollcall.sessions.attached")).as("within patience").isZero();
        clock.add(Duration.ofSeconds(10).plusNanos(1));
        assertThat(gauge("rollcall.sessions.detached")).as("after it").isEqualTo(1);
    }

    /** A scrape that is slow altogether has one snapshot as long as it goes on. */
    @Test
    void read_ofASlowScrape_isOfOneSnapshot() {
        new SessionMetrics(manager).bindTo(simple);
        assertThat(gauge("rollcall.sessions.live")).isZero();
        live();
        clock.add(Duration.ofSeconds(10));
        assertThat(gauge("rollcall.sessions.attached")).isZero();
        clock.add(Duration.ofSeconds(10));
        assertThat(gauge("rollcall.sessions.detached")).isZero();
    }

    /** If taking a snapshot lasts longer than snapshots are kept, one scrape still has only one. */
    @Test
    void read_afterASlowSnapshot_isOfTheSame() {
        AtomicLong tickTakes = new AtomicLong();
        SessionManager<String> slow = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(() -> {
                    clock.add(Duration.ofNanos(tickTakes.get()));
                    return 0;
                })
                .build();
        new SessionMetrics(slow).bindTo(simple);
        tickTakes.set(Duration.ofSeconds(11).toNanos());
        assertThat(counter("rollcall.creates")).isZero();
        tickTakes.set(0);
        slow.create(slow.openTransport("ws"));
        assertThat(gauge("rollcall.sessions.live")).as("of the former snapshot").isZero();
    }

    /** Twice in a row is two scrapes, even if nothing else was read. */
    @Test
    void read_ofOneMeterAgain_isANewSnapshot() {
        new SessionMetrics(manager).bindTo(simple);
        assertThat(counter("rollcall.creates")).isZero();
        live();
        assertThat(counter("rollcall.creates")).isEqualTo(5);
    }

    /** Prometheus' registry asks counters without a guard; one that throws would cost the whole scrape. */
    @Test
    void scrape_tickerThrows_hasAllOtherMetersAndCountersAsTheyWere() {
        AtomicBoolean broken = new AtomicBoolean();
        SessionManager<String> failing = managerThatMayFail(broken);
        prometheus.counter("app.requests").increment(7);
        new SessionMetrics(failing).bindTo(prometheus);
        failing.create(failing.openTransport("ws")).destroy();
        failing.sweep();
        PrometheusText before = PrometheusText.parse(prometheus.scrape());
        assertThat(before.sum("rollcall_creates_total")).isEqualTo(1);
        failing.create(failing.openTransport("ws"));
        failing.sweep();
        broken.set(true);
        PrometheusText scrape = PrometheusText.parse(prometheus.scrape());
        assertThat(scrape.sum("app_requests_total")).isEqualTo(7);
        assertThat(scrape.sum("rollcall_creates_total")).isEqualTo(1);
        assertThat(scrape.sum("rollcall_ends_total")).isEqualTo(1);
        assertThat(scrape.samples("rollcall_sweep_time_seconds_total"))
                .isEqualTo(before.samples("rollcall_sweep_time_seconds_total"));
        assertThat(scrape.samples("rollcall_sessions_live").values()).containsExactly(Double.NaN);
        assertThat(scrape.samples("rollcall_sweep_lag_seconds").values()).containsExactly(Double.NaN);
        broken.set(false);
        scrape = PrometheusText.parse(prometheus.scrape());
        assertThat(scrape.sum("rollcall_creates_total")).isEqualTo(2);
        assertThat(scrape.sum("rollcall_sessions_live")).isEqualTo(1);
    }

    /** What one thread has told, another must not take back. */
    @Test
    void read_tickerThrowsInAnotherThread_isNotBelowWhatWasTold() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        SessionManager<String> failing = managerThatMayFail(broken);
        new SessionMetrics(failing).bindTo(simple);
        failing.create(failing.openTransport("ws"));
        assertThat(counter("rollcall.creates")).isEqualTo(1);
        broken.set(true);
        FutureTask<Double> elsewhere = new FutureTask<>(() -> counter("rollcall.creates"));
        new Thread(elsewhere, "elsewhere").start();
        assertThat(elsewhere.get()).isEqualTo(1);
    }

    /** Such a registry adds up differences: with a NaN among them the increase would be lost. */
    @Test
    void read_tickerThrewForAStep_increaseIsInTheNextStep() {
        AtomicBoolean broken = new AtomicBoolean();
        SessionManager<String> failing = managerThatMayFail(broken);
        SimpleMeterRegistry steps = new SimpleMeterRegistry(
                key -> key.equals("simple.mode") ? "step" : key.equals("simple.step") ? "60s" : null, clock);
        new SessionMetrics(failing).bindTo(steps);
        FunctionCounter creates = steps.get("rollcall.creates").functionCounter();
        broken.set(true);
        assertThat(creates.count()).isZero();
        clock.add(Duration.ofSeconds(60));
        assertThat(creates.count()).as("while broken").isZero();
        broken.set(false);
        failing.create(failing.openTransport("ws"));
        assertThat(creates.count()).as("of the former step").isZero();
        clock.add(Duration.ofSeconds(60));
        assertThat(creates.count()).as("of the step with the create").isEqualTo(1);
    }

    private static SessionManager<String> managerThatMayFail(AtomicBoolean broken) {
        return SessionManager.<String>builder()
                .callerSweeps()
                .maxSessions(100)
                .ticker(() -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no time");
                    }
                    return 0;
                })
                .build();
    }

    @Test
    void forgottenManager_scrapedByThisThread_isCollected() {
        SessionManager<String> forgotten = SessionManager.<String>builder()
                .name("forgotten")
                .callerSweeps()
                .build();
        new SessionMetrics(forgotten).bindTo(simple);
        assertThat(gauge("rollcall.sessions.live")).isZero();
        WeakReference<SessionManager<String>> reference = new WeakReference<>(forgotten);
        forgotten = null;
        while (reference.get() != null) {
            System.gc();
        }
        assertThat(gauge("rollcall.sessions.live")).isNaN();
    }

    /** As when an application's context is refreshed. */
    @Test
    void close_beforeASuccessorOfTheSameName_leavesTheNamesToIt() {
        live();
        SessionMetrics metrics = new SessionMetrics(manager);
        metrics.bindTo(simple);
        metrics.bindTo(prometheus);
        metrics.bindTo(prometheus);
        prometheus.counter("app.requests").increment(7);
        assertThat(counter("rollcall.creates")).isEqualTo(5);
        metrics.close();
        assertThat(simple.getMeters()).isEmpty();
        PrometheusText scrape = PrometheusText.parse(prometheus.scrape());
        assertThat(scrape.types()).containsOnlyKeys("app_requests_total");
        try (SessionManager<String> successor = namesake();
                SessionMetrics ofSuccessor = new SessionMetrics(successor)) {
            ofSuccessor.bindTo(simple);
            ofSuccessor.bindTo(prometheus);
            successor.create(successor.openTransport("ws"));
            assertThat(counter("rollcall.creates")).isEqualTo(1);
            metrics.close();
            scrape = PrometheusText.parse(prometheus.scrape());
            assertThat(scrape.sum("rollcall_creates_total")).isEqualTo(1);
        }
        assertThat(simple.getMeters()).isEmpty();
    }

    /** The registry has ignored the second one's meters and answers with those that it had. */
    @Test
    void close_ofOneThatCameSecond_leavesTheFirst() {
        live();
        new SessionMetrics(manager).bindTo(simple);
        int meters = simple.getMeters().size();
        try (SessionMetrics second = new SessionMetrics(namesake())) {
            second.bindTo(simple);
        }
        assertThat(simple.getMeters()).hasSize(meters);
        assertThat(counter("rollcall.creates")).isEqualTo(5);
    }

    /** Somebody else may have removed the meters. */
    @Test
    void close_afterAnotherTookTheNames_leavesThat() {
        SessionMetrics metrics = new SessionMetrics(manager);
        metrics.bindTo(simple);
        simple.clear();
        SessionManager<String> successor = namesake();
        new SessionMetrics(successor).bindTo(simple);
        int meters = simple.getMeters().size();
        metrics.close();
        assertThat(simple.getMeters()).hasSize(meters);
        assertThat(successor.count()).isZero();
    }

    @Test
    void bindTo_afterClose_publishesAnew() {
        SessionMetrics metrics = new SessionMetrics(manager);
        metrics.bindTo(simple);
        metrics.close();
        live();
        metrics.bindTo(simple);
        assertThat(counter("rollcall.creates")).isEqualTo(5);
        metrics.close();
        assertThat(simple.getMeters()).isEmpty();
    }

    /** Another manager of the same name and settings. */
    private static SessionManager<String> namesake() {
        return SessionManager.<String>builder()
                .name("gateway")
                .callerSweeps()
                .maxSessions(100)
                .build();
    }

    private double gauge(String name) {
        Meter meter = simple.get(name).meter();
        return meter.measure().iterator().next().getValue();
    }

    private double counter(String name) {
        return simple.get(name).functionCounter().count();
    }
}
