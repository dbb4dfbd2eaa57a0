package dev.rollcall.benchmarks.peers;

import dev.rollcall.BenchmarkAccess;
import dev.rollcall.CounterStrategy;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is measured: the manager with each way of counting, baselines, and peers.
 *
 * <p>The manager always keeps tallies; they are what {@link CounterStrategy#EXACT} counts with, and a
 * user of another strategy pays for both. {@link #NONE} has no tallies and no number beside its tables; the
 * subjects without tallies are what another strategy would cost if it came in their place.
 */
public enum Subject {
    /** The manager without tallies, which asks its tables; also what {@link #TABLE} would be without them. */
    NONE("Rollcall, no counting", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.TABLE, BenchmarkAccess::withoutTallies);
        }
    },

    /** The manager as users get it. */
    EXACT("Rollcall, exact (default)", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.EXACT, builder -> builder);
        }
    },

    /** The manager with an {@link java.util.concurrent.atomic.AtomicLong}, as users can configure it. */
    ATOMIC("Rollcall, atomic", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ATOMIC, builder -> builder);
        }
    },

    /** The manager with a {@link java.util.concurrent.atomic.LongAdder}, as users can configure it. */
    ADDER("Rollcall, adder", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ADDER, builder -> builder);
        }
    },

    /** The manager that asks its tables, as users can configure it. */
    TABLE("Rollcall, table", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.TABLE, builder -> builder);
        }
    },

    /** An {@link java.util.concurrent.atomic.AtomicLong} and no tallies; nobody can configure that. */
    ATOMIC_WITHOUT_TALLIES("Rollcall, atomic, no tallies", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ATOMIC, BenchmarkAccess::withoutTallies);
        }
    },

    /** A {@link java.util.concurrent.atomic.LongAdder} and no tallies; nobody can configure that. */
    ADDER_WITHOUT_TALLIES("Rollcall, adder, no tallies", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ADDER, BenchmarkAccess::withoutTallies);
        }
    },

    /** The manager as users get it, with its default ids, from a cryptographic generator. */
    EXACT_SECURE_IDS("Rollcall, exact, secure ids", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, SessionManager.builder(), builder -> builder);
        }
    },

    /** The manager as users get it, asked for a snapshot of all its figures instead of the count alone. */
    EXACT_COUNTS("Rollcall, exact, all figures", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return RollcallPeer.askedForAll(
                    settings(options, SessionManager.<Void>builder().idSource(Ids.cheap())), options.time());
        }
    },

    /** The manager on {@link BenchmarkAccess#fastTicker()}: every keepalive writes. */
    EXACT_ALWAYS_WRITES("Rollcall, exact, always writes", Ability.HANDLES, Ability.TRANSPORTS) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.EXACT, builder -> builder.ticker(BenchmarkAccess.fastTicker()));
        }
    },

    /** The manager with its coarse clock: no reading of the time per create and keepalive. */
    EXACT_COARSE("Rollcall, exact, coarse clock", Ability.HANDLES, Ability.TRANSPORTS) {
        @Override
        public Peer open(PeerOptions options) {
            return RollcallPeer.sweptByItself(
                    settings(options, SessionManager.<Void>builder().idSource(Ids.cheap()))
                            .coarseClock(),
                    options.time());
        }
    },

    /** A bare {@code ConcurrentHashMap} and an {@code AtomicLong}. */
    BARE_MAP("bare map + AtomicLong", Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return BareMap.withNumber();
        }
    },

    /** The same, whose keepalives write as seldom as the manager's. */
    BARE_MAP_SKIPS("bare map, writes as seldom", Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return BareMap.thatSkips();
        }
    },

    /** A bare {@code ConcurrentHashMap}, asked for its {@code mappingCount()}. */
    MAPPING_COUNT("bare map.mappingCount()", Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return BareMap.asked();
        }
    },

    /** Agrona's map of {@code long} keys in lock stripes. */
    STRIPED_MAP("Agrona's map in lock stripes") {
        @Override
        public Peer open(PeerOptions options) {
            return new StripedMap();
        }
    },

    /** A {@code HashMap} under one lock, without timers: it scans. */
    LOCKED_MAP("HashMap, one lock", Ability.TIMEOUTS, Ability.CLOCK, Ability.TRANSPORTS) {
        @Override
        public Peer open(PeerOptions options) {
            return new LockedMap(options);
        }
    },

    /** Caffeine's cache. */
    CAFFEINE("Caffeine", Ability.TIMEOUTS, Ability.CLOCK) {
        @Override
        public Peer open(PeerOptions options) {
            return new CaffeinePeer(options);
        }
    },

    /** Tomcat's {@code StandardManager}. */
    TOMCAT("Tomcat", Ability.TIMEOUTS, Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return new TomcatPeer(options);
        }
    },

    /** Vert.x's {@code LocalSessionStore}. */
    VERTX("Vert.x", Ability.TIMEOUTS, Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return new VertxPeer(options);
        }
    },

    /** Jetty's {@code SessionHandler}. */
    JETTY("Jetty", Ability.TIMEOUTS) {
        @Override
        public Peer open(PeerOptions options) {
            return new JettyPeer(options);
        }
    },

    /** A {@code ConcurrentHashMap} and Netty's {@code HashedWheelTimer}. */
    NETTY_WHEEL("Netty's wheel", Ability.TIMEOUTS) {
        @Override
        public Peer open(PeerOptions options) {
            return new NettyWheelPeer(options);
        }
    };

    /** What a subject can do besides create, destroy and keepalive by id. */
    public enum Ability {
        /** Its sessions time out; time can be let pass and a sweep be called. */
        TIMEOUTS,

        /** It takes a clock, so that time can pass by hand. */
        CLOCK,

        /** Its clients can keep hold of session objects. */
        HANDLES,

        /** Its clients are {@link Peer.Owner}s. */
        TRANSPORTS
    }

    private final String label;
    private final Set<Ability> abilities;

    Subject(String label, Ability... abilities) {
        this.label = label;
        this.abilities = Set.of(abilities);
    }

    /** For tables and charts. */
    public String label() {
        return label;
    }

    /** Whether it has an ability. */
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    /** Whether it is the manager. */
    public boolean isRollcall() {
        return compareTo(EXACT_COARSE) <= 0;
    }

    /** Whether charts have it: not what differs from another only in its clock, ids or way of counting. */
    public boolean isShown() {
        return this == EXACT || this == NONE || !isRollcall();
    }

    /** Whether it is another's session manager, with timers or a reaper of its own: no baseline. */
    public boolean isPeerWithTimers() {
        return compareTo(CAFFEINE) >= 0;
    }

    /** Whether it is such a peer that can be told to end at once all that is due. */
    public boolean canExpireOnDemand() {
        // A pass of Jetty's takes what its timers have handed over by then, however much that is.
        return isPeerWithTimers() && this != JETTY;
    }

    /** A new one without sessions. */
    public abstract Peer open(PeerOptions options);

    private static RollcallPeer rollcall(
            PeerOptions options, CounterStrategy strategy, UnaryOperator<SessionManagerBuilder<Void>> change) {
        return rollcall(
                options, SessionManager.<Void>builder().counter(strategy).idSource(Ids.cheap()), change);
    }

    private static RollcallPeer rollcall(
            PeerOptions options,
            SessionManagerBuilder<Void> builder,
            UnaryOperator<SessionManagerBuilder<Void>> change) {
        return RollcallPeer.sweptByCaller(change.apply(settings(options, builder)), options.time());
    }

    private static SessionManagerBuilder<Void> settings(PeerOptions options, SessionManagerBuilder<Void> builder) {
        builder.sessionTimeout(options.sessionTimeout());
        if (options.shards() != PeerOptions.DEFAULT_SHARDS) {
            builder.shards(options.shards());
        }
        if (options.time() != PeerTime.system()) {
            builder.ticker(options.time());
        }
        return builder;
    }
}
