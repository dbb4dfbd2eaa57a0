package dev.rollcall.slots;

/**
 * The arithmetic of arrays that grow without copying: index 0, 1, 2 … falls into segments of 16,
 * 32, … 4096, 4096, 4096 … elements. Small owners stay small, and no growth step allocates or clears
 * more than one segment, which bounds the time a shard's lock is held.
 */
public final class Segments {
    private static final int FIRST_BITS = 4;
    private static final int FIRST = 1 << FIRST_BITS;
    private static final int LAST_BITS = 12;
    private static final int LAST = 1 << LAST_BITS;
    private static final int GROWING = LAST_BITS - FIRST_BITS + 1;

    /** The elements in the segments that differ in size. */
    private static final int GEOMETRIC = 2 * LAST - FIRST;

    private Segments() {}

    /**
     * The segment of an index.
     *
     * @param index 0 or more
     * @return the segment's number
     */
    public static int segment(int index) {
        return index < GEOMETRIC
                ? 31 - FIRST_BITS - Integer.numberOfLeadingZeros(index + FIRST)
                : GROWING + (index - GEOMETRIC >>> LAST_BITS);
    }

    /**
     * The place of an index in its segment.
     *
     * @param index 0 or more
     * @param segment {@link #segment} of the index
     * @return the offset
     */
    public static int offset(int index, int segment) {
        return segment < GROWING ? index + FIRST - (FIRST << segment) : index - GEOMETRIC & LAST - 1;
    }

    /**
     * The number of elements in a segment.
     *
     * @param segment the segment's number
     * @return its length
     */
    public static int length(int segment) {
        return segment < GROWING ? FIRST << segment : LAST;
    }

    /**
     * The first index of a segment.
     *
     * @param segment the segment's number
     * @return the index
     */
    public static int start(int segment) {
        return segment < GROWING ? (FIRST << segment) - FIRST : GEOMETRIC + (segment - GROWING << LAST_BITS);
    }
}
