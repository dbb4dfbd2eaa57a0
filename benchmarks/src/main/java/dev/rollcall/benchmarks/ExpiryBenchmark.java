package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
 * How long does it take to end sessions that are all due at once?
 *
 * <p>{@link Subject#LOCKED_MAP} has no timers: it scans, as it would if nothing were due.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class ExpiryBenchmark extends MeasuredFork {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** More than a tick later; Tomcat counts whole seconds. */
    private static final Duration LATER = Duration.ofMillis(1_200);

    @Param({"EXACT", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "NETTY_WHEEL"})
    private Subject subject;

    @Param("1000000")
    private int live;

    private Peer peer;

    /** The garbage of populating must not be collected on the clock. */
    @Setup(Level.Iteration)
    public void populate() {
        peer = subject.open(PeerOptions.timed(TIMEOUT));
        Peer.Client client = peer.connect("benchmark", live);
        for (int seat = 0; seat < live; seat++) {
            client.create(seat);
        }
        peer.advance(LATER);
        System.gc();
    }

    @Benchmark
    public void expireAll() {
        peer.sweep();
    }

    @TearDown(Level.Iteration)
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != 0) {
            throw new IllegalStateException(subject + " left " + count + " sessions that were due");
        }
    }
}
