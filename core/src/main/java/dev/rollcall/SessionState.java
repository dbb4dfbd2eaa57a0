package dev.rollcall;

/**
 * The state word: everything about a session that changes by compare-and-set, packed in a
 * {@code long}. Pure functions; nobody else shifts its bits.
 *
 * <pre>
 * bit   63      ended: the word is negative
 * bit   62      detached (clear once ended)
 * bits  61..59  cause, an EndCause ordinal (zero unless ended)
 * bits  58..46  owner generation: claims so far, modulo 2^13
 * bits  45..0   time, in quanta since the manager was built:
 *               attached: last activity; detached: the instant of loss; ended: as before the end
 * </pre>
 *
 * The legal edges, each with its trigger. All but the first happen under the shard's lock.
 *
 * <pre>
 * ATTACHED -> ATTACHED  keepalive (time grows)
 * ATTACHED -> ATTACHED  claim (generation + 1, time grows)
 * ATTACHED -> DETACHED  transport gone, reclaim timeout not zero (time = instant of loss)
 * DETACHED -> ATTACHED  claim (generation + 1, time grows)
 * ATTACHED -> ENDED     destroy, destroy by admin, timeout, transport gone, transport closed,
 *                       shutdown
 * DETACHED -> ENDED     destroy, destroy by admin, reclaim timeout, shutdown
 * </pre>
 *
 * ENDED is absorbing. Time never moves back.
 */
final class SessionState {
    private static final long ENDED = 1L << 63;
    private static final long DETACHED = 1L << 62;
    private static final int CAUSE_SHIFT = 59;
    private static final int GENERATION_SHIFT = 46;
    private static final long GENERATION_ONE = 1L << GENERATION_SHIFT;
    private static final long GENERATION_MASK = ((1L << (CAUSE_SHIFT - GENERATION_SHIFT)) - 1) << GENERATION_SHIFT;
    private static final long TIME_MASK = GENERATION_ONE - 1;

    private SessionState() {}

    static long attached(long time) {
        return time;
    }

    static boolean isEnded(long word) {
        return word < 0;
    }

    static boolean isAttached(long word) {
        return word >>> 62 == 0;
    }

    static boolean isDetached(long word) {
        return word >>> 62 == 1;
    }

    static SessionPhase phase(long word) {
        return isEnded(word) ? SessionPhase.ENDED : isDetached(word) ? SessionPhase.DETACHED : SessionPhase.ATTACHED;
    }

    /** The cause of an ended word. */
    static EndCause cause(long word) {
        return EndCause.of((int) (word >>> CAUSE_SHIFT) & 7);
    }

    static int generation(long word) {
        return (int) ((word & GENERATION_MASK) >>> GENERATION_SHIFT);
    }

    /** Whether phase and owner are the same and were so all the while between the two readings. */
    static boolean sameOwnership(long word, long other) {
        return ((word ^ other) & ~TIME_MASK) == 0;
    }

    static long time(long word) {
        return word & TIME_MASK;
    }

    /** Keepalive. For {@code time >= time(word)}. */
    static long active(long word, long time) {
        return (word & ~TIME_MASK) | time;
    }

    static long claimed(long word, long time) {
        long generation = word + GENERATION_ONE & GENERATION_MASK;
        return generation | Math.max(time(word), time);
    }

    static long detached(long word, long lossTime) {
        return (word & GENERATION_MASK) | DETACHED | Math.max(time(word), lossTime);
    }

    static long ended(long word, EndCause cause) {
        return (word & (GENERATION_MASK | TIME_MASK)) | ENDED | (long) cause.ordinal() << CAUSE_SHIFT;
    }

    /** {@code ATTACHED}, {@code DETACHED} or {@code ENDED/cause}, as error messages show it. */
    static String toString(long word) {
        return isEnded(word) ? "ENDED/" + cause(word) : phase(word).name();
    }
}
