package dev.rollcall.slots;

/**
 * How arrays with many elements grow without holding a lock for long: in segments of {@value #LENGTH}
 * elements. Only the first segment starts smaller and grows by copying, so that a shard with few
 * sessions stays small. No step copies, allocates or clears more than one segment.
 */
public final class Segments {
    /** The number of elements in a segment. */
    public static final int LENGTH = 1 << Segments.BITS;

    /** The number of elements that the first segment starts with. */
    public static final int FIRST_LENGTH = 16;

    private static final int BITS = 10;

    private Segments() {}

    /**
     * The segment of an index.
     *
     * @param index 0 or more
     * @return the segment's number
     */
    public static int segment(int index) {
        return index >>> BITS;
    }

    /**
     * The place of an index in its segment.
     *
     * @param index 0 or more
     * @return the offset
     */
    public static int offset(int index) {
        return index & LENGTH - 1;
    }
}
