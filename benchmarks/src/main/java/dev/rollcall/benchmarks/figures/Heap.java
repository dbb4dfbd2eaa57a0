package dev.rollcall.benchmarks.figures;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap's content. */
public final class Heap {
    private static final int COLLECTIONS = 3;
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private Heap() {}

    /** Bytes that are reachable, as far as full collections can tell. */
    public static long reachableBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
