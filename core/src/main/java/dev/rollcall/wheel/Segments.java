package dev.rollcall.wheel;

import java.util.Arrays;

/**
 * How arrays with many elements grow without holding a lock for long: in segments of {@value
 * #LENGTH} elements. Only the first segment starts smaller and grows by copying, so that a shard
 * with few sessions stays small. No step copies, allocates or clears more than one segment and the
 * directory of segments.
 */
public final class Segments {
    /** The number of elements in a segment. */
    public static final int LENGTH = 1 << Segments.BITS;

    /** The number of elements that the first segment starts with. */
    public static final int FIRST_LENGTH = 16;

    private static final int BITS = 10;

    private static final int[] CLEARED = new int[LENGTH];

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

    /**
     * Makes room for an element, if all before it have room. Allocates at most one segment; if that
     * fails, nothing has changed.
     *
     * @param segments all segments; zero wherever nothing was written
     * @param index the element's index
     * @return the same segments, or an array of more
     */
    public static int[][] reserve(int[][] segments, int index) {
        int segment = segment(index);
        if (segment >= segments.length) {
            int[][] larger = Arrays.copyOf(segments, 2 * segment);
            larger[segment] = new int[LENGTH];
            return larger;
        }
        if (segments[segment] == null) {
            segments[segment] = new int[LENGTH];
        } else if (offset(index) >= segments[segment].length) {
            segments[segment] = Arrays.copyOf(segments[segment], 2 * segments[segment].length);
        }
        return segments;
    }

    /**
     * What takes the place of segments that nobody writes to any longer, so that a reader without
     * the lock reads zeros.
     *
     * @param segments all segments
     * @return as many, all the same
     */
    public static int[][] cleared(int[][] segments) {
        int[][] cleared = new int[segments.length][];
        Arrays.fill(cleared, CLEARED);
        return cleared;
    }
}
