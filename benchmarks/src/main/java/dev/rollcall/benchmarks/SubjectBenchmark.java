package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.CheckedPeer;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does each session manager cost whose promises the stress module's {@code check} judges?
 *
 * <p>Every one is called through the adapter that is put through the races ({@link CheckedPeer}), so that costs and
 * promises are those of the same code. The baseline is the map with a counter. What users of Rollcall pay without an
 * adapter is {@link LifecycleBenchmark}'s question.
 *
 * <p>{@code -p subject=com.example.YourAdapter} measures an adapter of one's own on the class path; its sessions have to
 * outlive the measurement.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SubjectBenchmark extends MeasuredFork {
    /** All that come with the suite. */
    @Param({
        "rollcall",
        "rollcall-atomic",
        "rollcall-adder",
        "rollcall-table",
        "map-atomic",
        "map-adder",
        "map-size",
        "janus-1-3-0",
        "janus-published-fix",
        "janus-1-4",
        "caffeine",
        "tomcat",
        "jetty",
        "vertx",
        "netty",
        "undertow",
        "spring-session"
    })
    private String subject;

    @Param("1000")
    private int live;

    private CheckedPeer peer;
    private long expected;

    /** One thread's sessions. */
    @State(Scope.Thread)
    public static class Clients {
        private Slice slice;

        @Setup
        public void populate(SubjectBenchmark benchmark, ThreadParams thread) {
            int size = benchmark.live / thread.getThreadCount();
            slice = new Slice(benchmark.peer.connect("benchmark", size), size, thread.getThreadIndex());
        }
    }

    @Setup
    public void open(BenchmarkParams run) {
        peer = CheckedPeer.named(subject);
        expected = (long) (live / run.getThreads()) * run.getThreads();
    }

    /** What was measured must have been work. */
    @TearDown
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != expected) {
            throw new IllegalStateException(subject + " counts " + count + " sessions, but " + expected + " are live");
        }
    }

    /** A random one of the live sessions ends, a new one takes its place. */
    @Benchmark
    public int replace(Clients clients) {
        return clients.slice.replaceOne();
    }

    /** A random one of the live sessions is kept alive. */
    @Benchmark
    public int keepAlive(Clients clients) {
        return clients.slice.keepOneAlive();
    }

    /** The count is read, and nothing moves. */
    @Benchmark
    public long count(Clients clients) {
        return peer.count();
    }
}
