package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does a keepalive cost, by id and by handle?
 *
 * <p>The baselines are a {@code get} and a volatile write of {@code nanoTime}; by handle, without the
 * {@code get}. Each thread keeps random sessions of its own alive.
 *
 * <p>A keepalive that finds activity on record that is as late as its own clock reading, in the
 * state word's unit of time, writes nothing. With few sessions kept alive as fast as a thread can,
 * most do; in a real gateway few do. So there are two baselines: {@link Subject#BARE_MAP_SKIPS} skips
 * the write under the same condition, and {@link Subject#BARE_MAP} writes each time, as {@link
 * Subject#EXACT_ALWAYS_WRITES} does.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeepaliveBenchmark extends MeasuredFork {
    /** Sessions that are known by id. */
    @State(Scope.Benchmark)
    public static class Identified {
        @Param({
            "EXACT",
            "EXACT_ALWAYS_WRITES",
            "EXACT_COARSE",
            "BARE_MAP",
            "BARE_MAP_SKIPS",
            "STRIPED_MAP",
            "LOCKED_MAP",
            "CAFFEINE",
            "TOMCAT",
            "VERTX",
            "JETTY",
            "NETTY_WHEEL"
        })
        private Subject subject;

        @Param({"1000", "1000000"})
        private int live;

        private Peer peer;

        @Setup
        public void open() {
            peer = subject.open(PeerOptions.usual());
        }

        @TearDown
        public void close() {
            peer.close();
        }
    }

    /** One thread's ids. */
    @State(Scope.Thread)
    public static class Ids {
        private Slice slice;

        @Setup
        public void populate(Identified sessions, ThreadParams thread) {
            int size = sessions.live / thread.getThreadCount();
            slice = new Slice(sessions.peer.connect("benchmark", size), size, thread.getThreadIndex());
        }
    }

    /** Sessions that are known by handle. */
    @State(Scope.Benchmark)
    public static class Handled {
        @Param({"EXACT", "EXACT_ALWAYS_WRITES", "EXACT_COARSE", "BARE_MAP", "BARE_MAP_SKIPS", "TOMCAT", "VERTX"})
        private Subject subject;

        @Param({"1000", "1000000"})
        private int live;

        private Peer peer;

        @Setup
        public void open() {
            peer = subject.open(PeerOptions.usual());
        }

        @TearDown
        public void close() {
            peer.close();
        }
    }

    /** One thread's handles. */
    @State(Scope.Thread)
    public static class Handles {
        private Slice slice;

        @Setup
        public void populate(Handled sessions, ThreadParams thread) {
            int size = sessions.live / thread.getThreadCount();
            slice = new Slice(sessions.peer.connectByHandle("benchmark", size), size, thread.getThreadIndex());
        }
    }

    @Benchmark
    public int byId(Ids ids) {
        return ids.slice.keepOneAlive();
    }

    @Benchmark
    public int byHandle(Handles sessions) {
        return sessions.slice.keepOneAlive();
    }
}
