package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A thread with an interrupt of the application's own, as those that close a socket with it. It is interrupted from the
 * beginning; whoever interrupts it within the work hears an exception.
 */
final class Overriding extends Thread {
    private final FutureTask<Void> work;
    private final BooleanSupplier[] locks;
    private final List<Boolean> wereLocked = new CopyOnWriteArrayList<>();

    Overriding(Runnable work, BooleanSupplier... locks) {
        super("overriding");
        this.work = new FutureTask<>(work, null);
        this.locks = locks;
        setDaemon(true);
    }

    @Override
    public void run() {
        super.interrupt();
        work.run();
    }

    @Override
    public void interrupt() {
        super.interrupt();
        wereLocked.add(Stream.of(locks).anyMatch(BooleanSupplier::getAsBoolean));
        throw new IllegalStateException("on purpose");
    }

    /** Waits until the work is done, which must not have noticed. */
    void assertInterruptedOnceWithoutALock() throws Exception {
        Workers.result(work);
        assertThat(wereLocked).containsExactly(false);
    }
}
