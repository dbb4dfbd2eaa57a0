package dev.rollcall.slots;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A hierarchical timing wheel over slots: files a slot under a tick and hands it out once that tick
 * has come. Filing and handing out are O(1), and advancing over time without slots is O(levels). It
 * has no clock and no thread of its own. Not thread-safe: callers hold the shard's lock.
 *
 * <p>Source: G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme 7,
 * with an occupancy word per level instead of ticking through empty buckets.
 */
public final class TimingWheel {
    /*
     * Overview. Eight levels of 64 buckets. A tick is a number of eight digits in base 64. A slot is
     * filed at the level of the highest digit in which its tick differs from `elapsed`, in the
     * bucket of that digit:
     *
     *     elapsed   … 0 12 40          tick … 0 12 51 -> level 0, bucket 51
     *                                  tick … 0 13  7 -> level 1, bucket 13
     *
     * advance(now):
     *     loop
     *         hand out what is in DUE, until the budget is spent
     *         b = lowest occupied bucket of the lowest occupied level
     *         if b's first tick > now: elapsed = now; stop
     *         elapsed = b's first tick; b's list becomes DUE as a whole, which changes one link
     *
     * The promise is one-sided: a slot is handed out no later than at the tick that was asked for. It
     * may be handed out too early; the visitor, who knows the deadline, then files it again. This
     * saves work in three places. There is no cascade from higher levels to lower ones: a slot of a
     * high level is handed out and filed again at a lower level. A deadline that moves later costs
     * nothing. And a session that ends leaves its slot filed, since the session that gets the slot
     * next wants a later tick. So sessions that come and go without timing out, which are nearly all,
     * hardly touch the wheel.
     *
     * Invariants.
     * W1  The tick of every slot in a bucket is greater than elapsed: it has the same digits as
     *     elapsed above its level and a greater one at its level. So within a level the buckets are
     *     in order of time, and all of a level comes before all of a higher one: the lowest set bit
     *     of the lowest level that is not empty is the bucket that comes next.
     * W2  Bit b of occupied[l] is set iff heads[64 * l + b] is not NIL.
     * W3  The first slot of a list has prev == ~list, where list = 64 * level + bucket; a slot that
     *     is not filed has prev == NIL. (So a slot knows its list without a field for it.)
     * W4  elapsed never decreases. Moving it to any value short of the next occupied bucket's first
     *     tick keeps W1, since the two then share all digits above that bucket's level.
     * W5  A filed slot's TICK is the low 32 bits of its tick. The tick is at most FARTHEST ahead of
     *     elapsed. It is behind elapsed only if the slot is in DUE, and then by less than a call of
     *     advance moves. So the difference of their low bits tells which of two ticks within FARTHEST
     *     of elapsed comes first.
     * W6  nextTick is no later than the first tick of any occupied bucket, nor than elapsed while DUE
     *     is not empty. It is made exact whenever advance has nothing more to do.
     *
     * Nothing is allocated after construction, so filing cannot fail.
     */

