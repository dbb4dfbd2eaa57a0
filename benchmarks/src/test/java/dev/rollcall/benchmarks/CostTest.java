package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rollcall.SessionManager;
import dev.rollcall.benchmarks.figures.Heap;
import dev.rollcall.benchmarks.peers.Ids;
import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * The costs that do not depend on the machine: garbage per operation and heap per session. Both are
 * counted, not timed, so a bound that is exceeded is a defect and not noise.
 */
class CostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OPERATIONS = 100_000;
    private static final int PASSES = 5;
    private static final int LIVE = 1_000;
    private static final int MANY_LIVE = 200_000;

    /**
     * A number of its own, for the default goes by the machine's processors, and the last segments of each shard are part
     * empty: with eight at most a byte a session, however the ids fall.
     */
    private static final int SHARDS = 8;

    /** No more than an entry of a plain {@code HashMap} takes with compact object headers. */
    private static final double MOST_BYTES_PER_SESSION = 72;

    /** Of a session alone on its transport, with the transport. */
    private static final double MOST_BYTES_ALONE = 120;

    /** The session itself and nothing else. */
    private static final double MOST_GARBAGE_PER_LIFE = 56;

    @Test
    void keepAlive_byId_allocatesNothing() {
        try (Peer peer = Subject.EXACT_ALWAYS_WRITES.open(PeerOptions.usual())) {
            Peer.Client client = populated(peer.connect("test", LIVE), LIVE);

            assertThat(allocated(seat -> client.keepAlive(seat))).isZero();
        }
    }

    @Test
    void keepAlive_byHandle_allocatesNothing() {
        try (Peer peer = Subject.EXACT_ALWAYS_WRITES.open(PeerOptions.usual())) {
            Peer.Client client = populated(peer.connectByHandle("test", LIVE), LIVE);

            assertThat(allocated(seat -> client.keepAlive(seat))).isZero();
        }
    }

    /** In one shard, for one of several can come to hold more sessions than ever before and grow. */
    @Test
    void createAndDestroy_allocateTheSessionOnly() {
        try (Peer peer = Subject.EXACT.open(PeerOptions.sharded(1))) {
            Peer.Client client = populated(peer.connect("test", LIVE), LIVE);
            IntConsumer replace = seat -> {
                client.destroy(seat);
                client.create(seat);
            };

            assertThat((double) allocated(replace) / OPERATIONS).isBetween(1.0, MOST_GARBAGE_PER_LIFE);
        }
    }

    /** At two sizes, for what grows in steps is emptiest just after one. */
    @Test
    void session_withAllIndexesAndTimer_takesLessThanTheSmallestPeer() {
        assertThat(bytesPerSession(Subject.EXACT, MANY_LIVE)).isBetween(1.0, MOST_BYTES_PER_SESSION);
        assertThat(bytesPerSession(Subject.EXACT, (1 << 18) + (1 << 16))).isBetween(1.0, MOST_BYTES_PER_SESSION);
    }

    /** A WebSocket gateway has one session a socket. */
    @Test
    void session_aloneOnItsTransport_takesLittleMore() {
        Object[] transports = new Object[MANY_LIVE];
        try (SessionManager<Void> manager = SessionManager.<Void>builder()
                .idSource(Ids.cheap())
                .callerSweeps()
                .shards(SHARDS)
                .build()) {
            manager.connect("test", null);
            long before = Heap.reachableBytes();
            for (int i = 0; i < MANY_LIVE; i++) {
                transports[i] = manager.connect("test", null).transport();
            }
            double grown = Heap.reachableBytes() - before;
            assertThat(manager.counts().live()).isEqualTo(transports.length + 1);
            assertThat(grown / MANY_LIVE).isBetween(1.0, MOST_BYTES_ALONE);
        }
    }

    /** The control: what measures the promise would see it broken. */
    @Test
    void session_ofALargerPeer_exceedsTheBound() {
        assertThat(bytesPerSession(Subject.TOMCAT, MANY_LIVE)).isGreaterThan(MOST_BYTES_PER_SESSION);
    }

    private static double bytesPerSession(Subject subject, int sessions) {
        try (Peer peer = subject.open(PeerOptions.sharded(SHARDS))) {
            Peer.Client client = populated(peer.connect("test", sessions), 1);
            try {
                long before = Heap.reachableBytes();
                for (int seat = 1; seat < sessions; seat++) {
                    client.create(seat);
                }
                double grown = Heap.reachableBytes() - before;
                assertThat(peer.count()).isEqualTo(sessions);
                return grown / (sessions - 1);
            } finally {
                // What the client keeps is in both readings.
                Reference.reachabilityFence(client);
            }
        }
    }

    /**
     * Bytes that this thread allocates in so many operations, once everything has been done before. The least of several
     * passes, for a thread that requests a compilation may allocate constants for it.
     */
    private static long allocated(IntConsumer operation) {
        repeat(operation);
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(operation);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void repeat(IntConsumer operation) {
        for (int i = 0; i < OPERATIONS; i++) {
            operation.accept(i % LIVE);
        }
    }

    private static Peer.Client populated(Peer.Client client, int sessions) {
        for (int seat = 0; seat < sessions; seat++) {
            client.create(seat);
        }
        return client;
    }
}
