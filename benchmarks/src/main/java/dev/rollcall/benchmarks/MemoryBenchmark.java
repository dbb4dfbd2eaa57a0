package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.figures.Figures;
import dev.rollcall.benchmarks.figures.Heap;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much heap does a live session take, all indexes and timers included?
 *
 * <p>The figure {@link #BYTES} is the answer: the growth of the heap after full collections, over
 * the number of sessions. What a user keeps, the id, is not counted: the seats are there before. The
 * score, how long populating and collecting took, answers nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class MemoryBenchmark extends MeasuredFork {
    /** The figure's name. */
    public static final String BYTES = "bytesPerSession";

    /** Sessions that share a transport, where there are transports. */
    @State(Scope.Benchmark)
    public static class Shared {
        @Param({"EXACT", "BARE_MAP", "STRIPED_MAP", "LOCKED_MAP", "CAFFEINE", "TOMCAT", "VERTX", "JETTY", "NETTY_WHEEL"
        })
        private Subject subject;

        @Param("1000000")
        private int live;
    }

    /** Sessions that have a transport each. */
    @State(Scope.Benchmark)
    public static class Alone {
        @Param("EXACT")
        private Subject subject;

        @Param("1000000")
        private int live;
    }

    @Benchmark
    public double sharedTransport(Shared sessions) {
        try (Peer peer = sessions.subject.open(PeerOptions.usual())) {
            Peer.Client client = peer.connect("benchmark", sessions.live);
            // Classes and whatever else comes with the first session.
            client.create(0);
            client.destroy(0);
            return grow(peer, sessions.live, client::create);
        }
    }

    /** The transport is part of what a session takes. */
    @Benchmark
    public double ownTransport(Alone sessions) {
        try (Peer peer = sessions.subject.open(PeerOptions.usual())) {
            Peer.Owner client = (Peer.Owner) peer.connect("benchmark", 1);
            client.create(0);
            client.gone();
            return grow(peer, sessions.live, unused -> peer.createAlone("alone"));
        }
    }

    private static double grow(Peer peer, int live, IntConsumer create) {
        long before = Heap.reachableBytes();
        double bytes;
        try {
            for (int seat = 0; seat < live; seat++) {
                create.accept(seat);
            }
            bytes = (double) (Heap.reachableBytes() - before) / live;
        } finally {
            // What the client keeps is in both readings.
            Reference.reachabilityFence(create);
        }
        if (peer.count() != live) {
            throw new IllegalStateException(peer.count() + " sessions are counted, but " + live + " are live");
        }
        Figures.note(BYTES, bytes, "B");
        return bytes;
    }
}
