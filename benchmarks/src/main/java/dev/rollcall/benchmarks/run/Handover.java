package dev.rollcall.benchmarks.run;

/**
 * How long a cache line takes from one processor to another. A virtual machine's processors are
 * moved about by its host: some 25 ns where they share a cache, 200 ns where they do not, which
 * makes whatever threads share two to three times as slow.
 */
final class Handover {
    private static final int ROUNDS = 10;
    private static final int RETURNS = 2_000;

    /** Longer than a line takes: the other thread is not running. */
    private static final int SPINS = 1 << 14;

    private static final int HERE = 0;
    private static final int THERE = 1;

    private volatile int place = HERE;

    private Handover() {}

    /** The least of several rounds, in nanoseconds; takes some milliseconds on a machine that is idle. */
    static double nanos() {
        Handover line = new Handover();
        Thread other = new Thread(() -> {
            for (int i = 0; i < ROUNDS * RETURNS; i++) {
                line.await(THERE);
                line.place = HERE;
            }
        });
        other.start();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < RETURNS; i++) {
                line.place = THERE;
                line.await(HERE);
            }
            least = Math.min(least, System.nanoTime() - begin);
        }
        return least / (2.0 * RETURNS);
    }

    @SuppressWarnings("ThreadPriorityCheck") // or two threads on one processor would take a time slice for each
    private void await(int wanted) {
        for (int spins = 0; place != wanted; spins++) {
            if (spins >= SPINS) {
                Thread.yield();
            }
        }
    }
}
