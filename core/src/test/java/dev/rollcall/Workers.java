package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of a test that start together and whose failures are the test's. */
final class Workers {
    private static final long PATIENCE_SECONDS = 60;

    private final List<Callable<?>> work = new ArrayList<>();

    /** Adds what one thread is to do. */
    Workers add(Callable<?> oneThread) {
        work.add(oneThread);
        return this;
    }

    /** Does all of it at once, each in a thread, and waits for the last. */
    void run() throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        List<FutureTask<?>> tasks = new ArrayList<>();
        for (Callable<?> oneThread : work) {
            tasks.add(start(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return oneThread.call();
            }));
        }
        for (FutureTask<?> task : tasks) {
            result(task);
        }
    }

    /** Starts one thread on its own. */
    static <T> FutureTask<T> start(Callable<T> work) {
        return start(work, new Thread[1]);
    }

    /** Starts one thread on its own and tells which. */
    static <T> FutureTask<T> start(Callable<T> work, Thread[] started) {
        FutureTask<T> task = new FutureTask<>(work);
        started[0] = new Thread(task, "worker");
        started[0].setDaemon(true);
        started[0].start();
        return task;
    }

    /** Waits for a thread's result; its failure is thrown as it was. */
    static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("a worker did not end", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("latch")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until a thread waits for something, with or without a time limit. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).as("%s is alive", thread.getName()).isTrue();
            Thread.onSpinWait();
        }
    }

    /** Waits until a thread has ended, which must not wait for anything before, nor spin for ever. */
    static void awaitEndWithoutWaiting(Thread thread) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (thread.isAlive()) {
            assertThat(System.nanoTime() - end)
                    .as("%s is alive too long, by ns", thread.getName())
                    .isNegative();
            assertThat(thread.getState())
                    .as("state of %s", thread.getName())
                    .isNotIn(Thread.State.WAITING, Thread.State.TIMED_WAITING);
            Thread.onSpinWait();
        }
    }
}
