package dev.rollcall.benchmarks.peers;

import dev.rollcall.BenchmarkAccess;
import dev.rollcall.CounterStrategy;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is measured: the same manager with each way of counting, and peers.
 *
 * <p>The manager always keeps tallies; they are what {@link CounterStrategy#EXACT} counts with. To
 * price one way of counting per row, the rows of the other strategies run without tallies, and
 * {@link #NONE} is what is left.
 */
public enum Subject {
    /** The floor: the manager without any counting. */
    NONE("Rollcall, no counting (floor)", Ability.values()) {
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

    /** An {@link java.util.concurrent.atomic.AtomicLong} instead of tallies. */
    ATOMIC("Rollcall, atomic", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ATOMIC, BenchmarkAccess::withoutTallies);
        }
    },

    /** A {@link java.util.concurrent.atomic.LongAdder} instead of tallies. */
    ADDER("Rollcall, adder", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.ADDER, BenchmarkAccess::withoutTallies);
        }
    },

    /**
     * The tables' sizes instead of tallies. Create and destroy run the very code of {@link #NONE},
     * so the distance between those two rows is the noise of the run.
     */
    TABLE("Rollcall, table", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, CounterStrategy.TABLE, BenchmarkAccess::withoutTallies);
        }
    },

    /** The manager as users get it, with its default ids, from a cryptographic generator. */
    EXACT_SECURE_IDS("Rollcall, exact, secure ids", Ability.values()) {
        @Override
        public Peer open(PeerOptions options) {
            return rollcall(options, SessionManager.builder(), builder -> builder);
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
    BARE_MAP("bare map + AtomicLong (floor)", Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return BareMap.withNumber();
        }
    },

    /** A bare {@code ConcurrentHashMap}, asked for its {@code mappingCount()}. */
    MAPPING_COUNT("bare map.mappingCount()", Ability.HANDLES) {
        @Override
        public Peer open(PeerOptions options) {
            return BareMap.asked();
        }
    },

    /** A {@code HashMap} under one lock. */
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

    /** Whether it is another's session manager, with timeouts: no floor. */
    public boolean isRival() {
        return !isRollcall() && can(Ability.TIMEOUTS);
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
