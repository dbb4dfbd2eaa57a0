package dev.rollcall;

import dev.rollcall.count.CounterStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Holds sessions, ends each exactly once, and knows at every instant how many there are.
 *
 * <h2>Assumptions</h2>
 *
 * <ol>
 *   <li>The application tells of a lost connection by {@link Transport#gone}, and of activity by a
 *       keepalive.
 *   <li>{@link #sweep} is called about once a tick, which the manager's own thread does unless the
 *       builder was told otherwise.
 *   <li>The {@linkplain Ticker ticker} is monotonic and the id source seldom repeats itself.
 * </ol>
 *
 * <h2>Guarantees</h2>
 *
 * <ol>
 *   <li><b>G1 exact count.</b> {@link #counts} is one linearizable snapshot.
 *   <li><b>G2 one end.</b> A session ends once, with one cause; one caller at most is told that it
 *       ended it; there is one {@code ended} event.
 *   <li><b>G3 no lost keepalive.</b> A session whose keepalive returned true does not time out before
 *       its session timeout has passed since that call. None times out before its deadline, nor, if
 *       sweeps come on time, later than a tick after it.
 *   <li><b>G4 whole claims.</b> A claim that returned true has moved the session: the former owner's
 *       loss cannot touch it. A claim for a transport that is gone fails and changes nothing.
 *   <li><b>G5 no orphans.</b> Once {@link Transport#gone} returned, no session is on it, ever.
 *   <li><b>G6 full grace.</b> The reclaim timeout runs from the instant of loss, anew for each loss.
 *   <li><b>G7 own identity.</b> Of concurrent creates with one id one wins; a handle never touches a
 *       later session with the same id.
 *   <li><b>G8 ordered events.</b> See {@link SessionListener}.
 *   <li><b>G9 hard limit.</b> The limit is not exceeded at any instant.
 *   <li><b>G10 clean close.</b> {@link #close} ends every session; then none is live, ever.
 *   <li><b>G11 progress</b> and <b>G12 cost</b>: below.
 * </ol>
 *
 * <h2>Progress</h2>
 *
 * <p>{@link #find} and keepalive take no lock and never wait for another thread. Create, claim and
 * destroy take one lock, of the session's shard, once; O(1). Transport gone is O(shards + its
 * sessions), a sweep O(shards + what is due), {@link #counts} O(shards). No lock is held while user
 * code runs, nor for more than a bounded batch of sessions.
 *
 * <p>Memory consistency effects: actions in a thread prior to creating, claiming or ending a session
 * <i>happen-before</i> actions in another thread after it saw the effect, be it by a lookup, a
 * handle's state, a count or an event.
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
    private final Sweeper sweeper;

    SessionManager(Settings<A> settings, Duration ownSweepPeriod) {
        this.settings = settings;
        this.time = settings.time();
        this.shards = new Shards<>(this, settings);
        this.sweeper = ownSweepPeriod == null ? null : Sweeper.start(this, ownSweepPeriod);
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
    public Transport<A> openTransport(String name, Object attachment) {
        return new Transport<>(this, settings.shards(), name, attachment);
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
        if (options.id != 0) {
            Shard<A> shard = shards.of(options.id);
            Session<A> session = newSession(options.id, shard, owner, options);
            RejectReason refusal = shard.create(session, owner, true);
            if (refusal != null) {
                throw rejected("create", refusal, "session " + SessionIds.masked(options.id), owner);
            }
            return session;
        }
        for (int i = 0; i < ID_ATTEMPTS; i++) {
            long id = generatedId();
            Shard<A> shard = shards.of(id);
            Session<A> session = newSession(id, shard, owner, options);
            RejectReason refusal = shard.create(session, owner, false);
            if (refusal == null) {
                return session;
            }
            if (refusal != RejectReason.DUPLICATE_ID) {
                throw rejected("create", refusal, "session", owner);
            }
        }
        throw new IllegalStateException(
                "cannot create session: the id source gave " + ID_ATTEMPTS + " ids in a row that are taken");
    }

    private Session<A> newSession(long id, Shard<A> shard, Transport<A> owner, SessionOptions<A> options) {
        return new Session<>(id, options.attachment, options.terms(shard.defaults), owner, time.ceilQuanta());
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
     * Looks a session up. Takes no lock and never waits (G11).
     *
     * @param id any number
     * @return the live session with this id, or {@code null} if there is none
     */
    public Session<A> find(long id) {
        return shards.find(id);
    }

    /**
     * Records activity of a session, as {@link Session#keepAlive} does.
     *
     * @param id any number
     * @return false if there is no such session, or it is detached
     */
    public boolean keepAlive(long id) {
        Session<A> session = find(id);
        return session != null && session.keepAlive(time.ceilQuanta());
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
        return claim(find(id), to, SessionTerms.present(secret));
    }

    boolean claim(Session<A> session, Transport<A> to, byte[] presented) {
        checkOwn("claim", to);
        if (session == null || !session.isLive()) {
            return false;
        }
        if (!session.terms.mayClaim(presented)) {
            throw rejected("claim", RejectReason.WRONG_SECRET, session.toString(), to);
        }
        return session.shard().claim(session, to, time.ceilQuanta());
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
        Session<A> session = find(id);
        return session != null && shards.of(id).end(session, cause);
    }

    /**
     * The live count, as the builder's {@link CounterStrategy} answers it. With the default, {@link
     * CounterStrategy#EXACT}, it is {@code counts().live()}.
     *
     * @return the number of live sessions, with the strategy's promise
     */
    public long count() {
        return switch (settings.strategy()) {
            case EXACT -> shards.exactSum(shard -> shard.tallies.live());
            case TABLE -> shards.sum(shard -> shard.table.size());
            case ATOMIC, ADDER -> settings.counter().live();
        };
    }

    /**
     * All figures at one instant between call and return (guarantee G1), under every strategy.
     * Costs O(shards); under a steady stream of writes it may hold writers up for that long.
     *
     * @return the snapshot
     */
    public SessionCounts counts() {
        return new SessionCounts(shards.collect(Tallies.COUNT, (shard, sums) -> shard.tallies.addTo(sums)));
    }

    /**
     * Details of all live sessions. Each row is true at one instant. A session that is live
     * throughout the call is listed once; one that is created or ends meanwhile may or may not be.
     * Takes no lock but to read a row that is just being changed. Costs O(sessions that were ever
     * live at once).
     *
     * @return a list of its own
     */
    public List<SessionInfo> sessions() {
        return shards.list();
    }

    /**
     * Checks the manager against itself while it runs: the tallies against table, timers and
     * transport lists, session by session. Takes each shard's lock for bounded batches; O(sessions).
     *
     * @return what disagrees, which is nothing unless there is a defect
     */
    public AuditReport audit() {
        return new Auditor<>(shards, settings).audit();
    }

    /**
     * Ends what is due: attached sessions idle for their session timeout and detached ones past
     * their reclaim timeout. Any thread may call it at any time.
     *
     * @return how many sessions this call ended
     */
    public int sweep() {
        long now = time.sweepQuanta();
        return (int) Math.min(Integer.MAX_VALUE, shards.sum(shard -> shard.sweep(now)));
    }

    /**
     * Refuses new sessions from now on and waits until the last one has ended. Sessions stay usable
     * and may be claimed. If the deadline comes first the manager keeps draining; see {@link #close}.
     *
     * @param atMost how long to wait, in real time whatever the ticker
     * @return true if no session is live, for good
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalArgumentException if the duration is negative or too long
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        long nanos = Quanta.checkedNanos("drain deadline", atMost);
        settings.lifecycle().drain();
        shards.awaitInFlight();
        return settings.lifecycle().await(() -> counts().live() == 0, nanos);
    }

    /**
     * Ends every session with cause {@link EndCause#SHUTDOWN}, refuses creates and claims from now
     * on, and stops the sweeping thread (guarantee G10). When it returns no session is live. May be
     * called again, and concurrently. Listeners are called as ever, before it returns unless another
     * thread is delivering.
     */
    @Override
    public void close() {
        settings.lifecycle().close();
        if (sweeper != null) {
            sweeper.stop();
        }
        shards.forEach(shard -> shard.endAll(EndCause.SHUTDOWN));
    }

    /** State and figures in one line, for operators. */
    @Override
    public String toString() {
        return "SessionManager[" + settings.lifecycle().phase() + ", " + counts() + "]";
    }

    static SessionRejectedException rejected(
            String operation, RejectReason reason, String session, Transport<?> transport) {
        return new SessionRejectedException(
                reason, "cannot " + operation + ' ' + session + " on " + transport + ": " + reason);
    }

    private void checkOwn(String operation, Transport<A> transport) {
        Objects.requireNonNull(transport, "transport");
        if (transport.manager != this) {
            throw new IllegalArgumentException("cannot " + operation + ": " + transport + " is another manager's");
        }
    }
}
