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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does a session's life cost, and what does counting add to it?
 *
 * <p>The baselines are {@link Subject#NONE}, the same manager that counts nothing, {@link
 * Subject#BARE_MAP}, a map that is no session manager, and {@link Subject#STRIPED_MAP}, the fastest such
 * map that we could put together; the peers have timeouts. Ids come from one
 * cheap source for all. Each thread has a transport of its own. Everything goes by id, as in a
 * gateway: a destroy looks the session up.
 *
 * <p>Run with {@code -t 1} and {@code -t 2}; scores are of all threads together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LifecycleBenchmark extends MeasuredFork {
    @Param({
        "NONE",
        "EXACT",
        "ATOMIC",
        "ADDER",
        "TABLE",
        "ATOMIC_WITHOUT_TALLIES",
        "ADDER_WITHOUT_TALLIES",
        "EXACT_SECURE_IDS",
        "EXACT_COARSE",
        "BARE_MAP",
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
    private long expected;

    /** One thread's sessions. */
    @State(Scope.Thread)
    public static class Clients {
        private Slice slice;

        @Setup
        public void populate(LifecycleBenchmark benchmark, ThreadParams thread) {
            int size = benchmark.live / thread.getThreadCount();
            slice = new Slice(benchmark.peer.connect("benchmark", size + 1), size, thread.getThreadIndex());
        }
    }

    @Setup
    public void open(BenchmarkParams run) {
        peer = subject.open(PeerOptions.usual());
        long ofEachThread = live / run.getThreads();
        expected = ofEachThread * run.getThreads();
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

    /** A session that ends at once: its cache lines are still warm. */
    @Benchmark
    public boolean createDestroy(Clients clients) {
        Peer.Client client = clients.slice.client();
        int spareSeat = clients.slice.size();
        client.create(spareSeat);
        return client.destroy(spareSeat);
    }

    /**
     * A random one of the live sessions ends, a new one takes its place: its cache lines are cold.
     */
    @Benchmark
    public int replace(Clients clients) {
        return clients.slice.replaceOne();
    }
}
