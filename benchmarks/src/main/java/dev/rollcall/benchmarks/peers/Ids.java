package dev.rollcall.benchmarks.peers;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Ids for measurements: the same cheap source for every subject, so that none pays for better ones.
 */
public final class Ids {
    private static final int UNUSED_BITS = 11;

    private Ids() {}

    /** Random in 1 … 2<sup>53</sup>−1, from a generator per thread. */
    public static LongSupplier cheap() {
        return () -> Math.max(1, ThreadLocalRandom.current().nextLong() >>> UNUSED_BITS);
    }

    /** The same as a text, for peers whose ids are texts. */
    static String cheapText() {
        return Long.toHexString(cheap().getAsLong());
    }

    /** The same as a decimal numeral, for subjects of which some read it as a number. */
    static String cheapNumeral() {
        return Long.toString(cheap().getAsLong());
    }
}
