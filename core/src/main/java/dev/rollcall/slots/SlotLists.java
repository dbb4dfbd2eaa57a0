package dev.rollcall.slots;

import java.util.Arrays;

/**
 * A record of {@code int}s for each slot, and doubly linked lists through these records. There are two
 * families of lists, and each slot is in at most one list of each family. They share the records, so
 * that everything about a slot lies together in memory. Not thread-safe: callers hold the shard's
 * lock.
 *
 * <pre>
 * 0  TIMER next    1  TIMER prev    2  PEERS next    3  PEERS prev    4  TICK
 * </pre>
 *
 * <p>A link of {@link #NIL} (0) leads to no slot. The owner of a list may give negative links a
 * meaning of its own.
 */
public final class SlotLists {
    /** No slot. */
    public static final int NIL = 0;

    /** The family that the timing wheel uses. */
    public static final int TIMER = 0;

    /** The family that transports use for their sessions, and {@link Slots} for its free slots. */
    public static final int PEERS = 2;

    /** Not a link: the tick under which the timing wheel has filed the slot. */
    static final int TICK = 4;

    private static final int RECORD = 5;
    private static final int PREV = 1;

    private int[][] segments = {new int[RECORD * Segments.FIRST_LENGTH]};

    /** With no slot in any list. */
    public SlotLists() {}

    /**
     * Makes room for a slot. Allocates at most one segment; if that fails, nothing has changed.
     *
     * @param slot the slot that will be used next
     */
    public void reserve(int slot) {
        int segment = Segments.segment(slot);
        if (segment >= segments.length) {
            int[][] larger = Arrays.copyOf(segments, 2 * segment);
            larger[segment] = new int[RECORD * Segments.LENGTH];
            segments = larger;
        } else if (segments[segment] == null) {
            segments[segment] = new int[RECORD * Segments.LENGTH];
        } else if (RECORD * Segments.offset(slot) >= segments[segment].length) {
            segments[segment] = Arrays.copyOf(segments[segment], 2 * segments[segment].length);
        }
    }

    /**
     * The link to the following slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @return the next slot
     */
    public int next(int family, int slot) {
        return get(slot, family);
    }

    /**
     * The link to the preceding slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @return the previous slot
     */
    public int prev(int family, int slot) {
        return get(slot, family + PREV);
    }

    /**
     * Changes the link to the following slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @param next its next slot from now on
     */
    public void setNext(int family, int slot, int next) {
        set(slot, family, next);
    }

    /**
     * Changes the link to the preceding slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @param prev its previous slot from now on
     */
    public void setPrev(int family, int slot, int prev) {
        set(slot, family + PREV, prev);
    }

    /**
     * Puts a slot in front of a list.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot that is in no list of the family
     * @param head the list's first slot, or NIL
     * @param mark the new first slot's link to its predecessor
     */
    public void push(int family, int slot, int head, int mark) {
        int[] records = segments[Segments.segment(slot)];
        int link = RECORD * Segments.offset(slot) + family;
        records[link] = head;
        records[link + PREV] = mark;
        if (head != NIL) {
            setPrev(family, head, slot);
        }
    }

    /**
     * Takes a slot out of its list. If the slot was the first, the caller corrects the list's head.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot in a list
     */
    public void unlink(int family, int slot) {
        int[] records = segments[Segments.segment(slot)];
        int link = RECORD * Segments.offset(slot) + family;
        int next = records[link];
        int prev = records[link + PREV];
        if (next != NIL) {
            setPrev(family, next, prev);
        }
        if (prev > NIL) {
            setNext(family, prev, next);
        }
        records[link] = NIL;
        records[link + PREV] = NIL;
    }

    /** Lets go of the memory for all records: no slot may be used any longer. */
    public void clear() {
        segments = new int[0][];
    }

    int get(int slot, int field) {
        return segments[Segments.segment(slot)][RECORD * Segments.offset(slot) + field];
    }

    void set(int slot, int field, int value) {
        segments[Segments.segment(slot)][RECORD * Segments.offset(slot) + field] = value;
    }
}
