package dev.rollcall.slots;

import java.util.Arrays;

/**
 * A hierarchical timing wheel over slots: files a slot under a tick and hands it out once that tick
 * has come. Filing and handing out are O(1); advancing over empty time is O(levels). Knows no time
 * of its own and no thread. Not thread-safe: confined to the shard's lock.
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
     *         elapsed = b's first tick; make b's whole list DUE, which is one link to correct
     *
     * The promise is one-sided: a slot is handed out no later than asked for. It may come too early,
     * and the visitor, who knows the deadline, then asks again. That makes everything else lazy:
     * there is no cascade (a slot from a high level comes out and goes back into a lower one), a
     * deadline that moves later costs nothing, and a session that ends leaves its slot filed, for
     * the session that gets the slot next will want a later tick. So the sessions that come and go
     * without ever timing out, which are nearly all, hardly touch the wheel.
     *
     * Invariants.
     * W1  Every slot filed in a bucket has tick > elapsed, agrees with elapsed in all digits above
     *     its level, and is greater in the digit of its level. So within a level the buckets lie in
     *     order of time, ahead of elapsed, and every level is earlier than all higher ones: the
     *     lowest set bit of the lowest non-empty level is the next thing to happen.
     * W2  Bit b of occupied[l] is set iff heads[64 * l + b] is not NIL.
     * W3  The first slot of a list has prev == ~list, where list = 64 * level + bucket; a slot that
     *     is not filed has prev == NIL. (So a slot knows its list without a field for it.)
     * W4  elapsed never decreases. Moving it to any value short of the next occupied bucket's first
     *     tick keeps W1, since the two then share all digits above that bucket's level.
     * W5  A filed slot's TICK is its tick's low 32 bits. Its tick is at most FARTHEST ahead of
     *     elapsed, and not behind it unless it is in DUE (and then by less than a call of advance
     *     moves), so ticks within FARTHEST of elapsed compare by the difference of their low bits.
     *
     * Not done: growing or allocating anything after construction, so filing cannot fail.
     */

    private static final int BITS = 6;
    private static final int BUCKETS = 1 << BITS;
    private static final int LEVELS = 8;

    /** The number of the list of slots to be handed out, whatever the time. */
    private static final int DUE = LEVELS * BUCKETS;

    /** The largest tick. */
    public static final long MAX_TICK = (1L << (LEVELS * BITS)) - 1;

    /** How far ahead a slot is filed at most; a later tick is asked for again when that has come. */
    private static final long FARTHEST = 1L << 30;

    /** Told of each slot whose bucket has come. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A slot's bucket has come, or an earlier user of the slot had asked for it. The slot is out
         * of the wheel; a visitor that finds it not due files it again, at a tick after
         * {@link TimingWheel#elapsed}.
         *
         * @param slot the slot
         */
        void due(int slot);
    }

    private final SlotLists lists;
    private final int[] heads = new int[LEVELS * BUCKETS];
    private final long[] occupied = new long[LEVELS];
    private int due = SlotLists.NIL;
    private long elapsed;

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
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(tick ^ elapsed)) / BITS;
        int list = level * BUCKETS + digit(tick, level);
        lists.push(SlotLists.TIMER, slot, heads[list], ~list);
        heads[list] = slot;
        occupied[level] |= 1L << list;
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

    /** A tick that a filed slot's can be compared with by their difference (W5). */
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
     * The tick up to which everything has been handed out, but for what is still due in a call of
     * {@link #advance} that spent its budget.
     *
     * @return a tick that never decreases
     */
    public long elapsed() {
        return elapsed;
    }

    private int lowestOccupied() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                return level;
            }
        }
        return -1;
    }

    /** The first tick of the earliest bucket of a level: elapsed with that digit, then zeros. */
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
