package dev.rollcall.jmx;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerStatus;
import dev.rollcall.RejectReason;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionPhase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * A manager's registration with the platform's MBean server, as a {@link SessionManagerMXBean} named
 * {@code dev.rollcall:type=SessionManager,name="…"}. The server keeps the manager alive until the
 * registration is closed, which closing the manager does not do.
 */
public final class ManagementBean implements AutoCloseable {
    private final MBeanServer server;
    private final ObjectName name;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ManagementBean(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Registers a manager.
     *
     * @param manager a manager
     * @return the registration
     * @throws IllegalStateException if one of that name is registered
     */
    public static ManagementBean register(SessionManager<?> manager) {
        Objects.requireNonNull(manager, "manager");
        return register(manager, ManagementFactory.getPlatformMBeanServer());
    }

    static ManagementBean register(SessionManager<?> manager, MBeanServer server) {
        try {
            ObjectName name =
                    new ObjectName("dev.rollcall:type=SessionManager,name=" + ObjectName.quote(manager.name()));
            // Made first: nobody could unregister it if this failed later.
            ManagementBean registration = new ManagementBean(server, name);
            server.registerMBean(registration.bean(manager), name);
            return registration;
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException("cannot register " + manager + ": there is one of that name", e);
        } catch (JMException e) {
            throw new IllegalStateException(e); // cannot be: the name is quoted, and the bean complies
        }
    }

    private StandardMBean bean(SessionManager<?> manager) {
        return new StandardMBean(new Bean<>(manager), SessionManagerMXBean.class, true) {
            @Override
            public void postDeregister() {
                closed.set(true); // by others, too: the name may then be another manager's
                super.postDeregister();
            }
        };
    }

    /**
     * What it is registered as.
     *
     * @return the bean's name
     */
    public ObjectName name() {
        return name;
    }

    /**
     * Unregisters the manager, and leaves it as it is. May be called again, or after somebody else
     * has unregistered it: then it does nothing, since another manager may have the name by now. If it
     * fails, for lack of memory say, call it again.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean done = false;
        try {
            server.unregisterMBean(name);
            done = true;
        } catch (InstanceNotFoundException e) {
            done = true; // it has been unregistered, which is what was asked for
        } catch (JMException e) {
            throw new IllegalStateException(e); // cannot be: the bean does not object
        } finally {
            if (!done) {
                closed.set(false);
            }
        }
    }

    /** What the server calls. */
    private static final class Bean<A> implements SessionManagerMXBean {
        private final SessionManager<A> manager;

        Bean(SessionManager<A> manager) {
            this.manager = manager;
        }

        @Override
        public String getName() {
            return manager.name();
        }

        @Override
        public String getHealth() {
            return manager.status().health().name();
        }

        @Override
        public Map<String, Long> getFigures() {
            ManagerStatus status = manager.status();
            SessionCounts counts = status.counts();
            Map<String, Long> figures = new TreeMap<>();
            figures.put("live", counts.live());
            figures.put("attached", counts.attached());
            figures.put("detached", counts.detached());
            status.maxSessions().ifPresent(limit -> figures.put("limit", limit));
            figures.put("created", counts.created());
            figures.put("ended", counts.ended());
            for (EndCause cause : EndCause.values()) {
                figures.put("ended " + cause, counts.ended(cause));
            }
            figures.put("claims", counts.claims());
            figures.put("reclaims", counts.reclaims());
            figures.put("detachments", counts.detachments());
            for (RejectReason reason : RejectReason.values()) {
                figures.put("rejected creates " + reason, counts.rejectedCreates(reason));
                figures.put("rejected claims " + reason, counts.rejectedClaims(reason));
            }
            figures.put("sweeps", status.sweeps());
            figures.put("last sweep millis", status.lastSweepDuration().toMillis());
            figures.put("sweep delay millis", status.sweepDelay().toMillis());
            figures.put("event backlog", status.eventBacklog());
            figures.put("listener failures", status.listenerFailures());
            figures.put("audits", status.audits());
            figures.put("drift", status.drift());
            return figures;
        }

        @Override
        public List<SessionRow> list(int atMost) {
            List<SessionRow> rows = new ArrayList<>();
            manager.forEach(session -> {
                if (rows.size() < atMost) {
                    SessionInfo info = session.info();
                    if (info.phase() != SessionPhase.ENDED) {
                        rows.add(SessionRow.of(info));
                    }
                }
            });
            return rows;
        }

        @Override
        public boolean destroy(long id) {
            return manager.destroyByAdmin(id);
        }

        @Override
        public boolean setSessionTimeout(long id, long millis) {
            return change(id, session -> session.setSessionTimeout(Duration.ofMillis(millis)));
        }

        @Override
        public boolean setReclaimTimeout(long id, long millis) {
            return change(id, session -> session.setReclaimTimeout(Duration.ofMillis(millis)));
        }

        private boolean change(long id, Predicate<Session<A>> change) {
            Session<A> session = manager.find(id);
            return session != null && change.test(session);
        }

        @Override
        public void drain() {
            manager.drain();
        }

        @Override
        public List<String> audit() {
            return manager.audit().disagreements().stream()
                    .map(Object::toString)
                    .toList();
        }
    }
}
