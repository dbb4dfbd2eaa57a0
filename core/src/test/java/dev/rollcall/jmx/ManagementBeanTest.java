package dev.rollcall.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerPhase;
import dev.rollcall.ManualTicker;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .name("gateway:\"7\"")
            .ticker(ticker)
            .callerSweeps()
            .maxSessions(10)
            .reclaimTimeout(Duration.ofSeconds(10))
            .build();
    private final ManagementBean registration = ManagementBean.register(manager);
    private final ObjectName name = registration.name();
    private final SessionManagerMXBean bean = JMX.newMXBeanProxy(SERVER, name, SessionManagerMXBean.class);

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
        ticker.advance(Duration.ofSeconds(2));
        assertThat(bean.list(3)).hasSize(3);
        List<SessionRow> all = bean.list(100);
        assertThat(all).hasSize(5).allSatisfy(row -> {
            assertThat(row.getPhase()).isEqualTo("ATTACHED");
            assertThat(row.getTransport()).isEqualTo("ws-7");
            assertThat(row.getIdleMillis()).isBetween(1_990L, 2_000L);
            assertThat(row.getAgeMillis()).isBetween(1_990L, 2_135L);
            assertThat(row.getSessionTimeoutMillis()).isEqualTo(60_000);
            assertThat(row.getReclaimTimeoutMillis()).isEqualTo(10_000);
            assertThat(manager.find(row.getId())).isNotNull();
        });
        transport.gone();
        assertThat(bean.list(1).get(0).getTransport()).isEmpty();
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
}
