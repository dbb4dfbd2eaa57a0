package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads, which may not leave their carriers everywhere. Where there are none, the same of threads. */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class CarriersTest {
    private static final List<String> ONE_CARRIER =
            List.of("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");

    private static final int THREADS = 64;
    private static final int ROUNDS = 200;

    private static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    private static Thread start(Runnable work) throws ReflectiveOperationException {
        if (hasVirtualThreads()) {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, work);
        }
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    @Test
    void isVirtualThread_threadOfEachKind_isRight() throws Exception {
        FutureTask<Boolean> asked = new FutureTask<>(Carriers::isVirtualThread);
        start(asked);
        assertThat(Workers.result(asked)).isEqualTo(hasVirtualThreads());
        assertThat(Carriers.isVirtualThread()).isFalse();
    }

    /** G1, G2, S1–S6: far more threads than carriers, of which every fourth is interrupted, count and end sessions. */
    @Test
    void churn_manyThreads_endsEachSessionOnce() throws Exception {
        Fixture fixture = Fixture.bare(builder -> builder.shards(4));
        Transport<String> stays = fixture.transport("stays");
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean isInterrupted = thread % 4 == 0;
            FutureTask<Void> task = new FutureTask<>(() -> churn(fixture, stays, isInterrupted), null);
            tasks.add(task);
            start(task);
        }
        for (FutureTask<Void> task : tasks) {
            Workers.result(task);
        }
        SessionCounts counts = fixture.manager.counts();
        assertThat(counts.live()).isZero();
        assertThat(counts.ended(EndCause.DESTROYED)).isEqualTo(THREADS * ROUNDS);
        assertThat(counts.ended(EndCause.TRANSPORT_CLOSED)).isEqualTo(THREADS * ROUNDS);
        fixture.assertConsistent();
        fixture.recorder.assertHistoriesAreLegal();
    }

    private static void churn(Fixture fixture, Transport<String> stays, boolean isInterrupted) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < ROUNDS; i++) {
            Transport<String> brief = fixture.transport("brief");
            Session<String> moved = fixture.manager.create(brief);
            Session<String> closed = fixture.manager.create(brief);
            assertThat(moved.claim(stays) && brief.close() && moved.destroy()).isTrue();
            assertThat(closed.destroy()).isFalse();
            SessionCounts counts = fixture.manager.counts();
            assertThat(counts.created() - counts.ended()).isEqualTo(counts.live());
            if (i % 64 == 0) {
                assertThat(fixture.manager.audit().isClean()).isTrue();
            }
        }
        assertThat(Thread.interrupted()).isEqualTo(isInterrupted);
    }

    /** A stack that does not fit into half a region of the heap cannot leave its carrier; yet no wait for a lock may fail. */
    @Test
    void destroy_waitsWithAStackTooDeepToLeaveTheCarrier_endsTheSession() throws Exception {
        List<String> smallRegions = List.of("-XX:+UseG1GC", "-XX:G1HeapRegionSize=1m", "-Xint");
        assertThat(ChildJvm.run(WaitOnADeepStack.class, smallRegions)).startsWith("true");
    }

    static final class WaitOnADeepStack {
        /** Frames of 150 bytes or more: 600 KB, which is more than half a region, and less than any thread's stack. */
        private static final int DEPTH = 4_000;

        /** How long to hold the lock, unless the other thread ends before. */
        private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

        private static volatile boolean hasEnded;

        private WaitOnADeepStack() {}

        public static void main(String[] arguments) throws Exception {
            ChildJvm.watch();
            SessionManager<String> manager =
                    SessionManager.<String>builder().callerSweeps().shards(1).build();
            Session<String> session = manager.create(manager.openTransport("ws"));
            long stamp = session.shard().writeLock();
            Thread thread = start(() -> hasEnded = destroy(session, DEPTH, 1, 2, 3, 4));
            long start = System.nanoTime();
            while (thread.isAlive() && System.nanoTime() - start < PATIENCE_NANOS) {
                Thread.onSpinWait();
            }
            session.shard().unlockWrite(stamp);
            thread.join();
            System.out.println(hasEnded && manager.counts().live() == 0);
        }

        private static boolean destroy(Session<String> session, int depth, long a, long b, long c, long d) {
            return depth == 0 ? session.destroy() : destroy(session, depth - 1, b, c, d, a + depth);
        }
    }

    /** The count holds what the other waits for, and would wait for the carrier that the other keeps. */
    @Test
    void counts_locksOneByOneBesideAThreadThatKeepsTheOnlyCarrier_returns() throws Exception {
        assertThat(ChildJvm.run(CountBesidePinnedThread.class, ONE_CARRIER)).startsWith("live=1");
    }

    static final class CountBesidePinnedThread {
        /** How long the main thread looks whether the other one has come to wait. */
        private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

        private static Session<String> first;
        private static volatile String counted = "";

        private CountBesidePinnedThread() {}

        /** A class is initialized by the virtual machine, whose frames a virtual thread cannot leave behind. */
        private static final class Initialized {
            static final boolean DESTROYED = first.destroy();

            private Initialized() {}
        }

        public static void main(String[] arguments) throws Exception {
            ChildJvm.watch();
            SessionManager<String> manager =
                    SessionManager.<String>builder().callerSweeps().shards(2).build();
            Transport<String> transport = manager.openTransport("ws");
            first = inShard(0, manager, transport);
            Session<String> second = inShard(1, manager, transport);
            long stamp = second.shard().writeLock();
            Thread count = start(() -> counted = manager.counts().toString());
            while (!first.shard().isReadLocked()) {
                Thread.onSpinWait();
            }
            Thread destroy = start(() -> {
                if (!Initialized.DESTROYED) {
                    throw new AssertionError("was not live");
                }
            });
            long start = System.nanoTime();
            while (first.shard().waiting() == 0 && System.nanoTime() - start < PATIENCE_NANOS) {
                Thread.onSpinWait();
            }
            second.shard().unlockWrite(stamp);
            count.join();
            destroy.join();
            System.out.println(manager.counts() + " after " + counted);
        }

        private static Session<String> inShard(int index, SessionManager<String> manager, Transport<String> transport) {
            while (true) {
                Session<String> session = manager.create(transport);
                if (session.shard().index == index) {
                    return session;
                }
                session.destroy();
            }
        }
    }
}
