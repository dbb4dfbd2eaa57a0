package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.figures.Figures;
import dev.rollcall.benchmarks.figures.Heap;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * How much heap does a live session take, all indexes and timers included?
 *
 * <p>The figure {@link #BYTES} is the answer: the growth of the heap after full collections, over
 * the number of sessions. What a user keeps, the id, is not counted: the seats are there before. The
 * score, how long populating and collecting took, answers nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn2g", "-XX:+UseParallelGC"})
public class MemoryBenchmark {
    /** The figure's name. */
    public static final String BYTES = "bytesPerSession";

    @Param({"EXACT", "BARE_MAP", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "JETTY", "NETTY_WHEEL"})
    private Subject subject;

    @Param("1000000")
    private int live;

    private Peer peer;
    private Peer.Client client;

    @Setup(Level.Iteration)
    public void open() {
        peer = subject.open(PeerOptions.usual());
        client = peer.connect("benchmark", live);
        // Classes and whatever else comes with the first session.
        client.create(0);
        client.destroy(0);
    }

    @Benchmark
    public long populate() {
        long before = Heap.reachableBytes();
        for (int seat = 0; seat < live; seat++) {
            client.create(seat);
        }
        long grown = Heap.reachableBytes() - before;
        Figures.note(BYTES, (double) grown / live, "B");
        return grown;
    }

    @TearDown(Level.Iteration)
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != live) {
            throw new IllegalStateException(subject + " counts " + count + " sessions, but " + live + " are live");
        }
    }
}
