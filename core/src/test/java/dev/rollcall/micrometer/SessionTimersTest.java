package dev.rollcall.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ManualTicker;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How long sessions lived and how soon they were claimed. */
class SessionTimersTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .ticker(ticker)
            .callerSweeps()
            .reclaimTimeout(Duration.ofMinutes(5))
            .listener(new SessionTimers<>(registry, Tags.of("manager", "gateway")))
            .build();

    private Timer timer(String name, String... tags) {
        return registry.get(name).tag("manager", "gateway").tags(tags).timer();
    }

    @Test
    void lifetime_ofEachEnd_isRecordedUnderItsCause() {
        Transport<String> transport = manager.openTransport("ws");
        Session<String> first = manager.create(transport);
        Session<String> second = manager.create(transport);
        ticker.advance(Duration.ofSeconds(10));
        first.destroy();
        ticker.advance(Duration.ofSeconds(10));
        second.destroy();
        manager.create(transport);
        transport.close();
        Timer destroyed = timer("rollcall.session.lifetime", "cause", "destroyed");
        assertThat(destroyed.count()).isEqualTo(2);
        assertThat(destroyed.totalTime(TimeUnit.SECONDS)).isBetween(29.99, 30.27);
        assertThat(timer("rollcall.session.lifetime", "cause", "transport_closed")
                        .count())
                .isEqualTo(1);
        assertThat(timer("rollcall.session.lifetime", "cause", "timed_out").count())
                .isZero();
    }

    @Test
    void reclaim_ofADetachedSession_isTimedFromTheLoss() {
        Transport<String> lost = manager.openTransport("lost");
        Session<String> session = manager.create(lost);
        Session<String> never = manager.create(lost);
        session.claim(lost);
        assertThat(timer("rollcall.session.reclaim").count())
                .as("was not detached")
                .isZero();
        lost.gone();
        clock.add(Duration.ofSeconds(7));
        session.claim(manager.openTransport("next"));
        never.destroy();
        assertThat(timer("rollcall.session.reclaim").count()).isEqualTo(1);
        assertThat(timer("rollcall.session.reclaim").totalTime(TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void close_timersOfATenantThatLeft_areRemoved() {
        SessionTimers<String> tenant = new SessionTimers<>(registry, Tags.of("manager", "tenant"));
        assertThat(registry.find("rollcall.session.lifetime")
                        .tag("manager", "tenant")
                        .timers())
                .isNotEmpty();
        tenant.close();
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allMatch(meter -> "gateway".equals(meter.getId().getTag("manager")));
        new SessionTimers<>(registry, Tags.of("manager", "tenant"));
        tenant.close();
        assertThat(registry.find("rollcall.session.reclaim")
                        .tag("manager", "tenant")
                        .timer())
                .as("of the tenant that came back")
                .isNotNull();
    }

    /** Or each session that was lost and never claimed would stay in the heap for as long as its manager. */
    @Test
    void ended_ofADetachedSession_letsGoOfIt() {
        Transport<String> lost = manager.openTransport("lost");
        Session<String> session = manager.create(lost);
        lost.gone();
        session.destroy();
        WeakReference<Session<String>> reference = new WeakReference<>(session);
        session = null;
        for (int tries = 0; tries < 100 && reference.get() != null; tries++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
        assertThat(manager.count()).isZero();
    }

    /** Or an executor that drops a session's last event would keep the session, and what is attached, for ever. */
    @Test
    void ended_whoseTaskIsDropped_letsGoOfTheSession() {
        AtomicBoolean drops = new AtomicBoolean();
        SessionManager<Object> told = SessionManager.<Object>builder()
                .callerSweeps()
                .reclaimTimeout(Duration.ofMinutes(5))
                .listenerExecutor(task -> {
                    if (!drops.get()) {
                        task.run();
                    }
                })
                .listener(new SessionTimers<>(registry, Tags.of("manager", "gateway")))
                .build();
        Transport<Object> lost = told.openTransport("lost");
        WeakReference<Object> attached = endDetached(told, lost, drops);
        for (int tries = 0; tries < 100 && attached.get() != null; tries++) {
            System.gc();
        }
        assertThat(attached.get()).isNull();
        assertThat(told.status().eventBacklog()).isEqualTo(1);
    }

    private static WeakReference<Object> endDetached(
            SessionManager<Object> told, Transport<Object> lost, AtomicBoolean drops) {
        Object attachment = new Object();
        Session<Object> session =
                told.create(lost, SessionOptions.<Object>defaults().attachment(attachment));
        lost.gone();
        drops.set(true);
        session.destroy();
        return new WeakReference<>(attachment);
    }
}
