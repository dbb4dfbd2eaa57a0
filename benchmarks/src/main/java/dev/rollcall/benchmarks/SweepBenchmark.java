package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.time.Duration;
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

/**
 * What does a sweep cost that finds nothing due?
 *
 * <p>A tick passes before each sweep where time passes by hand, so that it has a tick's worth of
 * timers to look at. Netty's wheel is absent: its thread cannot be driven tick by tick.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn2g", "-XX:+UseParallelGC"})
public class SweepBenchmark {
    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration TICK = Duration.ofMillis(100);

    @Param({"EXACT", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "JETTY"})
    private Subject subject;

    @Param({"1000", "1000000"})
    private int live;

    private final PeerOptions options = PeerOptions.timed(LONG);
    private Peer peer;

    @Setup
    public void populate() {
        peer = subject.open(options);
        Peer.Client client = peer.connect("benchmark", live);
        for (int seat = 0; seat < live; seat++) {
            client.create(seat);
        }
    }

    @TearDown
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != live) {
            throw new IllegalStateException(
                    subject + " counts " + count + " sessions, but none of " + live + " was due");
        }
    }

    @Benchmark
    public void nothingDue() {
        options.time().advance(TICK);
        peer.sweep();
    }
}
