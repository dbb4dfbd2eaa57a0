package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.figures.Figures;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
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
 * What does the loss of a transport with one session cost, among many sessions of others?
 *
 * <p>The answer is the figure {@link #NANOS}, for each transport. One loss is much too short to be timed on
 * its own: an invocation loses as many transports as were opened before, off the clock. The peers have
 * no transports; the rival is Janus' shape, which scans.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
public class TransportGoneBenchmark extends MeasuredFork {
    /** The figure's name. */
    public static final String NANOS = "nanosPerTransport";

    /** So many that most shots come after the compilation. */
    private static final int BATCH = 10_000;

    private static final int BATCH_OF_SCANS = 2;

    @Param({"EXACT", "LOCKED_MAP"})
    private Subject subject;

    @Param({"1000", "1000000"})
    private int live;

    /** 0 is the manager's own choice. */
    @Param("0")
    private int shards;

    private Peer peer;
    private Peer.Owner[] lost;

    @Setup
    public void populate() {
        peer = subject.open(PeerOptions.sharded(shards));
        lost = new Peer.Owner[subject == Subject.LOCKED_MAP ? BATCH_OF_SCANS : BATCH];
        Peer.Client others = peer.connect("others", live);
        for (int seat = 0; seat < live; seat++) {
            others.create(seat);
        }
    }

    @Setup(Level.Iteration)
    public void connect() {
        for (int i = 0; i < lost.length; i++) {
            lost[i] = (Peer.Owner) peer.connect("lost", 1);
            lost[i].create(0);
        }
    }

    @Benchmark
    public void gone() {
        long begin = System.nanoTime();
        for (Peer.Owner owner : lost) {
            owner.gone();
        }
        Figures.note(NANOS, (System.nanoTime() - begin) / (double) lost.length, "ns");
    }

    @TearDown(Level.Iteration)
    public void check() {
        for (Peer.Owner owner : lost) {
            if (owner.keepAlive(0)) {
                throw new IllegalStateException("a session outlived its transport");
            }
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
