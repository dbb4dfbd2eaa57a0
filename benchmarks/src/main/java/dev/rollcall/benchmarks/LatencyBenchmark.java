package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
 * How long do keepalives and creates take while a sweep has much to do?
 *
 * <p>One thread makes requests at a steady rate ({@link RequestLoad}). Another one spins for a while and then
 * sweeps, so that both phases keep the same two processors busy. It begins to sweep only when the last request of
 * the first phase has been answered: no request that waits for the sweep counts as one before it. The first phase is
 * as long as the sweep of the turn before, for a high percentile of fewer requests is another one.
 *
 * <p>The sweep ends a million sessions, or it
 * finds that all their timers have come but that all were kept alive. The figures are percentiles over all
 * phases of either kind, and medians over these phases: of each one's percentile, and of what the longest create took. What
 * both kinds have in common is the machine's. The score, how long it all took, answers nothing.
 *
 * <p>It is one thread that spins and then sweeps, without a pause: one that has just been started may have
 * to share the processor of the requesting thread for some time slices, although the second processor is idle.
 *
 * <p>Only of peers that take a clock: the others would have to wait for their timeouts in each turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class LatencyBenchmark extends MeasuredFork {
    /** The figure of a slow create with nothing to sweep. */
    public static final String IDLE = "before.create.p99.9";

    /** The figure of a slow create beside a sweep. */
    public static final String BESIDE_SWEEP = "beside.create.p99.9";

    /** The same with nothing to sweep, of each phase; the median over phases. */
    public static final String OF_IDLE_PHASES = "before.create.of-runs.p99.9";

    /** The same beside a sweep, of each sweep; the median over sweeps. */
    public static final String OF_SWEEPS = "beside.create.of-runs.p99.9";

    /** The longest create beside a sweep, without what it waited behind earlier requests; the median over sweeps. */
    public static final String LONGEST_BESIDE_SWEEP = "beside.create.alone.longest";

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** How long before the busy sessions' keepalives those were created that are to end. */
    private static final Duration OLDER = Duration.ofSeconds(5);

    /** How long after a sweep all sessions are kept alive that are to stay. */
    private static final Duration REST = Duration.ofSeconds(3);

    /** From the keepalives to the sweep: the timers of former keepalives have come by then, and no others. */
    private static final Duration UNTIL_SWEEP = Duration.ofSeconds(4);

    /** For so long the two threads find processors of their own. */
    private static final long SETTLING_NANOS = 100_000_000;

    private static final int MOST_BUSY = 10_000;

    @Param({"EXACT", "LOCKED_MAP", "CAFFEINE"})
    private Subject subject;

    /** How many are swept. */
    @Param("1000000")
    private int live;

    /** Whether the sweep ends them. */
    @Param({"true", "false"})
    private boolean due;

    /**
     * How often, not counting the first times, by which everything is compiled. The more, the less a
     * single time slice that another thread took decides a percentile.
     */
    @Param("30")
    private int sweeps;

    /** So many before that little is left to compile: a compiler that wants a processor takes it for milliseconds. */
    @Param("20")
    private int warmUps;

    private ExecutorService other;
    private long sweepNanos;

    @Setup
    public void startOther() {
        other = Executors.newSingleThreadExecutor(task -> new Thread(task, "beside"));
    }

    @TearDown
    public void stopOther() {
        other.shutdown();
    }

    @Benchmark
    public void requests() {
        try (Peer peer = subject.open(PeerOptions.timed(TIMEOUT))) {
            int size = Math.min(live, MOST_BUSY);
            Slice busy = new Slice(peer.connect("busy", size + 1), size, 0);
            Slice swept = new Slice(peer.connect("swept", live), live, 0);
            RequestLoad unused = new RequestLoad(busy);
            for (int i = 0; i < warmUps; i++) {
                turn(peer, busy, swept, unused, unused, unused);
            }
            RequestLoad before = new RequestLoad(busy);
            RequestLoad beside = new RequestLoad(busy);
            for (int i = 0; i < sweeps; i++) {
                turn(peer, busy, swept, unused, before, beside);
            }
            before.note("before");
            beside.note("beside");
        }
    }

    /** Begins and ends with all sessions live that are to be swept. */
    void turn(Peer peer, Slice busy, Slice swept, RequestLoad settling, RequestLoad before, RequestLoad beside) {
        peer.advance(due ? OLDER : REST);
        busy.keepAllAlive();
        if (!due) {
            swept.keepAllAlive();
        }
        System.gc();
        AtomicBoolean isIdleOver = new AtomicBoolean();
        CompletableFuture<Void> sweep = CompletableFuture.runAsync(
                () -> {
                    while (!isIdleOver.get()) {
                        Thread.onSpinWait();
                    }
                    peer.advance(UNTIL_SWEEP);
                    peer.sweep();
                },
                other);
        settling.run(isOverAfter(SETTLING_NANOS));
        before.run(isOverAfter(sweepNanos));
        isIdleOver.set(true);
        long start = System.nanoTime();
        beside.run(sweep::isDone);
        sweepNanos = System.nanoTime() - start;
        sweep.join();
        int left = busy.size() + (due ? 0 : live);
        if (peer.count() != left) {
            throw new IllegalStateException(
                    subject + " counts " + peer.count() + " sessions, but " + left + " are live");
        }
        busy.keepAllAlive();
        if (due) {
            swept.createAll();
        }
    }

    private static BooleanSupplier isOverAfter(long nanos) {
        long end = System.nanoTime() + nanos;
        return () -> System.nanoTime() - end >= 0;
    }
}
