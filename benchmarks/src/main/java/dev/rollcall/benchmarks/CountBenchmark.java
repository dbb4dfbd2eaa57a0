package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does reading the count cost, at rest and under churn, and what does it cost the writer?
 *
 * <p>One reader beside one writer that replaces random sessions. The floor for the writer is the
 * same writer beside a thread that reads a number of its own: that thread takes the second
 * processor all the same, but nothing of the manager's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn2g", "-XX:+UseParallelGC"})
public class CountBenchmark {
    /** The sessions that are counted. */
    @State(Scope.Benchmark)
    public static class Counted {
        @Param({"EXACT", "ATOMIC", "ADDER", "TABLE", "MAPPING_COUNT"})
        private Subject subject;

        @Param({"1000"})
        private int live;

        @Param({"8", "64"})
        private int shards;

        private Peer peer;
        private Slice slice;

        @Setup
        public void populate() {
            peer = subject.open(PeerOptions.sharded(shards));
            slice = new Slice(peer.connect("benchmark", live), live, 0);
        }

        /** At rest every strategy is exact. */
        @TearDown
        public void close() {
            long count = peer.count();
            peer.close();
            if (count != live) {
                throw new IllegalStateException(subject + " counts " + count + " sessions, but " + live + " are live");
            }
        }
    }

    /** A number that nobody writes. */
    @State(Scope.Thread)
    public static class OwnNumber {
        private final AtomicLong number = new AtomicLong();
    }

    @Benchmark
    public long atRest(Counted sessions) {
        return sessions.peer.count();
    }

    @Benchmark
    @Group("underChurn")
    @GroupThreads(1)
    public long read(Counted sessions) {
        return sessions.peer.count();
    }

    /** The slice is confined to this thread: the group has one writer. */
    @Benchmark
    @Group("underChurn")
    @GroupThreads(1)
    public int replaceWhileRead(Counted sessions) {
        return sessions.slice.replaceOne();
    }

    @Benchmark
    @Group("unread")
    @GroupThreads(1)
    public long readOwnNumber(OwnNumber own) {
        return own.number.get();
    }

    @Benchmark
    @Group("unread")
    @GroupThreads(1)
    public int replaceUnread(Counted sessions) {
        return sessions.slice.replaceOne();
    }
}
