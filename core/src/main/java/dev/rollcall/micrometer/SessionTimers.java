package dev.rollcall.micrometer;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Records how long sessions live, by cause of their end, and how soon detached ones are claimed, as
 * Micrometer timers. A {@link SessionListener}, to be given to the builder: a manager without it
 * pays nothing. With it each event costs what an event costs, and each detached session an entry in
 * a map.
 *
 * <p>Times are taken when events are delivered; a lifetime is up to 135 milliseconds too long. If
 * the manager has a coarse clock it may also be too short, see {@link dev.rollcall.SessionInfo#age}.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class SessionTimers<A> implements SessionListener<A>, AutoCloseable {
    private final MeterRegistry registry;
    private final Map<EndCause, Timer> lifetimes = new EnumMap<>(EndCause.class);
    private final Timer reclaims;
    private final Clock clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * When each detached session lost its transport, by the clock. Weak: the listener executor may
     * drop the event that would remove a session. The lock is of no account, since only events of
     * detached sessions take it.
     */
    private final Map<Session<A>, Long> losses = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Timers in a registry, at zero.
     *
     * @param registry where they are registered
     * @param tags for every timer, say the manager's name as {@code manager}
     */
    public SessionTimers(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        clock = registry.config().clock();
        for (EndCause cause : EndCause.values()) {
            Timer timer = Timer.builder("rollcall.session.lifetime")
                    .description("From a session's create to its end")
                    .tags(Tags.of(tags).and("cause", cause.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
            lifetimes.put(cause, timer);
        }
        reclaims = Timer.builder("rollcall.session.reclaim")
                .description("From the loss of a transport to the claim of its session")
                .tags(tags)
                .register(registry);
    }

    /**
     * Removes the timers from the registry, and with them those of whoever uses the same tags. What
     * is recorded afterwards, nobody sees. Only the first call does anything.
     */
    @Override
    public void close() {
        // Not again: meanwhile others may have registered timers with these tags.
        if (closed.compareAndSet(false, true)) {
            lifetimes.values().forEach(registry::remove);
            registry.remove(reclaims);
        }
    }

    @Override
    public void detached(Session<A> session, Transport<A> from) {
        losses.put(session, clock.monotonicTime());
    }

    @Override
    public void claimed(Session<A> session, @Nullable Transport<A> from, Transport<A> to) {
        Long lost = from == null ? losses.remove(session) : null;
        if (lost != null) {
            reclaims.record(clock.monotonicTime() - lost, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void ended(Session<A> session, @Nullable Transport<A> from, EndCause cause) {
        if (from == null) {
            losses.remove(session);
        }
        Timer timer = lifetimes.get(cause);
        if (timer != null) {
            timer.record(session.info().age());
        }
    }
}
