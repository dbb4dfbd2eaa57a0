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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does it cost to move a session to another transport?
 *
 * <p>A random one of the live sessions goes to the one of two transports that it is not on. The peers
 * have no transports; Janus' shape only notes the owner and pays when a transport is gone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClaimBenchmark extends MeasuredFork {
    @Param({"EXACT", "LOCKED_MAP"})
    private Subject subject;

    @Param({"1000", "1000000"})
    private int live;

    private Peer peer;

    /** One thread's sessions, and where they are. */
    @State(Scope.Thread)
    public static class Clients {
        private Slice slice;
        private Peer.Owner home;
        private Peer.Owner away;
        private boolean[] isAway;

        @Setup
        public void populate(ClaimBenchmark benchmark, ThreadParams thread) {
            int size = benchmark.live / thread.getThreadCount();
            home = (Peer.Owner) benchmark.peer.connect("home", size);
            away = (Peer.Owner) benchmark.peer.connect("away", 0);
            slice = new Slice(home, size, thread.getThreadIndex());
            isAway = new boolean[size];
        }

        private boolean claimOne() {
            int seat = slice.randomSeat();
            isAway[seat] = !isAway[seat];
            if (!home.claim(seat, isAway[seat] ? away : home)) {
                throw new IllegalStateException("a live session could not be claimed");
            }
            return isAway[seat];
        }
    }

    @Setup
    public void open() {
        peer = subject.open(PeerOptions.usual());
    }

    @TearDown
    public void close() {
        peer.close();
    }

    @Benchmark
    public boolean claim(Clients clients) {
        return clients.claimOne();
    }
}
