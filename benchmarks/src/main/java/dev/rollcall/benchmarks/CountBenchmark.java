package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.figures.Figures;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Jvm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
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
 * What does exactness cost those who create and destroy, while somebody reads the count?
 *
 * <p>The score is of all writers together; each replaces sessions of its own as fast as it can. One
 * more thread reads the count so many times a second ({@link PacedReader}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CountBenchmark extends MeasuredFork {
    /** As many reads as a thread can. */
    public static final int HOT_LOOP = Integer.MAX_VALUE;

    /** The figure of how long a read takes. */
    public static final String READ_NANOS = "readNanos";

    /** The figure of how many reads a second there were. */
    public static final String READS = "readsPerSecond";

    @Param({"EXACT", "ATOMIC", "ADDER", "TABLE", "NONE", "BARE_MAP", "MAPPING_COUNT", "EXACT_COUNTS"})
    private Subject subject;

    @Param("1000")
    private int live;

    /** 0 is the manager's own choice. */
    @Param("0")
    private int shards;

    @Param({"1", "100", "10000", "1000000", "" + HOT_LOOP})
    private int reads;

    private Peer peer;
    private PacedReader reader;
    private long expected;
    private long beginNanos;
    private long doneBefore;
    private long busyNanosBefore;

    /** One writer's sessions. */
    @State(Scope.Thread)
    public static class Writer {
        private static final boolean YIELDS = Jvm.isOfVirtualThreads();
        private static final int WRITES_BETWEEN_YIELDS = 64;

        private Slice slice;
        private int untilYield = WRITES_BETWEEN_YIELDS;

        @Setup
        public void populate(CountBenchmark benchmark, ThreadParams thread) {
            int size = benchmark.live / thread.getThreadCount();
            slice = new Slice(benchmark.peer.connect("benchmark", size), size, thread.getThreadIndex());
        }

        /** A virtual thread that never waited would keep its carrier, and most of them would never run. */
        private void yieldIfVirtual() {
            if (YIELDS && --untilYield == 0) {
                untilYield = WRITES_BETWEEN_YIELDS;
                Thread.yield();
            }
        }
    }

    @Setup
    public void open(BenchmarkParams run) {
        peer = subject.open(PeerOptions.sharded(shards));
        expected = (long) (live / run.getThreads()) * run.getThreads();
        reader = PacedReader.start(peer::count, reads);
    }

    @Setup(Level.Iteration)
    public void begin() {
        beginNanos = System.nanoTime();
        doneBefore = reader.done();
        busyNanosBefore = reader.busyNanos();
    }

    @TearDown(Level.Iteration)
    public void end() {
        long done = reader.done() - doneBefore;
        Figures.note(READS, done * 1e9 / (System.nanoTime() - beginNanos), "ops/s");
        if (done > 0) {
            Figures.note(READ_NANOS, (double) (reader.busyNanos() - busyNanosBefore) / done, "ns");
        }
    }

    /** At rest every way of counting is exact. */
    @TearDown
    public void close() throws InterruptedException {
        reader.stop();
        long count = peer.count();
        peer.close();
        if (count != expected) {
            throw new IllegalStateException(subject + " counts " + count + " sessions, but " + expected + " are live");
        }
    }

    @Benchmark
    public int write(Writer writer) {
        writer.yieldIfVirtual();
        return writer.slice.replaceOne();
    }
}
