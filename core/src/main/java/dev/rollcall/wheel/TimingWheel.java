package dev.rollcall.wheel;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A hierarchical timing wheel over small positive numbers: files a number under a tick and hands it
 * out once that tick has come. Filing and handing out are O(1), and advancing over time in which
 * nothing is filed is O(levels). It has no clock and no thread of its own. Not thread-safe: callers
 * hold the shard's lock.
 *
 * <p>Source: G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme
 * 7, with an occupancy word per level instead of ticking through empty lists.
 */
public final class TimingWheel {
    /*
     * Overview. Eight levels of 64 lists. A tick is a number of eight digits in base 64. A number
     * is filed at the level of the highest digit in which its tick differs from `elapsed`, in the
     * list of that digit:
     *
     *     elapsed   … 0 12 40          tick … 0 12 51 -> level 0, list 51
     *                                  tick … 0 13  7 -> level 1, list 13
     *
     * advance(now):
     *     loop
     *         hand out what is in DUE, until the budget is spent
     *         b = lowest occupied list of the lowest occupied level
     *         if b's first tick > now: elapsed = now; stop
     *         elapsed = b's first tick; b as a whole becomes DUE, which changes one link
     *
     * The promise is one-sided: a number is handed out no later than at the tick that was asked
     * for. It may be handed out too early; the visitor, who knows the deadline, then files it
     * again. This saves work in three places. There is no cascade from higher levels to lower ones:
     * what is at a high level is handed out and filed again at a lower level. A deadline that moves
     * later costs nothing. And nothing is taken out of the wheel when a session ends: its number is
     * handed out once more at the most.
     *
     * Invariants.
     * W1  The tick of every number in a list is greater than elapsed: it has the same digits as
     *     elapsed above its level and a greater one at its level. So within a level the lists are
     *     in order of time, and all of a level comes before all of a higher one: the lowest set bit
     *     of the lowest level that is not empty is the list that comes next.
     * W2  Bit b of occupied[l] is set iff heads[64 * l + b] is not NIL.
     * W3  The first number of a list has prev == ~list, where list = 64 * level + digit. (So a
     *     number knows its list without a field for it.)
     * W4  elapsed never decreases. Moving it to any value short of the next occupied list's first
     *     tick keeps W1, since the two then share all digits above that list's level.
     * W5  A number is filed iff its note is not 0. The note is twice the low 31 bits of its tick,
     *     plus one. The tick is at most FARTHEST ahead of elapsed and not behind it, for elapsed
     *     does not move while DUE has anything. So the difference of their notes tells which of two
     *     ticks within FARTHEST of elapsed comes first.
     * W6  nextTick is no later than the first tick of any occupied list, nor than elapsed while DUE
     *     is not empty. It is made exact whenever advance has nothing more to do.
     *
     * Nothing is allocated by filing and handing out, so these cannot fail.
     */

