package dev.rollcall.benchmarks.peers;

import dev.rollcall.BenchmarkAccess;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.count.CounterStrategy;
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
    NONE("no counting (floor)") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.TABLE, BenchmarkAccess::withoutTallies);
        }
    },

    /** The manager as users get it. */
    EXACT("exact (default)") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.EXACT, builder -> builder);
        }
    },

    /** An {@link java.util.concurrent.atomic.AtomicLong} instead of tallies. */
    ATOMIC("atomic") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.ATOMIC, BenchmarkAccess::withoutTallies);
        }
    },

    /** A {@link java.util.concurrent.atomic.LongAdder} instead of tallies. */
    ADDER("adder") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.ADDER, BenchmarkAccess::withoutTallies);
        }
    },

    /**
     * The tables' sizes instead of tallies. Create and destroy run the very code of {@link #NONE},
     * so the distance between those two rows is the noise of the run.
     */
    TABLE("table") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.TABLE, BenchmarkAccess::withoutTallies);
        }
    },

    /** The manager as users get it, with its default ids, from a cryptographic generator. */
    EXACT_SECURE_IDS("exact, secure ids") {
        @Override
        public Peer open(int shards) {
            return new RollcallPeer(sharded(SessionManager.builder(), shards));
        }
    },

    /** The manager on {@link BenchmarkAccess#fastTicker()}: every keepalive writes. */
    EXACT_ALWAYS_WRITES("exact, always writes") {
        @Override
        public Peer open(int shards) {
            return rollcall(shards, CounterStrategy.EXACT, builder -> builder.ticker(BenchmarkAccess.fastTicker()));
        }
    },

    /** A bare {@code ConcurrentHashMap} and an {@code AtomicLong}. */
    BARE_MAP("bare map + AtomicLong") {
        @Override
        public Peer open(int shards) {
            return BareMap.withNumber();
        }
    },

    /** A bare {@code ConcurrentHashMap}, asked for its {@code mappingCount()}. */
    MAPPING_COUNT("bare map.mappingCount()") {
        @Override
        public Peer open(int shards) {
            return BareMap.asked();
        }
    },

    /** A {@code HashMap} under one lock. */
    LOCKED_MAP("HashMap, one lock") {
        @Override
        public Peer open(int shards) {
            return new LockedMap();
        }
    };

    /** The manager's own choice. */
    public static final int DEFAULT_SHARDS = 0;

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    /** For tables and charts. */
    public String label() {
        return label;
    }

    /**
     * A new one without sessions.
     *
     * @param shards for the manager, or {@link #DEFAULT_SHARDS}; peers have none
     */
    public abstract Peer open(int shards);

    private static RollcallPeer rollcall(
            int shards, CounterStrategy strategy, UnaryOperator<SessionManagerBuilder<Void>> change) {
        SessionManagerBuilder<Void> builder =
                SessionManager.<Void>builder().counter(strategy).idSource(Ids.cheap());
        return new RollcallPeer(change.apply(sharded(builder, shards)));
    }

    private static SessionManagerBuilder<Void> sharded(SessionManagerBuilder<Void> builder, int shards) {
        return shards == DEFAULT_SHARDS ? builder : builder.shards(shards);
    }
}
