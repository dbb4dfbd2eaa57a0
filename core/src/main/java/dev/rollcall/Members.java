package dev.rollcall;

import dev.rollcall.wheel.Segments;
import java.util.Arrays;

/**
 * The sessions of one shard that are on one transport: a set of places. A place that is taken has
 * its bit set and notes the low half of its session's hash, by which the shard's table finds the
 * session; the session knows its place. So whoever comes or goes writes a bit and a note, and
 * touches no other session. Places are given out next-fit, one beside the other in memory.
 *
 * <p>Confined to the shard's lock, or validated by its stamp. A session keeps its place for as long
 * as it stays, so a walk in order of places meets all that stay, with or without pauses.
 */
final class Members {
    /** No place. */
    static final int NONE = -1;

    private static final int FIRST_LENGTH = 2;

    private int[][] hashes = {new int[FIRST_LENGTH]};

    /** Grows by copying: one bit for each place. */
    private long[] bits = new long[1];

    /** How many places there are. */
    private int capacity = FIRST_LENGTH;

    private int size;

    /** Where to look for a free place. */
    private int cursor;

    /**
     * Allocates what the next {@link #add} needs. If that fails, nothing has changed that matters.
     */
    void reserve() {
        // With some room to spare, so that free places are found soon.
        int spare = capacity < Segments.LENGTH ? 0 : capacity >> 3;
        if (size + spare < capacity) {
            return;
        }
        int larger = capacity < Segments.LENGTH ? 2 * capacity : capacity + Segments.LENGTH;
        hashes = Segments.reserve(hashes, capacity);
        int words = (larger + Long.SIZE - 1) / Long.SIZE;
        if (words > bits.length) {
            bits = Arrays.copyOf(bits, Math.max(words, 2 * bits.length));
        }
        capacity = larger;
    }

    /** Takes a place, for which there is room; returns it. */
    int add(long hash) {
        int place = nextFree(cursor);
        if (place == NONE) {
            place = nextFree(0);
        }
        bits[place / Long.SIZE] |= 1L << place;
        hashes[Segments.segment(place)][Segments.offset(place)] = (int) hash;
        cursor = place + 1;
        size++;
        return place;
    }

    /** Frees a place that is taken. */
    void remove(int place) {
        bits[place / Long.SIZE] &= ~(1L << place);
        size--;
    }

    private int nextFree(int from) {
        int place = from;
        while (place < capacity) {
            long free = ~bits[place / Long.SIZE] >>> place;
            if (free != 0) {
                place += Long.numberOfTrailingZeros(free);
                return place < capacity ? place : NONE;
            }
            place = (place | Long.SIZE - 1) + 1;
        }
        return NONE;
    }

    /** The first place that is taken, from one on, or {@link #NONE}. */
    int next(int from) {
        int place = from;
        while (place < capacity) {
            long taken = bits[place / Long.SIZE] >>> place;
            if (taken != 0) {
                return place + Long.numberOfTrailingZeros(taken);
            }
            place = (place | Long.SIZE - 1) + 1;
        }
        return NONE;
    }

    /** The low half of the hash of the session at a place. */
    int hash(int place) {
        return hashes[Segments.segment(place)][Segments.offset(place)];
    }

    /** Whether a place is taken by a session with this hash. */
    boolean holds(int place, long hash) {
        return place >= 0
                && place < capacity
                && (bits[place / Long.SIZE] >>> place & 1) != 0
                && hash(place) == (int) hash;
    }

    /** How many places are taken. */
    int size() {
        return size;
    }
}
