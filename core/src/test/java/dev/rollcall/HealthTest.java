package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The one word for a health probe, and what the figures of upkeep say. */
class HealthTest {
    private final Fixture fixture = Fixture.create();
    private final SessionManager<String> manager = fixture.manager;

    private ManagerHealth health() {
        return manager.status().health();
    }

    @Test
    void health_sweepsInTime_isReady() {
        assertThat(health()).isEqualTo(ManagerHealth.READY);
        fixture.ticker.advance(manager.sweepPeriod().plusSeconds(1));
        assertThat(health()).isEqualTo(ManagerHealth.READY);
    }

    @Test
    void health_noSweepForLongerThanASecond_isLateUntilTheNext() {
        fixture.ticker.advance(manager.sweepPeriod().plusSeconds(1).plusNanos(1));
        assertThat(health()).isEqualTo(ManagerHealth.SWEEPING_LATE);
        manager.sweep();
        assertThat(health()).isEqualTo(ManagerHealth.READY);
    }

    @Test
    void health_drainingThenClosed_saysSoWhateverTheSweeps() {
        fixture.ticker.advance(Duration.ofHours(1));
        manager.drain();
        assertThat(health()).isEqualTo(ManagerHealth.DRAINING);
        manager.close();
        assertThat(health()).isEqualTo(ManagerHealth.CLOSED);
    }

    @Test
    void status_sweepsAndAudits_areCountedAndTimed() {
        assertThat(manager.status().sweepTime()).isZero();
        long begin = System.nanoTime();
        manager.sweep();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        Duration first = manager.status().sweepTime();
        assertThat(first)
                .isPositive()
                .isLessThanOrEqualTo(elapsed)
                .isEqualTo(manager.status().lastSweepDuration());
        manager.sweep();
        assertThat(manager.status().sweepTime())
                .isEqualTo(first.plus(manager.status().lastSweepDuration()));
        assertThat(manager.status().audits()).isZero();
        manager.audit();
        assertThat(manager.status().audits()).isEqualTo(1);
        assertThat(manager.status().drift()).isZero();
    }

    /** Makes a sweep during which a listener does something. */
    private static ManagerStatus afterASweep(Consumer<Fixture> meanwhile) {
        List<Fixture> swept = new ArrayList<>();
        swept.add(Fixture.with(builder -> builder.listener(new SessionListener<>() {
            @Override
            public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                swept.forEach(meanwhile);
            }
        })));
        Fixture slow = swept.get(0);
        slow.create(slow.transport("ws"), 1);
        slow.ticker.advance(Duration.ofDays(1));
        slow.manager.sweep();
        return slow.manager.status();
    }

    @Test
    void sinceLastSweep_sweepTakesTime_countsFromItsBegin() {
        ManagerStatus status = afterASweep(slow -> slow.ticker.advance(Duration.ofMinutes(1)));
        assertThat(status.sinceLastSweep()).isEqualTo(Duration.ofMinutes(1));
        assertThat(status.health()).isEqualTo(ManagerHealth.SWEEPING_LATE);
    }

    /** A listener holds one sweep up; others come in time meanwhile. */
    @Test
    void sinceLastSweep_anotherOvertakesTheSweep_countsFromThatOnesBegin() {
        ManagerStatus status = afterASweep(slow -> {
            slow.ticker.advance(Duration.ofMinutes(1));
            slow.manager.sweep();
        });
        assertThat(status.sweeps()).isEqualTo(2);
        assertThat(status.sinceLastSweep()).isZero();
        assertThat(status.health()).isEqualTo(ManagerHealth.READY);
    }

    /** A coarse clock reads the ticker twice; this one fails at the second reading of the sweep. */
    @Test
    void health_sweepThatFails_isNoSweep() {
        AtomicInteger readings = new AtomicInteger();
        AtomicInteger failing = new AtomicInteger();
        SessionManager<String> swept = SessionManager.<String>builder()
                .coarseClock()
                .sweeperThreadFactory(task -> new Thread(() -> {}))
                .ticker(() -> {
                    if (readings.incrementAndGet() == failing.get()) {
                        throw new IllegalStateException("on purpose");
                    }
                    return fixture.ticker.nanos();
                })
                .build();
        fixture.ticker.advance(Duration.ofSeconds(9));
        failing.set(readings.get() + 2);
        assertThatThrownBy(swept::sweep).hasMessage("on purpose");
        assertThat(swept.status().health()).isEqualTo(ManagerHealth.SWEEPING_LATE);
        assertThat(swept.status().sinceLastSweep()).isEqualTo(Duration.ofSeconds(9));
        assertThat(swept.status().sweeps()).isZero();
        swept.sweep();
        assertThat(swept.status().health()).isEqualTo(ManagerHealth.READY);
        assertThat(swept.status().sweeps()).isEqualTo(1);
    }

    /** Events that nobody listens to do not wait for anybody. */
    @Test
    void eventBacklog_withoutAListener_isZero() {
        SessionManager<String> untold =
                SessionManager.<String>builder().callerSweeps().build();
        untold.create(untold.openTransport("ws")).destroy();
        assertThat(untold.counts().events()).isEqualTo(2);
        assertThat(untold.status().eventBacklog()).isZero();
    }

    @Test
    void maxSessions_limitChangedAfterwards_isWhatItWas() {
        SessionManager<String> limited =
                SessionManager.<String>builder().callerSweeps().maxSessions(10).build();
        ManagerStatus before = limited.status();
        limited.setMaxSessions(3);
        assertThat(before.maxSessions()).hasValue(10);
        assertThat(limited.status().maxSessions()).hasValue(3);
        assertThat(manager.status().maxSessions()).isEmpty();
    }

    /** Of the latest audit: what an earlier one found is not found again once it is mended. */
    @Test
    void drift_tallyThatIsWrong_isWhatTheLatestAuditFound() {
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        session.shard().size++;
        AuditReport report = manager.audit();
        assertThat(report.disagreements()).isNotEmpty();
        assertThat(manager.status().drift()).isEqualTo(report.disagreements().size());
        session.shard().size--;
        manager.audit();
        assertThat(manager.status().drift()).isZero();
        assertThat(manager.status().audits()).isEqualTo(2);
    }

    /**
     * What has been delivered is read before what has happened, so that the backlog is never negative.
     * The status waits for a shard in between, and the only event is delivered meanwhile.
     */
    @Test
    void eventBacklog_deliveredWhileTheCountsAreAwaited_isStillOne() throws Exception {
        List<Runnable> deliveries = new ArrayList<>();
        Fixture told = Fixture.with(builder -> builder.listenerExecutor(deliveries::add));
        Shard<String> shard = told.create(told.transport("ws"), 1).shard();
        Thread[] operator = new Thread[1];
        long stamp = shard.writeLock();
        FutureTask<ManagerStatus> status = Workers.start(told.manager::status, operator);
        Workers.awaitWaiting(operator[0]);
        deliveries.forEach(Runnable::run);
        shard.unlockWrite(stamp);
        assertThat(told.recorder.size()).isEqualTo(1);
        assertThat(Workers.result(status).eventBacklog()).isEqualTo(1);
        assertThat(told.manager.status().eventBacklog()).isZero();
    }
}
