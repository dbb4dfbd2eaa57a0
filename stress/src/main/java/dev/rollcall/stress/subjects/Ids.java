package dev.rollcall.stress.subjects;

import java.util.concurrent.ThreadLocalRandom;

/** Ids for managers that have no source of their own, or one that is too slow for a race. */
final class Ids {
    private static final int UNUSED_BITS = 11;

    private Ids() {}

    /** Random, from a generator per thread. */
    static String next() {
        return Long.toString(Math.max(1_000, ThreadLocalRandom.current().nextLong() >>> UNUSED_BITS));
    }
}
