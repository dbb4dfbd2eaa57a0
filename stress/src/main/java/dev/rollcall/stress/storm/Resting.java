package dev.rollcall.stress.storm;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the process takes while nothing happens.
 *
 * @param heapBytes after a collection
 */
record Resting(long heapBytes) {
    private static final int COLLECTIONS = 3;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static Resting now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            // What one collection finds unreachable another frees: cleaners and references take two.
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return new Resting(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** Those of the gateway and of the storm, but for the one that asks. */
    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.equals(Thread.currentThread()))
                .filter(thread -> isOurs(thread.getName()))
                .count();
    }

    private static boolean isOurs(String name) {
        return name.startsWith("gateway") || name.startsWith("storm") || name.equals("rollcall-sweeper-gateway");
    }
}
