package dev.rollcall.slots;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Hands out slots, numbered from 1, and knows the element in each of them. All other methods need the
 * shard's lock; {@link #get} and {@link #limit} may be called without it.
 *
 * <p>An element keeps its slot until it is removed. So a reader that visits the slots 1 … limit
 * without a lock sees each element that was there all the time exactly once, even if the slots grow
 * meanwhile.
 *
 * @param <E> the type of the elements
 */
public final class Slots<E> {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    /** Takes the place of all segments in the end: large enough for any slot, and never written. */
    private static final Object[] CLEARED = new Object[Segments.LENGTH];

    private final SlotLists lists;

    /**
     * Replaced as a whole when the slots grow, and volatile, for readers without the lock. A reader
     * that still has a former first segment finds there every element that was in it when the reader
     * began.
     */
    private volatile Object[][] segments = {new Object[Segments.FIRST_LENGTH]};

    /** The largest slot ever used. Written after the segment that holds it. */
    private volatile int limit;

    /** The first free slot; the others follow it by their links {@link SlotLists#PEERS} next. */
    private int free = SlotLists.NIL;

    private int inUse;

    /**
     * No slots yet.
     *
     * @param lists given room for each slot that is handed out
     */
    public Slots(SlotLists lists) {
        this.lists = lists;
    }

    /** Allocates what the next {@link #add} may need. If that fails, nothing has changed. */
    public void reserve() {
        if (free == SlotLists.NIL) {
            grow(limit + 1);
        }
    }

    private void grow(int slot) {
        Object[][] present = segments;
        int segment = Segments.segment(slot);
        if (segment >= present.length) {
            present = Arrays.copyOf(present, segment + 1);
            present[segment] = new Object[Segments.LENGTH];
            segments = present;
        } else if (Segments.offset(slot) >= present[segment].length) {
            present = present.clone();
            present[segment] = Arrays.copyOf(present[segment], 2 * present[segment].length);
            segments = present;
        }
        lists.reserve(slot);
    }

    /**
     * Puts an element into a free slot. The caller has called {@link #reserve} before.
     *
     * @param element the element
     * @return its slot
     */
    public int add(E element) {
        int slot = free;
        inUse++;
        if (slot == SlotLists.NIL) {
            slot = limit + 1;
            set(slot, element);
            limit = slot;
        } else {
            free = lists.next(SlotLists.PEERS, slot);
            set(slot, element);
        }
        return slot;
    }

    /**
     * Frees a slot, which may stay filed in a timing wheel.
     *
     * @param slot a slot in use, in no list of {@link SlotLists#PEERS}
     */
    public void remove(int slot) {
        set(slot, null);
        lists.setNext(SlotLists.PEERS, slot, free);
        free = slot;
        inUse--;
    }

    /**
     * What is in a slot. May be called without the lock.
     *
     * @param slot 1 … {@link #limit}
     * @return the element, or null if the slot is free
     */
    @SuppressWarnings("unchecked") // only set() writes
    public E get(int slot) {
        return (E) ELEMENT.getAcquire(segments[Segments.segment(slot)], Segments.offset(slot));
    }

    /**
     * Lets go of the memory for all slots: none is in use, and none may be any longer. A reader
     * without the lock finds every slot free.
     */
    public void clear() {
        Object[][] present = segments.clone();
        Arrays.fill(present, CLEARED);
        limit = 0;
        segments = present;
        free = SlotLists.NIL;
    }

    private void set(int slot, E element) {
        ELEMENT.setRelease(segments[Segments.segment(slot)], Segments.offset(slot), element);
    }

    /**
     * The largest slot ever used. May be called without the lock.
     *
     * @return 0 if none was
     */
    public int limit() {
        return limit;
    }

    /**
     * The number of slots in use.
     *
     * @return how often {@link #add} was called, less how often {@link #remove} was
     */
    public int inUse() {
        return inUse;
    }
}
