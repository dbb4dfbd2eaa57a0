package dev.rollcall;

import dev.rollcall.count.AdderCounter;
import dev.rollcall.count.AtomicCounter;
import dev.rollcall.count.LiveCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link SessionManager}s. Not thread-safe. Each method returns this builder; a setting that
 * is given again replaces the former one. A builder may build any number of managers, which then
 * share its listeners, executor, thread factory, ticker and id source and nothing else; what is set later changes
 * only what is built later.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class SessionManagerBuilder<A> {
    private static final Duration SHORTEST_TICK = Duration.ofMillis(1);
    private static final Duration LONGEST_TICK = Duration.ofHours(1);

    /**
     * With a shorter tick a scheduler's ordinary delays are as long as a stride, and a coarse clock
     * falls behind.
     */
    private static final Duration SHORTEST_COARSE_TICK = Duration.ofMillis(20);

    private static final int MOST_SHARDS = 1 << 12;
    private static final int SHARDS_PER_PROCESSOR = 16;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Null for one that is made up. */
    private @Nullable String name;

    private Duration sessionTimeout = Duration.ofSeconds(60);
    private Duration reclaimTimeout = Duration.ZERO;
    private Duration tick = Duration.ofMillis(100);
    private int shards = defaultShards();
    private Ticker ticker = Ticker.system();
    private CounterStrategy counterStrategy = CounterStrategy.EXACT;
    private boolean callerSweeps;
    private boolean coarseClock;
    private boolean isTallied = true;

    /** Zero for no limit. */
    private long maxSessions;

    /** Null for the default one, which is only made if it is needed. */
    private @Nullable LongSupplier idSource;

    /** Null for the thread that causes an event. */
    private @Nullable Executor listenerExecutor;

    /** Null for the default one. */
    private @Nullable ThreadFactory sweeperThreadFactory;

    private final List<SessionListener<A>> listeners = new ArrayList<>();

    SessionManagerBuilder() {}

    /**
     * A builder with the same settings, independent of this one from now on.
     *
     * @return a new builder
     */
    public SessionManagerBuilder<A> copy() {
        SessionManagerBuilder<A> copy = new SessionManagerBuilder<>();
        copy.name = name;
        copy.sessionTimeout = sessionTimeout;
        copy.reclaimTimeout = reclaimTimeout;
        copy.maxSessions = maxSessions;
        copy.tick = tick;
        copy.shards = shards;
        copy.ticker = ticker;
        copy.idSource = idSource;
        copy.listenerExecutor = listenerExecutor;
        copy.counterStrategy = counterStrategy;
        copy.callerSweeps = callerSweeps;
        copy.sweeperThreadFactory = sweeperThreadFactory;
        copy.coarseClock = coarseClock;
        copy.isTallied = isTallied;
        copy.listeners.addAll(listeners);
        return copy;
    }

    /**
     * The manager's name in logs and figures, and part of its thread's name. Default: a name with a
     * number.
     *
     * @param managerName need not be unique
     * @return this builder
     */
    public SessionManagerBuilder<A> name(String managerName) {
        name = Objects.requireNonNull(managerName, "name");
        return this;
    }

    /**
     * How long an attached session may be idle. Default 60 seconds. One that is shorter than a
     * {@linkplain #tick tick} is as exact as any other: no session ends before it has passed, and
     * each ends at most a tick plus the time of a sweep late, if sweeps come at the period that the
     * manager asks for.
     *
     * @param timeout zero for ever
     * @return this builder
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public SessionManagerBuilder<A> sessionTimeout(Duration timeout) {
        Quanta.checkedNanos("session timeout", timeout);
        sessionTimeout = timeout;
        return this;
    }

    /**
     * How long a session may be claimed after the loss of its transport. Default zero.
     *
     * @param timeout zero to end it at once
     * @return this builder
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public SessionManagerBuilder<A> reclaimTimeout(Duration timeout) {
        Quanta.checkedNanos("reclaim timeout", timeout);
        reclaimTimeout = timeout;
        return this;
    }

    /**
     * How many sessions may be live at once; never exceeded, not even for an instant (guarantee
     * G9). {@link SessionManager#setMaxSessions} changes it later. Default no limit.
     *
     * @param max at least 1
     * @return this builder
     * @throws IllegalArgumentException if less than 1
     */
    public SessionManagerBuilder<A> maxSessions(long max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxSessions " + max + " is less than 1");
        }
        maxSessions = max;
        return this;
    }

    /**
     * The resolution of the timers: sessions end at most a tick plus the time of a sweep late, if
     * sweeps come at the period that the manager asks for. This is shorter than a tick, see {@link
     * SessionManager#sweepPeriod}; the manager's own thread keeps to it. Default 100 milliseconds.
     *
     * @param length 1 millisecond … 1 hour
     * @return this builder
     * @throws IllegalArgumentException if outside these bounds
     */
    public SessionManagerBuilder<A> tick(Duration length) {
        Objects.requireNonNull(length, "tick");
        if (length.compareTo(SHORTEST_TICK) < 0 || length.compareTo(LONGEST_TICK) > 0) {
            throw new IllegalArgumentException(
                    "tick " + length + " is outside " + SHORTEST_TICK + " … " + LONGEST_TICK);
        }
        tick = length;
        return this;
    }

    /**
     * Into how many shards, each with a lock of its own, the sessions are spread. Default 16 per
     * processor, rounded up to a power of two.
     *
     * @param count a power of two, 1 … 4,096
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public SessionManagerBuilder<A> shards(int count) {
        if (count < 1 || count > MOST_SHARDS || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("shards " + count + " is not a power of two in 1 … " + MOST_SHARDS);
        }
        shards = count;
        return this;
    }

    /**
     * The source of time. Default {@link Ticker#system()}.
     *
     * @param source the ticker
     * @return this builder
     */
    public SessionManagerBuilder<A> ticker(Ticker source) {
        ticker = Objects.requireNonNull(source, "ticker");
        return this;
    }

    /**
     * The source of generated ids. It must be thread-safe and give numbers in 1 … {@value
     * SessionManager#MAX_ID} that cannot be guessed, for an id is a capability. Default: a
     * cryptographically secure generator, one for the process. All copies that are restored from one image of
     * a process, as by CRaC or SnapStart, would continue with the same one and give the same ids.
     *
     * @param source asked for an id per create, and again if that id is taken
     * @return this builder
     */
    public SessionManagerBuilder<A> idSource(LongSupplier source) {
        idSource = Objects.requireNonNull(source, "idSource");
        return this;
    }

    /**
     * Adds a listener. May be called several times.
     *
     * @param listener called after those that were added before
     * @return this builder
     */
    public SessionManagerBuilder<A> listener(SessionListener<A> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Where listeners are called. Default: on the thread whose operation caused the event, or another
     * one of the session, see {@link SessionListener}. If the executor throws, they are called there
     * too.
     *
     * @param executor any executor; whatever it does, a session's events come in order and no event
     *     comes twice. See {@link SessionListener} for one that drops tasks
     * @return this builder
     */
    public SessionManagerBuilder<A> listenerExecutor(Executor executor) {
        listenerExecutor = Objects.requireNonNull(executor, "listenerExecutor");
        return this;
    }

    /**
     * How {@link SessionManager#count} is answered. Default {@link CounterStrategy#EXACT}.
     *
     * @param strategy the strategy
     * @return this builder
     */
    public SessionManagerBuilder<A> counter(CounterStrategy strategy) {
        counterStrategy = Objects.requireNonNull(strategy, "counter");
        return this;
    }

    /**
     * Leaves {@link SessionManager#sweep} to the caller, who calls it once per {@link
     * SessionManager#sweepPeriod}. Default: the manager has a daemon thread for it, which runs in
     * real time whatever the ticker.
     *
     * @return this builder
     */
    public SessionManagerBuilder<A> callerSweeps() {
        callerSweeps = true;
        return this;
    }

    /**
     * Makes the manager's sweeping thread. Default: a daemon thread without inherited thread locals
     * and without a context class loader.
     *
     * @param factory asked for one thread by each manager that is built
     * @return this builder
     */
    public SessionManagerBuilder<A> sweeperThreadFactory(ThreadFactory factory) {
        sweeperThreadFactory = Objects.requireNonNull(factory, "sweeperThreadFactory");
        return this;
    }

    /**
     * Records activity by the time of the latest sweep instead of reading the ticker, so that a
     * keepalive or create costs no reading of a clock. Still nothing ends early, and everything
     * ends at most a tick plus the time of a sweep late, if sweeps come at the period that the
     * manager asks for. But time in which the sweeping thread could not run, say in a pause of the
     * machine or because a listener blocks it, does not count, nor what the ticker jumped over: all
     * deadlines move by it. Default: every activity reads the ticker.
     *
     * <p>Not together with {@link #callerSweeps}, nor with a tick below 20 milliseconds. Where
     * sleeping threads may wake some 15 milliseconds late, as on Windows, ticks much shorter than the
     * default lose time at every sweep.
     *
     * @return this builder
     */
    public SessionManagerBuilder<A> coarseClock() {
        coarseClock = true;
        return this;
    }

    /** For a benchmark's baseline that counts nothing; {@code counts()} means nothing then. */
    SessionManagerBuilder<A> withoutTallies() {
        isTallied = false;
        return this;
    }

    /**
     * Builds a manager and, unless the {@linkplain #callerSweeps caller sweeps}, starts its thread.
     *
     * @return a new manager without sessions
     * @throws IllegalStateException if two settings contradict each other; the message names both
     */
    public SessionManager<A> build() {
        checkNoContradiction();
        int stepShift = coarseClock ? Quanta.coarseStepShift(tick.toNanos()) : Quanta.stepShift(tick.toNanos());
        long periodNanos = Quanta.NANOS << stepShift;
        Lifecycle lifecycle = new Lifecycle();
        Settings<A> settings = new Settings<>(
                name == null ? "manager-" + NUMBER.incrementAndGet() : name,
                sessionTimeout.toNanos(),
                reclaimTimeout.toNanos(),
                coarseClock ? TimeSource.coarse(ticker, 2 * periodNanos) : TimeSource.exact(ticker),
                stepShift,
                shards,
                maxSessions == 0 ? null : new Permits(maxSessions),
                counterStrategy,
                counterFor(counterStrategy),
                isTallied,
                idSource == null ? SecureIds.shared() : idSource,
                new Listeners<>(listeners, listenerExecutor, lifecycle),
                lifecycle);
        if (callerSweeps) {
            return new SessionManager<>(settings, null);
        }
        ThreadFactory factory = sweeperThreadFactory;
        return new SessionManager<>(settings, factory == null ? Sweeper.threads(settings.name()) : factory);
    }

    private void checkNoContradiction() {
        if (listenerExecutor != null && listeners.isEmpty()) {
            throw new IllegalStateException("listenerExecutor " + listenerExecutor + " is set, but no listener");
        }
        if (coarseClock && callerSweeps) {
            throw new IllegalStateException("coarseClock and callerSweeps are both set: the sweeps are its clock");
        }
        if (sweeperThreadFactory != null && callerSweeps) {
            throw new IllegalStateException(
                    "sweeperThreadFactory " + sweeperThreadFactory + " and callerSweeps are both set");
        }
        if (coarseClock && tick.compareTo(SHORTEST_COARSE_TICK) < 0) {
            throw new IllegalStateException(
                    "tick " + tick + " is shorter than " + SHORTEST_COARSE_TICK + ", with coarseClock");
        }
    }

    private static @Nullable LiveCounter counterFor(CounterStrategy strategy) {
        return switch (strategy) {
            case EXACT, TABLE -> null;
            case ATOMIC -> new AtomicCounter();
            case ADDER -> new AdderCounter();
        };
    }

    private static int defaultShards() {
        int wanted = Math.min(
                MOST_SHARDS, SHARDS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        return Integer.highestOneBit(2 * wanted - 1);
    }
}