    private static final VarHandle NEXT_TICK = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "nextTick", VarHandle.class, TimingWheel.class, long.class);

    private static final int BITS = 6;
    private static final int LISTS = 1 << BITS;
    private static final int LEVELS = 8;

    /** No number. */
    private static final int NIL = 0;

    /** The number of the list of what is handed out next, whatever the time. */
    private static final int DUE = LEVELS * LISTS;

    /** The largest tick. */
    public static final long MAX_TICK = (1L << (LEVELS * BITS)) - 1;

    /**
     * How far ahead a number is filed at most. One with a later tick is handed out then, and filed
     * again.
     */
    private static final long FARTHEST = 1L << 29;

    private static final int FIRST_LENGTH = 4;

    /** Told of each number whose list has come. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A number's list has come. The number is no longer in the wheel. A visitor that finds it
         * not due files it again, at a tick after {@link TimingWheel#elapsed}.
         *
         * @param number the number
         */
        void due(int number);
    }

    /**
     * See W5. Apart from the links, since a create looks at the note and seldom changes anything.
     */
    private int[][] notes = {new int[FIRST_LENGTH]};

    /** Of the number n at 2n the next one in its list, at 2n + 1 the previous one. */
    private int[][] links = {new int[2 * FIRST_LENGTH]};

    private int[] heads = new int[LEVELS * LISTS];
    private final long[] occupied = new long[LEVELS];
    private int due = NIL;
    private long elapsed;

    /** See {@link #nextTick}. Opaque, so that a reader without the lock sees it change. */
    private long nextTick = Long.MAX_VALUE;

    /** An empty wheel at tick 0. */
    public TimingWheel() {}

    /**
     * Makes room for a number, if all before it have room. If that fails, nothing has changed that
     * matters.
     *
     * @param number 1 or more
     */
    public void reserve(int number) {
        notes = Segments.reserve(notes, number);
        links = Segments.reserve(links, 2 * number + 1);
    }

    /**
     * Makes sure that a number is handed out by a tick. Does nothing if it is filed early enough.
     *
     * @param number one that has room
     * @param tick when it is due, at most {@link #MAX_TICK}; a tick that has passed already is due
     *     at the next {@link #advance}
     */
    public void file(int number, long tick) {
        long by = withinReach(tick);
        int filed = note(number);
        if (filed != 0) {
            if (filed - noteOf(by) <= 0) {
                return;
            }
            unlink(number);
        }
        setNote(number, noteOf(by));
        push(number, by);
    }

    /**
     * Makes sure that a number is handed out no later than another one is, if that one is filed.
     *
     * @param number one that has room
     * @param other the other one
     */
    public void follow(int number, int other) {
        int filed = note(other);
        if (filed != 0) {
            file(number, elapsed + (filed - noteOf(elapsed)) / 2);
        }
    }

    private void push(int number, long tick) {
        if (tick <= elapsed) {
            pushTo(DUE, number, due);
            due = number;
            somethingToDoAt(elapsed);
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(tick ^ elapsed)) / BITS;
        int list = level * LISTS + digit(tick, level);
        pushTo(list, number, heads[list]);
        heads[list] = number;
        occupied[level] |= 1L << list;
        int shift = BITS * level;
        somethingToDoAt((tick >>> shift) << shift);
    }

    private void pushTo(int list, int number, int head) {
        setLink(2 * number, head);
        setLink(2 * number + 1, ~list);
        if (head != NIL) {
            setLink(2 * head + 1, number);
        }
    }

    private void unlink(int number) {
        int next = link(2 * number);
        int prev = link(2 * number + 1);
        if (next != NIL) {
            setLink(2 * next + 1, prev);
        }
        if (prev < 0) {
            setHead(~prev, next);
        } else {
            setLink(2 * prev, next);
        }
        setNote(number, 0);
    }

    private void somethingToDoAt(long tick) {
        if (tick < nextTick) {
            NEXT_TICK.setOpaque(this, tick);
        }
    }

    /**
     * Whether a number will be handed out by a tick.
     *
     * @param number the number
     * @param tick the tick
     * @return true if {@link #file} would do nothing
     */
    public boolean isFiledBy(int number, long tick) {
        int filed = note(number);
        return filed != 0 && filed - noteOf(withinReach(tick)) <= 0;
    }

    private int note(int number) {
        return notes[Segments.segment(number)][Segments.offset(number)];
    }

    private void setNote(int number, int note) {
        notes[Segments.segment(number)][Segments.offset(number)] = note;
    }

    private int link(int index) {
        return links[Segments.segment(index)][Segments.offset(index)];
    }

    private void setLink(int index, int link) {
        links[Segments.segment(index)][Segments.offset(index)] = link;
    }

    private static int noteOf(long tick) {
        return (int) tick << 1 | 1;
    }

    /** The tick under which a number is filed: one that W5 allows. */
    private long withinReach(long tick) {
        return Math.max(elapsed, Math.min(tick, elapsed + FARTHEST));
    }

    /**
     * Moves time ahead and hands out what has come due, in order of ticks.
     *
     * @param now the tick that has come; one that has passed already moves nothing
     * @param budget the largest number of numbers to hand out
     * @param visitor told of each
     * @return true if the budget was spent: there may be more, call again
     */
    public boolean advance(long now, int budget, Visitor visitor) {
        int left = budget;
        while (true) {
            while (due != NIL) {
                if (left == 0) {
                    return true;
                }
                left--;
                int number = due;
                unlink(number);
                visitor.due(number);
            }
            int level = lowestOccupied();
            long next = level < 0 ? Long.MAX_VALUE : nextListStart(level);
            if (next > now) {
                elapsed = Math.max(elapsed, now);
                NEXT_TICK.setOpaque(this, next);
                return false;
            }
            elapsed = next;
            int list = level * LISTS + digit(next, level);
            due = heads[list];
            setLink(2 * due + 1, ~DUE);
            setHead(list, NIL);
        }
    }

    /**
     * What {@link #advance} hands out next if it is called now and nothing is filed meanwhile, once a
     * call has returned true. Hands out nothing.
     *
     * @param numbers receives them in order
     * @return how many, at most as many as there is room for
     */
    public int peek(int[] numbers) {
        int count = 0;
        for (int number = due; number != NIL && count < numbers.length; number = link(2 * number)) {
            numbers[count++] = number;
        }
        return count;
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

    /** Lets go of all numbers, and of the memory for more: nothing may be filed any longer. */
    public void clear() {
        heads = new int[0];
        Arrays.fill(occupied, 0);
        due = NIL;
        notes = Segments.cleared(notes);
        links = Segments.cleared(links);
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

    /** The first tick of a level's earliest list: elapsed with that list's digit, then zeros. */
    private long nextListStart(int level) {
        int shift = BITS * level;
        long above = elapsed >>> shift >>> BITS << BITS;
        return (above | Long.numberOfTrailingZeros(occupied[level])) << shift;
    }

    private void setHead(int list, int number) {
        if (list == DUE) {
            due = number;
            return;
        }
        heads[list] = number;
        if (number == NIL) {
            occupied[list / LISTS] &= ~(1L << list);
        }
    }

    private static int digit(long tick, int level) {
        return (int) (tick >>> (BITS * level)) & LISTS - 1;
    }

    @Override
    public String toString() {
        return "TimingWheel[elapsed=" + elapsed + ", occupied=" + Arrays.toString(occupied) + "]";
    }
}
