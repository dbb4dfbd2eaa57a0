package dev.rollcall.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits for threads to end, and tells where they stand, for a report that one of them does not move. */
final class Threads {
    private Threads() {}

    /** Whether all of them have ended in time. */
    static boolean end(List<Thread> threads, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            // Zero would mean for ever.
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** The stacks of the threads whose names begin so. */
    static String dump(String prefix) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (thread.getKey().getName().startsWith(prefix)) {
                text.append(thread.getKey()).append('\n');
                for (StackTraceElement frame : thread.getValue()) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
        }
        return text.toString();
    }
}