    private static final VarHandle NEXT_TICK = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "nextTick", VarHandle.class, TimingWheel.class, long.class);

    private static final int BITS = 6;
    private static final int BUCKETS = 1 << BITS;
    private static final int LEVELS = 8;

    /** The number of the list of slots that are handed out next, whatever the time. */
    private static final int DUE = LEVELS * BUCKETS;

    /** The largest tick. */
    public static final long MAX_TICK = (1L << (LEVELS * BITS)) - 1;

    /** How far ahead a slot is filed at most. A slot with a later tick is handed out then, and filed again. */
    private static final long FARTHEST = 1L << 30;

    /** Told of each slot whose bucket has come. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A slot's bucket has come, perhaps because a former user of the slot had filed it. The slot
         * is no longer in the wheel. A visitor that finds it not due files it again, at a tick after
         * {@link TimingWheel#elapsed}.
         *
         * @param slot the slot
         */
        void due(int slot);
    }

    private final SlotLists lists;
    private int[] heads = new int[LEVELS * BUCKETS];
    private final long[] occupied = new long[LEVELS];
    private int due = SlotLists.NIL;
    private long elapsed;

    /** See {@link #nextTick}. Opaque, so that a reader without the lock sees it change. */
    private long nextTick = Long.MAX_VALUE;

    /**
     * An empty wheel at tick 0.
     *
     * @param lists where the links are kept, in family {@link SlotLists#TIMER}
     */
    public TimingWheel(SlotLists lists) {
        this.lists = lists;
    }

    /**
     * Makes sure that a slot is handed out by a tick. Does nothing if it is filed early enough.
     *
     * @param slot the slot
     * @param tick when it is due, at most {@link #MAX_TICK}; a tick that has passed already is due
     *     at the next {@link #advance}
     */
    public void file(int slot, long tick) {
        long by = withinReach(tick);
        int prev = lists.prev(SlotLists.TIMER, slot);
        if (prev != SlotLists.NIL) {
            if (lists.get(slot, SlotLists.TICK) - (int) by <= 0) {
                return;
            }
            if (prev < 0) {
                setHead(~prev, lists.next(SlotLists.TIMER, slot));
            }
            lists.unlink(SlotLists.TIMER, slot);
        }
        lists.set(slot, SlotLists.TICK, (int) by);
        push(slot, by);
    }

    private void push(int slot, long tick) {
        if (tick <= elapsed) {
            lists.push(SlotLists.TIMER, slot, due, ~DUE);
            due = slot;
            somethingToDoAt(elapsed);
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(tick ^ elapsed)) / BITS;
        int list = level * BUCKETS + digit(tick, level);
        lists.push(SlotLists.TIMER, slot, heads[list], ~list);
        heads[list] = slot;
        occupied[level] |= 1L << list;
        int shift = BITS * level;
        somethingToDoAt((tick >>> shift) << shift);
    }

    private void somethingToDoAt(long tick) {
        if (tick < nextTick) {
            NEXT_TICK.setOpaque(this, tick);
        }
    }

    /**
     * Whether a slot will be handed out by a tick.
     *
     * @param slot the slot
     * @param tick the tick
     * @return true if {@link #file} would do nothing
     */
    public boolean isFiledBy(int slot, long tick) {
        return lists.prev(SlotLists.TIMER, slot) != SlotLists.NIL
                && lists.get(slot, SlotLists.TICK) - (int) withinReach(tick) <= 0;
    }

    /** The tick under which a slot is filed: one that W5 allows. */
    private long withinReach(long tick) {
        return Math.max(elapsed, Math.min(tick, elapsed + FARTHEST));
    }

    /**
     * Moves time ahead and hands out what has come due, in order of ticks.
     *
     * @param now the tick that has come; one that has passed already moves nothing
     * @param budget the largest number of slots to hand out
     * @param visitor told of each
     * @return true if the budget was spent: there may be more, call again
     */
    public boolean advance(long now, int budget, Visitor visitor) {
        int left = budget;
        while (true) {
            while (due != SlotLists.NIL) {
                if (left == 0) {
                    return true;
                }
                left--;
                int slot = due;
                setHead(DUE, lists.next(SlotLists.TIMER, slot));
                lists.unlink(SlotLists.TIMER, slot);
                visitor.due(slot);
            }
            int level = lowestOccupied();
            long next = level < 0 ? Long.MAX_VALUE : nextBucketStart(level);
            if (next > now) {
                elapsed = Math.max(elapsed, now);
                NEXT_TICK.setOpaque(this, next);
                return false;
            }
            elapsed = next;
            int list = level * BUCKETS + digit(next, level);
            due = heads[list];
            lists.setPrev(SlotLists.TIMER, due, ~DUE);
            setHead(list, SlotLists.NIL);
        }
    }

    /**
     * The tick up to which everything has been handed out, except what a call of {@link #advance}
     * that spent its budget has left.
     *
     * @return a tick that never decreases
     */
    public long elapsed() {
        return elapsed;
    }

    /**
     * Before this tick {@link #advance} would have nothing to hand out. May be called without the
     * lock: whoever does so misses only what is being filed at that time.
     *
     * @return a tick that may be too early, but is never too late
     */
    public long nextTick() {
        return (long) NEXT_TICK.getOpaque(this);
    }

    /** Lets go of all slots, and of the memory for more: nothing may be filed any longer. */
    public void clear() {
        heads = new int[0];
        Arrays.fill(occupied, 0);
        due = SlotLists.NIL;
        NEXT_TICK.setOpaque(this, Long.MAX_VALUE);
    }

    private int lowestOccupied() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                return level;
            }
        }
        return -1;
    }

    /** The first tick of a level's earliest bucket: elapsed with that bucket's digit, then zeros. */
    private long nextBucketStart(int level) {
        int shift = BITS * level;
        long above = elapsed >>> shift >>> BITS << BITS;
        return (above | Long.numberOfTrailingZeros(occupied[level])) << shift;
    }

    private void setHead(int list, int slot) {
        if (list == DUE) {
            due = slot;
            return;
        }
        heads[list] = slot;
        if (slot == SlotLists.NIL) {
            occupied[list / BUCKETS] &= ~(1L << list);
        }
    }

    private static int digit(long tick, int level) {
        return (int) (tick >>> (BITS * level)) & BUCKETS - 1;
    }

    @Override
    public String toString() {
        return "TimingWheel[elapsed=" + elapsed + ", occupied=" + Arrays.toString(occupied) + "]";
    }
}
