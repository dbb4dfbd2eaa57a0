package dev.rollcall.slots;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Hands out slots, 1 and up, and remembers what is in each. Writers are confined to the shard's
 * lock; {@link #get} and {@link #limit} may be called without it.
 *
 * <p>An element keeps its slot while it is in, so a reader that visits 1 … limit without a lock
 * sees each element that was in throughout exactly once, growth or not.
 *
 * @param <E> the type of the elements
 */
public final class Slots<E> {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final SlotLists lists;

    /**
     * Replaced as a whole when it grows, and volatile, for readers without the lock. One that still
     * reads a former first segment finds there all that was in when it began.
     */
    private volatile Object[][] segments = {new Object[Segments.FIRST_LENGTH]};

    /** The largest slot ever used. Written after the segment that holds it. */
    private volatile int limit;

    /** The first free slot; their list is linked by {@link SlotLists#PEERS} next. */
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

    /** Makes sure that the next {@link #add} needs no memory. If this fails nothing has changed. */
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
     * Puts an element into a free slot. {@link #reserve} comes first.
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
     * Frees a slot. It may stay filed in a timing wheel.
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
     * @return a count of {@link #add} less {@link #remove}
     */
    public int inUse() {
        return inUse;
    }
}
