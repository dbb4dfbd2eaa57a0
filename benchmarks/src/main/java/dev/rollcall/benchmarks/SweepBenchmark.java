package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.PeerTime;
import dev.rollcall.benchmarks.peers.Subject;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * What does a sweep cost that ends nothing?
 *
 * <p>{@link #nothingDue}: no timer has come. A tick passes before each sweep where time passes by
 * hand. {@link #everythingKeptAlive}: the timer of every session has come, but each was kept alive
 * meanwhile, so the sweep looks at every session and sets its timer anew. Netty's wheel is absent:
 * its thread cannot be driven tick by tick.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SweepBenchmark extends MeasuredFork {
    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration TICK = Duration.ofMillis(100);

    @Param({"EXACT", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "JETTY"})
    private Subject subject;

    @Param({"1000", "1000000"})
    private int live;

    private final PeerOptions options = PeerOptions.timed(LONG);
    private Peer peer;
    private Peer.Client client;

    @Setup
    public void populate() {
        peer = subject.open(options);
        client = peer.connect("benchmark", live);
        for (int seat = 0; seat < live; seat++) {
            client.create(seat);
        }
    }

    /**
     * Time passes so that all timers come, and each session is kept alive once before that, in random
     * order and at instants that are spread evenly. The sweep then has nothing to end. Peers on the
     * system's time cannot be driven like this: nothing is due to them.
     */
    @State(Scope.Benchmark)
    public static class KeptAlive {
        /** At how many instants; more would cost the set-up more than the keepalives do. */
        private static final int INSTANTS = 256;

        /**
         * A quarter of the timeout. Three of these pass for each sweep: one before the keepalives, one
         * over which they are spread, and one after them. So a session is idle for three quarters of
         * its timeout, and all timers that the keepalives before the latest sweep set have come.
         */
        private static final Duration QUARTER = LONG.dividedBy(4);

        /** So that the last of those timers has come for certain. */
        private static final Duration MARGIN = TICK.multipliedBy(2);

        private int[] seats;

        /** Random, and the same in each run. */
        @Setup
        public void shuffle(SweepBenchmark benchmark) {
            seats = IntStream.range(0, benchmark.live).toArray();
            Random random = new Random(1);
            for (int i = seats.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int seat = seats[i];
                seats[i] = seats[other];
                seats[other] = seat;
            }
        }

        /** Ends when the timers of the former keepalives have all come, and those of the new ones not. */
        @Setup(Level.Invocation)
        public void keepAll(SweepBenchmark benchmark) {
            PeerTime time = benchmark.options.time();
            time.advance(QUARTER.minus(MARGIN));
            int done = 0;
            for (int instant = 1; instant <= INSTANTS; instant++) {
                time.advance(QUARTER.dividedBy(INSTANTS));
                int until = (int) ((long) seats.length * instant / INSTANTS);
                for (; done < until; done++) {
                    if (!benchmark.client.keepAlive(seats[done])) {
                        throw new IllegalStateException("a session ended although it was kept alive");
                    }
                }
            }
            time.advance(QUARTER.plus(MARGIN));
        }
    }

    /** One invocation is one sweep of all sessions, set up anew each time. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 40)
    @Measurement(iterations = 40)
    public void everythingKeptAlive(KeptAlive all) {
        peer.sweep();
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
