package dev.rollcall;

import org.jspecify.annotations.Nullable;

/**
 * Told of what happens to sessions.
 *
 * <p><b>Order</b> (guarantee <a href="package-summary.html#G8">G8</a>). For each session every
 * listener sees {@code created}, then any number of {@code claimed} or {@code detached} followed
 * by {@code claimed}, at most one last {@code detached}, then {@code ended}; each exactly once, in
 * the order in which the changes took effect, never two at a time. Several listeners are called in
 * the order in which they were added: all see one event before any sees the next event of that
 * session. Events of different sessions may be delivered concurrently and in any order.
 *
 * <p><b>Thread.</b> An event is delivered by the thread whose operation caused it, after it
 * released every lock and before the operation returns (or by the {@linkplain
 * SessionManagerBuilder#listenerExecutor executor}, if one is set). The exception is an event beside
 * which the same session has others that are not delivered yet: then one thread delivers all of them
 * in their order, and the operations that caused the others do not wait. That is the thread of an
 * earlier event, be it the same one because the operation was called by a listener; or the thread of
 * a later event, if that comes to it first. So when a session is claimed or ended by another thread
 * as soon as it was created, {@code create} may return while that thread delivers {@code created}.
 *
 * <p><b>Freedom.</b> A listener may call anything on the manager, its sessions and transports. If
 * it throws, that is logged and counted ({@link ManagerStatus#listenerFailures}), and nothing else
 * happens. If it blocks, it delays the thread that called it and the events of that session,
 * nothing else; since the sweeping thread delivers what it ends, give the builder an executor if a
 * listener may block.
 *
 * <p><b>Executors.</b> Whatever the executor does, no event is delivered twice. If it throws, the
 * events are delivered on the thread that caused them. If it drops a task silently, that
 * session's events wait for the session's next event; {@link ManagerStatus#eventBacklog} shows
 * them.
 *
 * <p>An event tells of the past: when {@code created} is called the session may already have ended.
 *
 * @param <A> the type of the sessions' attachments
 */
public interface SessionListener<A> {
    /**
     * A session was created.
     *
     * @param session the new session
     * @param transport its owner
     */
    default void created(Session<A> session, Transport<A> transport) {}

    /**
     * A session lost its transport and may be claimed until its reclaim timeout has passed.
     *
     * @param session the session
     * @param from the transport that is gone
     */
    default void detached(Session<A> session, Transport<A> from) {}

    /**
     * A session was moved to another transport.
     *
     * @param session the session
     * @param from the previous owner, or {@code null} if the session was detached
     * @param to the new owner
     */
    default void claimed(Session<A> session, @Nullable Transport<A> from, Transport<A> to) {}

    /**
     * A session ended. This is its last event.
     *
     * @param session the session
     * @param from the transport that owned it until then, which may be gone by now, or {@code null}
     *     if the session was detached
     * @param cause why it ended
     */
    default void ended(Session<A> session, @Nullable Transport<A> from, EndCause cause) {}
}
