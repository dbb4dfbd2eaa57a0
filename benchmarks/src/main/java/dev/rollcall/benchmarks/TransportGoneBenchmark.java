package dev.rollcall.benchmarks;

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
 * What does the loss of a transport with one session cost, among many sessions of others?
 *
 * <p>The peers have no transports; the rival is Janus' shape, which scans. Each loss is timed on its
 * own, two readings of the clock included; connecting and creating are not timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn2g", "-XX:+UseParallelGC"})
public class TransportGoneBenchmark {
    @Param({"EXACT", "LOCKED_MAP"})
    private Subject subject;

    @Param({"1000", "1000000"})
    private int live;

    private Peer peer;
    private Peer.Owner lost;

    @Setup
    public void populate() {
        peer = subject.open(PeerOptions.usual());
        Peer.Client others = peer.connect("others", live);
        for (int seat = 0; seat < live; seat++) {
            others.create(seat);
        }
    }

    @Setup(Level.Invocation)
    public void connect() {
        lost = (Peer.Owner) peer.connect("lost", 1);
        lost.create(0);
    }

    @Benchmark
    public void gone() {
        lost.gone();
    }

    @TearDown(Level.Invocation)
    public void check() {
        if (lost.keepAlive(0)) {
            throw new IllegalStateException("a session outlived its transport");
        }
    }

    @TearDown
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != live) {
            throw new IllegalStateException(subject + " counts " + count + " sessions, but " + live + " are live");
        }
    }
}
