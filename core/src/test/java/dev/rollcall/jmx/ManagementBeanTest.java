package dev.rollcall.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerPhase;
import dev.rollcall.ManagerStatus;
import dev.rollcall.ManualTicker;
import dev.rollcall.RejectReason;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Tampering;
import dev.rollcall.Transport;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMX;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A manager as JMX consoles see it, through the platform's MBean server. */
class ManagementBeanTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final ManualTicker ticker = new ManualTicker();

    /** What to do the next time that the manager reads its ticker. */
    private Runnable atReading = () -> {};

    private final List<Runnable> tasks = new ArrayList<>();
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .name("gateway:\"7\"")
            .ticker(this::read)
            .listenerExecutor(tasks::add)
            .listener(new SessionListener<>() {
                @Override
                public void detached(Session<String> session, Transport<String> from) {
                    throw new IllegalStateException("provoked");
                }
            })
            .callerSweeps()
            .maxSessions(10)
            .reclaimTimeout(Duration.ofSeconds(10))
            .build();
    private final ManagementBean registration = ManagementBean.register(manager);
    private final ObjectName name = registration.name();
    private final SessionManagerMXBean bean = JMX.newMXBeanProxy(SERVER, name, SessionManagerMXBean.class);

    private long read() {
        Runnable once = atReading;
        atReading = () -> {};
        once.run();
        return ticker.nanos();
    }

    private void deliver() {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    @AfterEach
    void unregister() {
        registration.close();
    }

    @Test
    void figures_afterSomeLife_areOfOneSnapshot() {
        Transport<String> transport = manager.openTransport("ws");
        manager.create(transport);
        manager.create(transport).destroy();
        transport.gone();
        Map<String, Long> figures = bean.getFigures();
        assertThat(figures)
                .containsEntry("live", 1L)
                .containsEntry("attached", 0L)
                .containsEntry("detached", 1L)
                .containsEntry("limit", 10L)
                .containsEntry("created", 2L)
                .containsEntry("ended", 1L)
                .containsEntry("ended DESTROYED", 1L)
                .containsEntry("ended TIMED_OUT", 0L)
                .containsEntry("detachments", 1L)
                .containsEntry("rejected creates LIMIT_REACHED", 0L);
        assertThat(bean.getName()).isEqualTo(manager.name());
        assertThat(name.getKeyProperty("name")).isEqualTo(ObjectName.quote(manager.name()));
    }

    /** The status reads the ticker after its counts. */
    @Test
    void figures_sessionIsCreatedWhileTheyAreRead_areOfOneSnapshot() {
        atReading = () -> manager.create(manager.openTransport("ws"));
        Map<String, Long> figures = bean.getFigures();
        assertThat(manager.count()).isEqualTo(1);
        assertThat(figures.get("live")).isEqualTo(figures.get("attached") + figures.get("detached"));
        assertThat(figures.get("created")).isEqualTo(figures.get("live") + figures.get("ended"));
    }

    /** All but the sweep's duration are above zero and, where it can be, unlike each other. The create that never happened counts as attached and untold. */
    @Test
    void figures_ofALongerLife_areAllThere() {
        Transport<String> transport = manager.openTransport("ws");
        Transport<String> lost = manager.openTransport("lost");
        Session<String> claimed = manager.create(lost);
        for (int i = 0; i < 3; i++) {
            manager.create(lost);
        }
        lost.gone();
        claimed.claim(transport);
        claimed.claim(manager.openTransport("next"));
        deliver();
        manager.create(transport).destroy();
        for (int i = 0; i < 4; i++) {
            manager.create(transport);
        }
        Transport<String> lostLater = manager.openTransport("lost later");
        manager.create(lostLater);
        lostLater.gone();
        assertThatThrownBy(() -> manager.create(lost)).isInstanceOf(SessionRejectedException.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> claimed.claim(lost)).isInstanceOf(SessionRejectedException.class);
        }
        for (int i = 0; i < 6; i++) {
            manager.audit();
        }
        for (int i = 0; i < 8; i++) {
            manager.sweep();
        }
        Tampering.countOnceMore(claimed);
        manager.audit();
        ticker.advance(manager.sweepPeriod().plusSeconds(3));
        ManagerStatus status = manager.status();
        assertThat(bean.getFigures())
                .containsEntry("live", 10L)
                .containsEntry("attached", 6L)
                .containsEntry("detached", 4L)
                .containsEntry("created", 11L)
                .containsEntry("ended", 1L)
                .containsEntry("claims", 2L)
                .containsEntry("reclaims", 1L)
                .containsEntry("detachments", 5L)
                .containsEntry("rejected creates TRANSPORT_GONE", 1L)
                .containsEntry("rejected claims TRANSPORT_GONE", 2L)
                .containsEntry("sweeps", 8L)
                .containsEntry("last sweep millis", status.lastSweepDuration().toMillis())
                .containsEntry("sweep delay millis", 3_000L)
                .containsEntry("event backlog", 9L)
                .containsEntry("listener failures", 4L)
                .containsEntry("audits", 7L)
                .containsEntry("drift", status.drift())
                .hasSize(16 + EndCause.values().length + 2 * RejectReason.values().length);
        assertThat(status.drift()).isPositive();
        assertThat(bean.audit()).hasSize((int) status.drift()).contains("manager: permits taken: expected 10, found 9");
    }

    /** 0 means none, so the shortest timeouts must not be rounded to it. */
    @Test
    void list_timeoutBelowAMillisecond_isNotNone() {
        manager.create(
                manager.openTransport("ws"),
                SessionOptions.<String>defaults()
                        .sessionTimeout(Duration.ofNanos(1))
                        .reclaimTimeout(Duration.ofNanos(999_999)));

        assertThat(bean.list(1)).singleElement().satisfies(row -> {
            assertThat(row.getSessionTimeoutMillis()).isEqualTo(1);
            assertThat(row.getReclaimTimeoutMillis()).isEqualTo(1);
        });
    }

    /** Consoles have none of this library's classes. */
    @Test
    void types_ofEverything_areOpen() throws Exception {
        Session<String> session = manager.create(manager.openTransport("ws"));
        assertThat(SERVER.getAttribute(name, "Figures")).isInstanceOf(TabularData.class);
        Object rows = SERVER.invoke(name, "list", new Object[] {5}, new String[] {"int"});
        assertThat((CompositeData[]) rows)
                .singleElement()
                .satisfies(row -> assertThat(row.get("id")).isEqualTo(session.id()));
        MBeanInfo info = SERVER.getMBeanInfo(name);
        assertThat(info.getDescriptor().getFieldValue("mxbean")).isEqualTo("true");
    }

    @Test
    void list_moreThanAskedFor_givesThatManyRows() {
        Transport<String> transport = manager.openTransport("ws-7");
        for (int i = 0; i < 5; i++) {
            manager.create(transport);
        }
        ticker.advance(Duration.ofSeconds(1));
        manager.forEach(Session::keepAlive);
        ticker.advance(Duration.ofSeconds(2));
        assertThat(bean.list(3)).hasSize(3);
        List<SessionRow> all = bean.list(100);
        assertThat(all).hasSize(5).allSatisfy(row -> {
            assertThat(row.getPhase()).isEqualTo("ATTACHED");
            assertThat(row.getTransport()).isEqualTo("ws-7");
            assertThat(row.getIdleMillis()).isBetween(1_990L, 2_000L);
            assertThat(row.getAgeMillis()).isBetween(2_990L, 3_135L);
            assertThat(row.getSessionTimeoutMillis()).isEqualTo(60_000);
            assertThat(row.getReclaimTimeoutMillis()).isEqualTo(10_000);
            assertThat(manager.find(row.getId())).isNotNull();
        });
        transport.gone();
        assertThat(bean.list(1).get(0).getTransport()).isEmpty();
    }

    @Test
    void list_sessionThatEndsMeanwhile_hasNoRow() {
        Session<String> session = manager.create(manager.openTransport("ws"));
        atReading = session::destroy;
        assertThat(bean.list(5)).isEmpty();
        assertThat(session.isLive()).isFalse();
    }

    @Test
    void destroy_byId_endsItAsAnAdministrator() {
        Session<String> session = manager.create(manager.openTransport("ws"));
        assertThat(bean.destroy(session.id())).isTrue();
        assertThat(session.endCause()).isEqualTo(EndCause.ADMIN_DESTROYED);
        assertThat(bean.destroy(session.id())).isFalse();
    }

    @Test
    void timeouts_byId_areChanged() {
        Session<String> session = manager.create(manager.openTransport("ws"));
        assertThat(bean.setSessionTimeout(session.id(), 5_000)).isTrue();
        assertThat(bean.setReclaimTimeout(session.id(), 6_000)).isTrue();
        assertThat(session.sessionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(session.reclaimTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(bean.setSessionTimeout(session.id() + 1, 5_000)).isFalse();
        assertThat(bean.setReclaimTimeout(session.id() + 1, 6_000)).isFalse();
        assertThatThrownBy(() -> bean.setSessionTimeout(session.id(), -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.sessionTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void auditAndDrain_ofAHealthyManager_findNothingAndTurnItsHealth() {
        assertThat(bean.audit()).isEmpty();
        assertThat(bean.getFigures()).containsEntry("audits", 1L).containsEntry("drift", 0L);
        assertThat(bean.getHealth()).isEqualTo("READY");
        bean.drain();
        assertThat(manager.phase()).isEqualTo(ManagerPhase.DRAINING);
        assertThat(bean.getHealth()).isEqualTo("DRAINING");
    }

    @Test
    void register_sameName_isRefusedUntilTheFirstIsClosed() {
        assertThatThrownBy(() -> ManagementBean.register(manager))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is one of that name");
        registration.close();
        registration.close();
        assertThat(SERVER.isRegistered(name)).isFalse();
        ManagementBean.register(manager).close();
    }

    @Test
    void close_againAfterAnotherTookTheName_leavesThatOneRegistered() {
        registration.close();
        try (ManagementBean successor = ManagementBean.register(manager)) {
            registration.close();
            assertThat(SERVER.isRegistered(successor.name())).isTrue();
        }
        assertThat(SERVER.isRegistered(name)).isFalse();
    }

    @Test
    void close_unregisteredByAnother_isDone() throws Exception {
        SERVER.unregisterMBean(name);
        registration.close();
        try (ManagementBean successor = ManagementBean.register(manager)) {
            registration.close();
            assertThat(SERVER.isRegistered(successor.name())).isTrue();
        }
    }

    @Test
    void close_unregisteredByAnotherAndTheNameIsTaken_leavesThatOneRegistered() throws Exception {
        SERVER.unregisterMBean(name);
        try (ManagementBean successor = ManagementBean.register(manager)) {
            registration.close();
            assertThat(SERVER.isRegistered(successor.name())).isTrue();
        }
    }

    @Test
    void close_afterOneThatFailed_unregisters() {
        registration.close();
        AtomicBoolean broken = new AtomicBoolean(true);
        ManagementBean bound = ManagementBean.register(manager, serverThatMayFail(broken));
        assertThatThrownBy(bound::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("provoked");
        assertThat(SERVER.isRegistered(name)).isTrue();
        broken.set(false);
        bound.close();
        assertThat(SERVER.isRegistered(name)).isFalse();
    }

    private static MBeanServer serverThatMayFail(AtomicBoolean broken) {
        return (MBeanServer) Proxy.newProxyInstance(
                ManagementBeanTest.class.getClassLoader(),
                new Class<?>[] {MBeanServer.class},
                (proxy, method, arguments) -> {
                    if (broken.get() && method.getName().equals("unregisterMBean")) {
                        throw new IllegalStateException("provoked");
                    }
                    return method.invoke(SERVER, arguments);
                });
    }
}
