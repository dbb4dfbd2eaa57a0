package dev.rollcall.slots;

import java.util.Arrays;

/**
 * Two families of doubly linked lists over slots, as {@code int} records of four links per slot.
 * Each slot is in at most one list of each family. Not thread-safe: confined to the shard's lock.
 *
 * <p>{@link #NIL} (0) is no slot. What a negative link means is the list owner's business.
 */
public final class SlotLists {
    /** No slot. */
    public static final int NIL = 0;

    /** The family that the timing wheel uses. */
    public static final int TIMER = 0;

    /** The family that the transports' indexes use. */
    public static final int PEERS = 2;

    private static final int LINKS = 4;

    private int[][] segments = new int[4][];

    /** Lists without slots. */
    public SlotLists() {}

    /**
     * Makes room for a slot. Allocates at most one segment; if that fails nothing has changed.
     *
     * @param slot the slot that will be used next
     */
    public void reserve(int slot) {
        int segment = Segments.segment(slot);
        if (segment >= segments.length) {
            segments = Arrays.copyOf(segments, 2 * segments.length);
        }
        if (segments[segment] == null) {
            segments[segment] = new int[LINKS * Segments.length(segment)];
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
        int segment = Segments.segment(slot);
        return segments[segment][LINKS * Segments.offset(slot, segment) + family];
    }

    /**
     * The link to the preceding slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @return the previous slot
     */
    public int prev(int family, int slot) {
        int segment = Segments.segment(slot);
        return segments[segment][LINKS * Segments.offset(slot, segment) + family + 1];
    }

    /**
     * Changes the link to the following slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @param next its next slot from now on
     */
    public void setNext(int family, int slot, int next) {
        int segment = Segments.segment(slot);
        segments[segment][LINKS * Segments.offset(slot, segment) + family] = next;
    }

    /**
     * Changes the link to the preceding slot.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot
     * @param prev its previous slot from now on
     */
    public void setPrev(int family, int slot, int prev) {
        int segment = Segments.segment(slot);
        segments[segment][LINKS * Segments.offset(slot, segment) + family + 1] = prev;
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
        setNext(family, slot, head);
        setPrev(family, slot, mark);
        if (head != NIL) {
            setPrev(family, head, slot);
        }
    }

    /**
     * Takes a slot out of its list. The caller corrects the list's head if the slot was first.
     *
     * @param family {@link #TIMER} or {@link #PEERS}
     * @param slot a slot in a list
     */
    public void unlink(int family, int slot) {
        int next = next(family, slot);
        int prev = prev(family, slot);
        if (next != NIL) {
            setPrev(family, next, prev);
        }
        if (prev > NIL) {
            setNext(family, prev, next);
        }
        setNext(family, slot, NIL);
        setPrev(family, slot, NIL);
    }
}
