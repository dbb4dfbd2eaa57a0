package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
 * How long do keepalives and creates take while many sessions expire?
 *
 * <p>One thread makes requests at a steady rate ({@link RequestLoad}), first with nothing due, then
 * while another thread ends all that is. The figures are the percentiles of both phases; what they
 * have in common is the machine's. The score, how long both phases took, answers nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn2g", "-XX:+UseParallelGC"})
public class LatencyBenchmark {
    /** The phase in which nothing is due. */
    public static final String QUIET = "quiet";

    /** The phase in which sessions expire. */
    public static final String EXPIRING = "expiring";

    /** In peers without a clock the sessions that are to stay must outlive the others' expiry. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** The sessions that are to stay are so much younger. */
    private static final Duration YOUNGER = Duration.ofSeconds(1);

    /** After that those that are to go are idle for the timeout and more than a tick. */
    private static final Duration UNTIL_EXPIRY = Duration.ofMillis(1_200);

    private static final long QUIET_NANOS = 200_000_000;
    private static final int MOST_BUSY = 10_000;

    @Param({"EXACT", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "NETTY_WHEEL"})
    private Subject subject;

    /** How many expire. */
    @Param("1000000")
    private int live;

    private Peer peer;
    private Slice busy;

    @Setup(Level.Iteration)
    public void populate() {
        peer = subject.open(PeerOptions.timed(TIMEOUT));
        Peer.Client idle = peer.connect("idle", live);
        for (int seat = 0; seat < live; seat++) {
            idle.create(seat);
        }
        System.gc();
        peer.advance(TIMEOUT.minus(YOUNGER));
        int size = Math.min(live, MOST_BUSY);
        busy = new Slice(peer.connect("busy", size + 1), size, 0);
    }

    @Benchmark
    public void requests() {
        RequestLoad quiet = new RequestLoad(busy);
        long start = System.nanoTime();
        quiet.run(() -> System.nanoTime() - start >= QUIET_NANOS);
        quiet.note(QUIET);

        peer.advance(UNTIL_EXPIRY);
        RequestLoad expiring = new RequestLoad(busy);
        CompletableFuture<Void> sweep =
                CompletableFuture.runAsync(peer::sweep, task -> new Thread(task, "sweep").start());
        expiring.run(sweep::isDone);
        sweep.join();
        expiring.note(EXPIRING);
    }

    @TearDown(Level.Iteration)
    public void close() {
        long count = peer.count();
        peer.close();
        if (count != busy.size()) {
            throw new IllegalStateException(
                    subject + " counts " + count + " sessions, but " + busy.size() + " are live");
        }
    }
}
