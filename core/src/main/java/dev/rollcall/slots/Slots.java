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

    /** Replaced, never changed, when it grows; segments stay. Volatile for readers without lock. */
    private volatile Object[][] segments = new Object[4][];

    /** The largest slot ever used. Written after the segment that holds it. */
    private volatile int limit;

    /** First of the free slots, linked by {@link SlotLists#TIMER} next; no timer runs on them. */
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

    /**
     * Makes sure that the next {@link #add} needs no memory. If this fails nothing has changed.
     */
    public void reserve() {
        if (free != SlotLists.NIL) {
            return;
        }
        int slot = limit + 1;
        int segment = Segments.segment(slot);
        Object[][] directory = segments;
        if (segment >= directory.length || directory[segment] == null) {
            int length = segment < directory.length ? directory.length : 2 * directory.length;
            Object[][] larger = Arrays.copyOf(directory, length);
            larger[segment] = new Object[Segments.length(segment)];
            segments = larger;
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
        if (slot == SlotLists.NIL) {
            slot = limit + 1;
            set(slot, element);
            limit = slot;
        } else {
            free = lists.next(SlotLists.TIMER, slot);
            lists.setNext(SlotLists.TIMER, slot, SlotLists.NIL);
            set(slot, element);
        }
        inUse++;
        return slot;
    }

    /**
     * Frees a slot.
     *
     * @param slot a slot in use, in no list
     */
    public void remove(int slot) {
        set(slot, null);
        lists.setNext(SlotLists.TIMER, slot, free);
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
        int segment = Segments.segment(slot);
        return (E) ELEMENT.getAcquire(segments[segment], Segments.offset(slot, segment));
    }

    private void set(int slot, E element) {
        int segment = Segments.segment(slot);
        ELEMENT.setRelease(segments[segment], Segments.offset(slot, segment), element);
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
