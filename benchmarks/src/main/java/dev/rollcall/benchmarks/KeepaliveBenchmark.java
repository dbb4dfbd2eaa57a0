package dev.rollcall.benchmarks;

import dev.rollcall.Session;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.RollcallPeer;
import dev.rollcall.benchmarks.peers.Subject;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does a keepalive cost, by id and by handle?
 *
 * <p>The floors: {@link Subject#BARE_MAP} by id, {@link #nanoTime} by handle. Each thread keeps
 * random sessions of its own alive.
 *
 * <p>A keepalive that finds activity on record that is as late as its own clock reading, in the
 * state word's unit of time, writes nothing. With few sessions kept alive as fast as a thread can,
 * most do; in a real gateway few do. The rows that always write show what they cost then.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+UseParallelGC"})
public class KeepaliveBenchmark {
    /** Sessions that are known by id. */
    @State(Scope.Benchmark)
    public static class Identified {
        @Param({"EXACT", "EXACT_ALWAYS_WRITES", "BARE_MAP", "LOCKED_MAP"})
        private Subject subject;

        @Param({"1000", "1000000"})
        private int live;

        private Peer peer;

        @Setup
        public void open() {
            peer = subject.open(Subject.DEFAULT_SHARDS);
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
            slice = new Slice(sessions.peer, sessions.live / thread.getThreadCount(), thread.getThreadIndex());
        }
    }

    /** Sessions that are known by handle. */
    @State(Scope.Benchmark)
    public static class Handled {
        @Param({"EXACT", "EXACT_ALWAYS_WRITES"})
        private Subject subject;

        @Param({"1000", "1000000"})
        private int live;

        private RollcallPeer peer;

        @Setup
        public void open() {
            peer = (RollcallPeer) subject.open(Subject.DEFAULT_SHARDS);
        }

        @TearDown
        public void close() {
            peer.close();
        }
    }

    /** One thread's handles. */
    @State(Scope.Thread)
    public static class Handles {
        private Session<?>[] handles;
        private SplittableRandom random;

        @Setup
        public void populate(Handled sessions, ThreadParams thread) {
            RollcallPeer.RollcallClient client = sessions.peer.connect("benchmark-" + thread.getThreadIndex());
            handles = new Session<?>[sessions.live / thread.getThreadCount()];
            for (int i = 0; i < handles.length; i++) {
                handles[i] = client.createHandle();
            }
            random = new SplittableRandom(thread.getThreadIndex());
        }
    }

    @Benchmark
    public boolean byId(Ids ids) {
        if (!ids.slice.client().keepAlive(ids.slice.randomId())) {
            throw new IllegalStateException("a live session was not kept alive");
        }
        return true;
    }

    @Benchmark
    public boolean byHandle(Handles sessions) {
        Session<?> session = sessions.handles[sessions.random.nextInt(sessions.handles.length)];
        if (!session.keepAlive()) {
            throw new IllegalStateException("a live session was not kept alive");
        }
        return true;
    }

    /** The floor by handle: reading the clock. */
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
