package dev.rollcall;

import dev.rollcall.count.AdderCounter;
import dev.rollcall.count.AtomicCounter;
import dev.rollcall.count.CounterStrategy;
import dev.rollcall.count.LiveCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Builds {@link SessionManager}s. Not thread-safe. Each method returns this builder; each setting
 * may be given once.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class SessionManagerBuilder<A> {
    private static final Duration SHORTEST_TICK = Duration.ofMillis(1);
    private static final Duration LONGEST_TICK = Duration.ofHours(1);

    /** Below, a scheduler's ordinary delays are as long as a stride, and a coarse clock falls behind. */
    private static final Duration SHORTEST_COARSE_TICK = Duration.ofMillis(20);

    private static final int MOST_SHARDS = 1 << 12;
    private static final int SHARDS_PER_PROCESSOR = 16;

    private Duration sessionTimeout;
    private Duration reclaimTimeout;
    private Long maxSessions;
    private Duration tick;
    private Integer shards;
    private Ticker ticker;
    private LongSupplier idSource;
    private Executor listenerExecutor;
    private CounterStrategy counterStrategy;
    private boolean callerSweeps;
    private boolean coarseClock;
    private Supplier<Tallies> tallies = Tallies::new;
    private final List<SessionListener<A>> listeners = new ArrayList<>();

    SessionManagerBuilder() {}

    /**
     * How long an attached session may be idle. Default 60 seconds.
     *
     * @param timeout zero for ever, else at least a {@linkplain #tick tick}
     * @return this builder
     */
    public SessionManagerBuilder<A> sessionTimeout(Duration timeout) {
        Quanta.checkedNanos("session timeout", timeout);
        sessionTimeout = once("sessionTimeout", sessionTimeout, timeout);
        return this;
    }

    /**
     * How long a session may be claimed after the loss of its transport. Default zero.
     *
     * @param timeout zero to end it at once, else at least a {@linkplain #tick tick}
     * @return this builder
     */
    public SessionManagerBuilder<A> reclaimTimeout(Duration timeout) {
        Quanta.checkedNanos("reclaim timeout", timeout);
        reclaimTimeout = once("reclaimTimeout", reclaimTimeout, timeout);
        return this;
    }

    /**
     * How many sessions may be live at once; never exceeded, not even for an instant (guarantee G9).
     * Default no limit.
     *
     * @param max at least 1
     * @return this builder
     */
    public SessionManagerBuilder<A> maxSessions(long max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxSessions " + max + " is less than 1");
        }
        maxSessions = once("maxSessions", maxSessions, max);
        return this;
    }

    /**
     * How late a session may end after its deadline, given sweeps on time: the resolution of the
     * timers. Default 100 milliseconds.
     *
     * @param length 1 millisecond … 1 hour
     * @return this builder
     */
    public SessionManagerBuilder<A> tick(Duration length) {
        Objects.requireNonNull(length, "tick");
        if (length.compareTo(SHORTEST_TICK) < 0 || length.compareTo(LONGEST_TICK) > 0) {
            throw new IllegalArgumentException(
                    "tick " + length + " is outside " + SHORTEST_TICK + " … " + LONGEST_TICK);
        }
        tick = once("tick", tick, length);
        return this;
    }

    /**
     * Into how many shards, each with a lock of its own, the sessions are spread. Default 16 per
     * processor, rounded up to a power of two.
     *
     * @param count a power of two, 1 … 4,096
     * @return this builder
     */
    public SessionManagerBuilder<A> shards(int count) {
        if (count < 1 || count > MOST_SHARDS || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("shards " + count + " is not a power of two in 1 … " + MOST_SHARDS);
        }
        shards = once("shards", shards, count);
        return this;
    }

    /**
     * The source of time. Default {@link Ticker#system()}.
     *
     * @param source the ticker
     * @return this builder
     */
    public SessionManagerBuilder<A> ticker(Ticker source) {
        ticker = once("ticker", ticker, source);
        return this;
    }

    /**
     * The source of generated ids. It must be thread-safe and give numbers in 1 … {@value
     * SessionManager#MAX_ID} that cannot be guessed, for an id is a capability. Default: a
     * cryptographically secure generator.
     *
     * @param source asked for an id per create, and again if that id is taken
     * @return this builder
     */
    public SessionManagerBuilder<A> idSource(LongSupplier source) {
        idSource = once("idSource", idSource, source);
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
     * Where listeners are called. Default: on the thread whose operation caused the event. If the
     * executor refuses, they are called there too.
     *
     * @param executor any executor; the order of a session's events holds whatever it does
     * @return this builder
     */
    public SessionManagerBuilder<A> listenerExecutor(Executor executor) {
        listenerExecutor = once("listenerExecutor", listenerExecutor, executor);
        return this;
    }

    /**
     * How {@link SessionManager#count} is answered. Default {@link CounterStrategy#EXACT}.
     *
     * @param strategy the strategy
     * @return this builder
     */
    public SessionManagerBuilder<A> counter(CounterStrategy strategy) {
        counterStrategy = once("counter", counterStrategy, strategy);
        return this;
    }

    /**
     * Leaves {@link SessionManager#sweep} to the caller, about once a tick. Default: the manager has
     * a daemon thread for it, which runs in real time whatever the ticker.
     *
     * @return this builder
     */
    public SessionManagerBuilder<A> callerSweeps() {
        callerSweeps = true;
        return this;
    }

    /**
     * Records activity by the time of the latest sweep instead of reading the ticker, so that a
     * keepalive or create costs no reading of a clock. Still nothing ends early and, with sweeps on
     * time, nothing ends later than a tick after its deadline. But time in which the sweeping thread
     * could not run, say in a pause of the machine or for a listener that blocks it, does not count:
     * all deadlines move by it. Default: every activity reads the ticker.
     *
     * <p>Not together with {@link #callerSweeps}, nor with a tick below 20 milliseconds.
     *
     * @return this builder
     */
    public SessionManagerBuilder<A> coarseClock() {
        coarseClock = true;
        return this;
    }

    /** For benchmarks that need a floor without tallies; {@code counts()} is void then. */
    SessionManagerBuilder<A> tallies(Supplier<Tallies> supplier) {
        tallies = supplier;
        return this;
    }

    /**
     * Builds a manager and, unless the {@linkplain #callerSweeps caller sweeps}, starts its thread.
     *
     * @return a new manager without sessions
     * @throws IllegalStateException if two settings contradict each other; the message names both
     */
    public SessionManager<A> build() {
        Duration tickOrDefault = orDefault(tick, Duration.ofMillis(100));
        Duration sessionTimeoutOrDefault = orDefault(sessionTimeout, Duration.ofSeconds(60));
        Duration reclaimTimeoutOrDefault = orDefault(reclaimTimeout, Duration.ZERO);
        checkNotShorter("sessionTimeout", sessionTimeoutOrDefault, tickOrDefault);
        checkNotShorter("reclaimTimeout", reclaimTimeoutOrDefault, tickOrDefault);
        if (listenerExecutor != null && listeners.isEmpty()) {
            throw new IllegalStateException("listenerExecutor " + listenerExecutor + " is set, but no listener");
        }
        CounterStrategy strategy = orDefault(counterStrategy, CounterStrategy.EXACT);
        if (coarseClock && callerSweeps) {
            throw new IllegalStateException("coarseClock and callerSweeps are both set: the sweeps are its clock");
        }
        if (coarseClock && tickOrDefault.compareTo(SHORTEST_COARSE_TICK) < 0) {
            throw new IllegalStateException(
                    "tick " + tickOrDefault + " is shorter than " + SHORTEST_COARSE_TICK + ", with coarseClock");
        }
        long tickNanos = tickOrDefault.toNanos();
        int stepShift = coarseClock ? Quanta.coarseStepShift(tickNanos) : Quanta.stepShift(tickNanos);
        long stepNanos = Quanta.NANOS << stepShift;
        Ticker source = orDefault(ticker, Ticker.system());
        Settings<A> settings = new Settings<>(
                sessionTimeoutOrDefault.toNanos(),
                reclaimTimeoutOrDefault.toNanos(),
                coarseClock ? TimeSource.coarse(source, 2 * stepNanos) : TimeSource.exact(source),
                stepShift,
                orDefault(shards, defaultShards()),
                maxSessions == null ? null : new Permits(maxSessions),
                strategy,
                counterFor(strategy),
                tallies,
                idSource == null ? SecureIds.shared() : idSource,
                new Listeners<>(listeners, listenerExecutor),
                new Lifecycle());
        return new SessionManager<>(settings, callerSweeps ? null : Duration.ofNanos(stepNanos));
    }

    private static LiveCounter counterFor(CounterStrategy strategy) {
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

    private static void checkNotShorter(String name, Duration timeout, Duration tick) {
        if (!timeout.isZero() && timeout.compareTo(tick) < 0) {
            throw new IllegalStateException(name + " " + timeout + " is shorter than tick " + tick);
        }
    }

    private static <T> T once(String name, T present, T value) {
        Objects.requireNonNull(value, name);
        if (present != null) {
            throw new IllegalStateException(name + " was already set to " + present + ", now to " + value);
        }
        return value;
    }

    private static <T> T orDefault(T value, T byDefault) {
        return value == null ? byDefault : value;
    }
}
