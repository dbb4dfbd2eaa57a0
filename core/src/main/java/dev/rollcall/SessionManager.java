package dev.rollcall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds sessions, ends each exactly once, and knows at every instant how many there are.
 *
 * <h2>Assumptions</h2>
 *
 * <ol>
 *   <li>The application reports a lost connection by {@link Transport#gone}, and activity by a
 *       keepalive.
 *   <li>{@link #sweep} is called once in each {@link #sweepPeriod}. The manager's own thread does this
 *       unless the builder's {@code callerSweeps} is set.
 *   <li>The {@linkplain Ticker ticker} is monotonic, and the id source rarely repeats an id.
 * </ol>
 *
 * <h2>Guarantees</h2>
 *
 * <p>The <a href="package-summary.html#guarantees">package documentation</a> lists them, G1 to G12.
 *
 * <h2>Progress</h2>
 *
 * <p>{@link #find} and keepalive take no lock and never wait for another thread. Create, claim and
 * destroy take the lock of the session's shard once, and are O(1). The loss of a transport is O(its sessions);
 * if the transport ever had a second session, one entry for each shard is read as well. {@link #counts}
 * is O(shards); it locks nothing unless eight attempts each met another operation that takes a lock: a create
 * or claim, refused or not, an end, a loss, a new timeout or secret, or a sweep or audit at work.
 * A sweep is O(shards) plus the sessions that it examines, which is amortized O(1) for each
 * session and timeout: it examines sessions in blocks of neighbours, so each of them up to about eight
 * times per timeout. No lock is held while user code runs, nor for longer than a bounded batch, except by counts whose
 * attempts have failed: they take the locks of all shards, one after the other, and keep each until they have the last.
 *
 * <p>Every operation may be called on a virtual thread. Waiting for a shard's lock unmounts it; a count that holds
 * locks stays on its carrier. Before JDK 24, audits, changes of the limit and waits for a drain or a close keep their
 * carrier while they wait.
 *
 * <p>Everything that the user supplies (ticker, id source, listeners, executor, thread factory, log
 * handlers) may fail. The call that meets the failure then has changed nothing, or has done all of its
 * work, or can be repeated and then finishes it. The same holds if memory or the stack runs out.
 *
 * <p>Memory consistency effects: actions in a thread prior to creating, claiming or ending a
 * session <i>happen-before</i> actions in another thread after it saw the effect, be it by a
 * lookup, a handle's state, {@link #counts}, an event, or a {@link #count} by any strategy but {@link
 * CounterStrategy#ADDER} and {@link CounterStrategy#TABLE}.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class SessionManager<A> implements AutoCloseable {
    /** The largest session id, 2<sup>53</sup>−1: exact in a JSON number. */
    public static final long MAX_ID = (1L << 53) - 1;

    /** How many ids in a row may turn out to be taken before the id source is held to be broken. */
    private static final int ID_ATTEMPTS = 64;

    final Shards<A> shards;
    private final Settings<A> settings;
    private final TimeSource time;
    private final Upkeep<A> upkeep;

    /** Null if the caller sweeps. */
    private final @Nullable Sweeper sweeper;

    /** {@code sweeperThreads} is null if the caller sweeps. */
    SessionManager(Settings<A> settings, @Nullable ThreadFactory sweeperThreads) {
        this.settings = settings;
        this.time = settings.time();
        this.shards = new Shards<>(this, settings);
        this.upkeep = new Upkeep<>(shards, settings);
        this.sweeper = sweeperThreads == null ? null : Sweeper.start(this, settings.sweepPeriodNanos(), sweeperThreads);
    }

    /**
     * A builder with all defaults.
     *
     * @param <A> the type of the sessions' attachments
     * @return a new builder
     */
    public static <A> SessionManagerBuilder<A> builder() {
        return new SessionManagerBuilder<>();
    }

    /**
     * Opens a transport without an attachment.
     *
     * @param name for operators; need not be unique
     * @return a new transport without sessions
     */
    public Transport<A> openTransport(String name) {
        return openTransport(name, null);
    }

    /**
     * Opens a transport.
     *
     * @param name for operators; need not be unique
     * @param attachment an object of the application's own, say the connection, or {@code null}
     * @return a new transport without sessions
     */
    public Transport<A> openTransport(String name, @Nullable Object attachment) {
        return new Transport<>(this, name, attachment);
    }

    /**
     * Opens a transport and creates a session on it, with the manager's defaults and a generated
     * id: for connections that carry one session, as WebSockets do.
     *
     * @param name the transport's, for operators; need not be unique
     * @param attachment the transport's, say the connection, or {@code null}
     * @return both
     * @throws SessionRejectedException if the session was refused; see {@link RejectReason}
     * @throws IllegalStateException if the id source gives no usable id
     */
    public Connection<A> connect(String name, @Nullable Object attachment) {
        return connect(name, attachment, SessionOptions.defaults());
    }

    /**
     * Opens a transport and creates a session on it: for connections that carry one session, as
     * WebSockets do.
     *
     * @param name the transport's, for operators; need not be unique
     * @param attachment the transport's, say the connection, or {@code null}
     * @param options what differs from the manager's defaults
     * @return both
     * @throws SessionRejectedException if the session was refused; see {@link RejectReason}
     * @throws IllegalStateException if the id source gives no usable id
     */
    public Connection<A> connect(String name, @Nullable Object attachment, SessionOptions<A> options) {
        Connection<A> connection = new Connection<>(openTransport(name, attachment));
        return connection.with(create(connection.transport(), options));
    }

    /**
     * Creates a session with the manager's defaults and a generated id.
     *
     * @param owner the transport that it is attached to
     * @return the new session
     * @throws SessionRejectedException if refused; see {@link RejectReason}
     * @throws IllegalArgumentException if the transport is another manager's
     * @throws IllegalStateException if the id source gives no usable id
     */
    public Session<A> create(Transport<A> owner) {
        return create(owner, SessionOptions.defaults());
    }

    /**
     * Creates a session.
     *
     * @param owner the transport that it is attached to
     * @param options what differs from the manager's defaults
     * @return the new session
     * @throws SessionRejectedException if refused; see {@link RejectReason}
     * @throws IllegalArgumentException if the transport is another manager's
     * @throws IllegalStateException if the id source gives no usable id
     */
    public Session<A> create(Transport<A> owner, SessionOptions<A> options) {
        checkOwn("create", owner);
        Objects.requireNonNull(options, "options");
        for (int i = 0; i < ID_ATTEMPTS; i++) {
            // A chosen id that is taken is refused, so only generated ids come to another attempt.
            long id = options.id != 0 ? options.id : generatedId();
            long hash = IdHash.of(id);
            Session<A> session = shards.ofHash(hash).create(id, hash, owner, options);
            if (session != null) {
                return session;
            }
        }
        throw new IllegalStateException(
                "cannot create session: the id source gave " + ID_ATTEMPTS + " ids in a row that are taken");
    }

    private long generatedId() {
        long id = settings.ids().getAsLong();
        if (id < 1 || id > MAX_ID) {
            throw new IllegalStateException(
                    "cannot create session: the id source gave " + id + ", outside 1 … " + MAX_ID);
        }
        return id;
    }

    /**
     * Looks a session up. Takes no lock and never waits (<a href="package-summary.html#G11">G11</a>).
     *
     * @param id any number
     * @return the live session with this id, or {@code null} if there is none
     */
    public @Nullable Session<A> find(long id) {
        return shards.find(id);
    }

    /**
     * Records activity of a session, as {@link Session#keepAlive} does.
     *
     * @param id any number
     * @return false if there is no such session, or it is detached
     */
    public boolean keepAlive(long id) {
        long now = time.ceilQuanta();
        Session<A> session = find(id);
        return session != null && session.keepAlive(now);
    }

    /**
     * Moves a session to another transport, as {@link Session#claim(Transport)} does.
     *
     * @param id any number
     * @param to the new owner
     * @return false if there is no such session
     * @throws SessionRejectedException if refused; nothing was changed
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean claim(long id, Transport<A> to) {
        return claim(find(id), to, null);
    }

    /**
     * Moves a session to another transport, as {@link Session#claim(Transport, byte[])} does.
     *
     * @param id any number
     * @param to the new owner
     * @param secret proof of ownership
     * @return false if there is no such session
     * @throws SessionRejectedException if refused; nothing was changed
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean claim(long id, Transport<A> to, byte[] secret) {
        return claim(find(id), to, SessionContext.present(secret));
    }

    boolean claim(@Nullable Session<A> session, Transport<A> to, byte @Nullable [] presented) {
        checkOwn("claim", to);
        if (session == null || !session.isLive()) {
            return false;
        }
        return session.shard().claim(session, to, presented, time.ceilQuanta());
    }

    /**
     * Ends a session with cause {@link EndCause#DESTROYED}.
     *
     * @param id any number
     * @return true if this call ended it; false if there is no such session
     */
    public boolean destroy(long id) {
        return end(id, EndCause.DESTROYED);
    }

    /**
     * Ends a session with cause {@link EndCause#ADMIN_DESTROYED}.
     *
     * @param id any number
     * @return true if this call ended it; false if there is no such session
     */
    public boolean destroyByAdmin(long id) {
        return end(id, EndCause.ADMIN_DESTROYED);
    }

    private boolean end(long id, EndCause cause) {
        long hash = IdHash.of(id);
        return shards.ofHash(hash).end(id, hash, cause);
    }

    /**
     * The live count, as the builder's {@link CounterStrategy} answers it. With the default, {@link
     * CounterStrategy#EXACT}, it is {@code counts().live()}.
     *
     * @return the number of live sessions, with the strategy's promise
     */
    public long count() {
        return switch (settings.strategy()) {
            case EXACT -> shards.live();
            case TABLE -> shards.sum(shard -> shard.size());
            case ATOMIC, ADDER -> Nulls.certain(settings.counter()).live();
        };
    }

    /**
     * All figures at one instant between call and return (guarantee <a href="package-summary.html#G1">G1</a>), under
     * every strategy. Costs O(shards); under a steady stream of writes it may hold writers up for
     * that long.
     *
     * @return the snapshot
     */
    public SessionCounts counts() {
        return new SessionCounts(shards.collect(Tallies.COUNT, (shard, sums) -> shard.addTo(sums)));
    }

    /**
     * Visits all live sessions. One that is live throughout the call is visited once; one that is
     * created or ends meanwhile may or may not be, and may have ended by the time of its visit.
     * Takes no lock. Costs O(sessions that were ever live at once).
     *
     * @param action called for each session; it may call anything; what it throws ends the visit
     */
    public void forEach(Consumer<? super Session<A>> action) {
        shards.forEachSession(Objects.requireNonNull(action, "action"));
    }

    /**
     * All live sessions, as {@link #forEach} visits them.
     *
     * @return a list of its own
     */
    public List<Session<A>> sessions() {
        List<Session<A>> sessions = new ArrayList<>();
        forEach(sessions::add);
        return sessions;
    }

    /**
     * Details of all live sessions, as {@link #forEach} visits them. Each row is true at one
     * instant. Takes no lock but to read a row that is just being changed.
     *
     * @return a list of its own
     */
    public List<SessionInfo> sessionInfos() {
        List<SessionInfo> infos = new ArrayList<>();
        forEach(session -> {
            SessionInfo info = session.info();
            if (info.phase() != SessionPhase.ENDED) {
                infos.add(info);
            }
        });
        return infos;
    }

    /**
     * What an operator asks: figures, health, settings, and how sweeps and listeners are doing.
     * Costs as much as {@link #counts}.
     *
     * @return one answer; its {@link ManagerStatus#counts} are of one instant, everything else is
     *     read one after the other
     */
    public ManagerStatus status() {
        long delivered = settings.listeners().delivered();
        return new ManagerStatus(settings, counts(), delivered, upkeep.figures());
    }

    /**
     * Changes the limit of a manager that has one (guarantee G9). Ends no session. From the return
     * of this call to the next, no more are live at any instant than it returned.
     *
     * @param max how many sessions may be live; 0 for no new ones
     * @return {@code max}, or how many are live if that is more
     * @throws IllegalArgumentException if it is negative; nothing was changed
     * @throws IllegalStateException if built without {@link SessionManagerBuilder#maxSessions}
     */
    public long setMaxSessions(long max) {
        return Permits.change(settings.permits(), max, shards::awaitInFlight);
    }

    /**
     * The manager's name.
     *
     * @return as the builder was told, or one that was made up
     */
    public String name() {
        return settings.name();
    }

    /**
     * Whether new sessions are taken.
     *
     * @return the phase at the time of the call
     */
    public ManagerPhase phase() {
        return settings.lifecycle().phase();
    }

    /**
     * Checks the manager against itself while it runs: the tallies against table, timers and
     * transport lists, session by session. Takes each shard's lock for bounded batches.
     * O(sessions).
     *
     * @return what disagrees, which is nothing unless there is a defect
     */
    public AuditReport audit() {
        return upkeep.audit();
    }

    /**
     * How often {@link #sweep} has to be called so that no session outlives its deadline by more
     * than a tick and the time of a sweep (guarantee <a href="package-summary.html#G3">G3</a>). It is shorter than the
     * tick, because a deadline may pass just after a sweep and because timers are rounded up to a
     * step.
     *
     * @return the time from the beginning of one sweep to the beginning of the next
     */
    public Duration sweepPeriod() {
        return Duration.ofNanos(settings.sweepPeriodNanos());
    }

    /**
     * Ends what is due: attached sessions idle for their session timeout and detached ones past
     * their reclaim timeout. Any thread may call it at any time. Takes no lock of a shard in which
     * no timer has come, and allocates nothing if none has in any.
     *
     * <p>If the call fails, for lack of memory say, a later sweep ends what is still due.
     *
     * @return how many sessions this call ended
     */
    public int sweep() {
        return upkeep.sweep();
    }

    /**
     * Refuses new sessions from now on. Sessions stay usable and may be claimed. Does not wait; see
     * {@link #drain(Duration)} and {@link #close}. Once this returned, no create succeeds.
     */
    public void drain() {
        settings.lifecycle().drain();
        shards.awaitInFlight();
    }

    /**
     * Refuses new sessions from now on, as {@link #drain()} does, and waits until the last one has
     * ended. If the deadline comes first the manager keeps draining.
     *
     * @param atMost how long to wait, in real time whatever the ticker
     * @return true if no session is live, for good
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalArgumentException if the duration is negative or too long
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        long nanos = Quanta.checkedNanos("drain deadline", atMost);
        drain();
        return settings.lifecycle().await(shards::isEmpty, nanos);
    }

    /**
     * Ends every session with cause {@link EndCause#SHUTDOWN}, refuses creates and claims from now
     * on, stops the sweeping thread, and lets go of the memory for sessions (guarantee
     * <a href="package-summary.html#G10">G10</a>). When it returns no session is live. May be called again, and
     * concurrently. Listeners are called as ever: before it returns, unless an earlier event of
     * the session is still being delivered or the builder was given an executor; see {@link #close(Duration)}.
     *
     * <p>If the call fails, for lack of memory say, call it again: it then finishes the work.
     *
     * <p>An application that is undeployed has to close its managers. The thread of a manager that nothing refers to ends
     * by itself. But a static field refers to its manager for ever, since the thread keeps the application's classes loaded.
     */
    @Override
    public void close() {
        settings.lifecycle().close();
        if (sweeper != null) {
            sweeper.stop();
        }
        shards.forEach(shard -> shard.endAll(EndCause.SHUTDOWN));
    }

    /**
     * Closes the manager, as {@link #close()} does, and waits until the listeners have been told of
     * everything: for events that an executor still has, or that another thread is delivering. From
     * a listener it would wait for itself, in vain.
     *
     * @param atMost how long to wait, in real time whatever the ticker
     * @return true if every event was delivered; false if the deadline came first, see {@link
     *     ManagerStatus#eventBacklog}
     * @throws InterruptedException if interrupted while it waits; the manager is closed then
     * @throws IllegalArgumentException if the duration is negative or too long; nothing was done
     */
    public boolean close(Duration atMost) throws InterruptedException {
        long nanos = Quanta.checkedNanos("close deadline", atMost);
        close();
        return settings.lifecycle().await(this::isAllDelivered, nanos);
    }

    /** As {@link ManagerStatus#eventBacklog} says, but without the clock, which may be broken. */
    private boolean isAllDelivered() {
        long delivered = settings.listeners().delivered();
        return settings.listeners().backlog(counts(), delivered) == 0;
    }

    /** Name, phase and about how many sessions are live. Takes no lock and reads no clock. */
    @Override
    public String toString() {
        long live = shards.sum(shard -> shard.size());
        return "SessionManager[" + name() + ' ' + phase() + ", about " + live + " live]";
    }

    void checkOwn(String operation, Transport<A> transport) {
        Objects.requireNonNull(transport, "transport");
        if (transport.manager != this) {
            throw new IllegalArgumentException("cannot " + operation + ": " + transport + " is another manager's");
        }
    }
}
