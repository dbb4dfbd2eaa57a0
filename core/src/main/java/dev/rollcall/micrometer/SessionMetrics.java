package dev.rollcall.micrometer;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerStatus;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionManager;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Publishes a manager's figures as Micrometer meters, each tagged with the manager's name.
 *
 * <p>All values of one scrape are of one {@link SessionManager#status}, and so of one snapshot of
 * the counts: attached and detached add up to live, and live and the ends add up to the creates.
 * A scrape is what one thread reads without reading a meter twice, as Prometheus' registry does.
 * There are three exceptions. A scrape that lasts longer than a minute takes a second snapshot. A
 * thread that reads only some of the meters and then, within ten seconds, scrapes all of them may
 * get values of two snapshots. And so may a scrape that other meters hold up for more than ten
 * seconds at a time, or for more than one if another thread has begun a scrape since. After such a
 * pause the thread's next scrape within ten seconds may, too. Counters do not fall from one scrape
 * to a later one, whichever threads make them, unless the later one's thread had read only some of
 * the meters less than a second before.
 *
 * <p>If {@link SessionManager#status} throws, because the manager's {@linkplain dev.rollcall.Ticker
 * ticker} does, the scrape goes on: the manager's gauges are NaN, and its counters stay at their
 * highest values so far, or at zero, until a later scrape succeeds.
 *
 * <p>The meters do not keep the manager alive: once it is garbage the gauges are NaN. Give managers
 * of one registry different names, since Micrometer ignores a meter that it has already. If one
 * manager takes the place of another under its name, {@link #close} the other's metrics first.
 */
public final class SessionMetrics implements MeterBinder, AutoCloseable {
    /** Reasons for which claims are refused. */
    private static final Set<RejectReason> OF_CLAIMS =
            EnumSet.of(RejectReason.TRANSPORT_GONE, RejectReason.CLOSED, RejectReason.WRONG_SECRET);

    /** Reasons for which creates are refused. */
    private static final Set<RejectReason> OF_CREATES = EnumSet.complementOf(EnumSet.of(RejectReason.WRONG_SECRET));

    private final SessionManager<?> manager;
    private final Tags tags;
    private final List<Figure> figures = new ArrayList<>();
    private final Queue<Bound> bound = new ConcurrentLinkedQueue<>();

    private enum Kind {
        GAUGE,
        TIME_GAUGE,
        COUNTER,
        TIME_COUNTER
    }

    /** A meter to be; {@code value} gives seconds if it is a time. */
    record Figure(Kind kind, String name, String description, Tags tags, ToDoubleFunction<ManagerStatus> value) {
        boolean isCounter() {
            return kind == Kind.COUNTER || kind == Kind.TIME_COUNTER;
        }
    }

    /** A meter that this object has registered. */
    private record Bound(MeterRegistry registry, Meter meter) {}

    /**
     * The figures of a manager, tagged with its name only.
     *
     * @param manager the manager
     */
    public SessionMetrics(SessionManager<?> manager) {
        this(manager, Tags.empty());
    }

    /**
     * The figures of a manager.
     *
     * @param manager the manager
     * @param tags for every meter, beside {@code manager}, its name
     */
    public SessionMetrics(SessionManager<?> manager, Iterable<Tag> tags) {
        this.manager = Objects.requireNonNull(manager, "manager");
        this.tags = Tags.of(tags).and("manager", manager.name());
        sessions();
        operations();
        upkeep();
    }

    private void sessions() {
        add(
                Kind.GAUGE,
                "rollcall.sessions.live",
                "Sessions created and not ended",
                s -> s.counts().live());
        add(
                Kind.GAUGE,
                "rollcall.sessions.attached",
                "Live sessions owned by a transport",
                s -> s.counts().attached());
        add(
                Kind.GAUGE,
                "rollcall.sessions.detached",
                "Live sessions whose transport is gone",
                s -> s.counts().detached());
        if (manager.status().maxSessions().isPresent()) {
            add(
                    Kind.GAUGE,
                    "rollcall.sessions.limit",
                    "How many sessions may be live at once",
                    s -> s.maxSessions().orElse(0));
        }
    }

    private void operations() {
        add(
                Kind.COUNTER,
                "rollcall.creates",
                "Sessions created",
                s -> s.counts().created());
        for (EndCause cause : EndCause.values()) {
            add(
                    Kind.COUNTER,
                    "rollcall.ends",
                    "Sessions ended",
                    tag("cause", cause),
                    s -> s.counts().ended(cause));
        }
        add(
                Kind.COUNTER,
                "rollcall.claims",
                "Claims that succeeded",
                s -> s.counts().claims());
        add(
                Kind.COUNTER,
                "rollcall.reclaims",
                "Claims of detached sessions that succeeded",
                s -> s.counts().reclaims());
        add(
                Kind.COUNTER,
                "rollcall.detachments",
                "Losses of a transport that left a session to claim",
                s -> s.counts().detachments());
        for (RejectReason reason : OF_CREATES) {
            add(
                    Kind.COUNTER,
                    "rollcall.rejections",
                    "Creates and claims refused",
                    tag("reason", reason).and("operation", "create"),
                    s -> s.counts().rejectedCreates(reason));
        }
        for (RejectReason reason : OF_CLAIMS) {
            add(
                    Kind.COUNTER,
                    "rollcall.rejections",
                    "Creates and claims refused",
                    tag("reason", reason).and("operation", "claim"),
                    s -> s.counts().rejectedClaims(reason));
        }
    }

    private void upkeep() {
        add(Kind.COUNTER, "rollcall.sweeps", "Sweeps finished", ManagerStatus::sweeps);
        add(
                Kind.TIME_COUNTER,
                "rollcall.sweep.time",
                "Time that finished sweeps took, listeners included",
                s -> seconds(s.sweepTime().toNanos()));
        add(
                Kind.TIME_GAUGE,
                "rollcall.sweep.lag",
                "How late the next sweep is",
                s -> seconds(s.sweepDelay().toNanos()));
        add(Kind.GAUGE, "rollcall.events.backlog", "Events not yet delivered to all listeners", s -> s.eventBacklog());
        add(Kind.COUNTER, "rollcall.listener.failures", "How often a listener threw", s -> s.listenerFailures());
        add(Kind.COUNTER, "rollcall.audits", "Audits finished", ManagerStatus::audits);
        add(Kind.GAUGE, "rollcall.drift", "Disagreements that the latest audit found", ManagerStatus::drift);
    }

    private void add(Kind kind, String name, String description, ToDoubleFunction<ManagerStatus> value) {
        add(kind, name, description, Tags.empty(), value);
    }

    private void add(Kind kind, String name, String description, Tags own, ToDoubleFunction<ManagerStatus> value) {
        figures.add(new Figure(kind, name, description, tags.and(own), value));
    }

    private static Tags tag(String key, Enum<?> value) {
        return Tags.of(key, value.name().toLowerCase(Locale.ROOT));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Scrapes scrapes = new Scrapes(figures, registry.config().clock());
        Set<Meter> others = metersOf(registry);
        for (int i = 0; i < figures.size(); i++) {
            int index = i;
            Meter meter = register(registry, figures.get(i), read -> scrapes.read(read, index));
            if (!others.contains(meter)) { // else it is what the registry had under that name and these tags
                bound.add(new Bound(registry, meter));
            }
        }
    }

    /**
     * Removes the meters from all registries that they were bound to, and leaves the manager as it
     * is. Meters of the same names that others have registered stay. May be called again, and the
     * meters bound again.
     */
    @Override
    public void close() {
        for (Bound one = bound.poll(); one != null; one = bound.poll()) {
            if (metersOf(one.registry).contains(one.meter)) { // else another's may be there in its place
                one.registry.remove(one.meter);
            }
        }
    }

    /** By identity: for Micrometer, meters of the same name and tags are equal. */
    private static Set<Meter> metersOf(MeterRegistry registry) {
        Set<Meter> meters = Collections.newSetFromMap(new IdentityHashMap<>());
        meters.addAll(registry.getMeters());
        return meters;
    }

    /** Registries refer to the manager weakly, and {@code value} does not refer to it. */
    private Meter register(MeterRegistry registry, Figure figure, ToDoubleFunction<SessionManager<?>> value) {
        return switch (figure.kind) {
            case GAUGE ->
                Gauge.builder(figure.name, manager, value)
                        .tags(figure.tags)
                        .description(figure.description)
                        .register(registry);
            case TIME_GAUGE ->
                TimeGauge.builder(figure.name, manager, TimeUnit.SECONDS, value)
                        .tags(figure.tags)
                        .description(figure.description)
                        .register(registry);
            case COUNTER ->
                FunctionCounter.builder(figure.name, manager, value)
                        .tags(figure.tags)
                        .description(figure.description)
                        .register(registry);
            case TIME_COUNTER ->
                FunctionCounter.builder(figure.name, manager, value)
                        .tags(figure.tags)
                        .description(figure.description)
                        .baseUnit("seconds")
                        .register(registry);
        };
    }
}
