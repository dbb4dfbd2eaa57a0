package dev.rollcall;

/** Fills the heap to the last object. For a JVM of its own, with a small heap. */
final class Ballast {
    /** Large enough for few blocks in a small heap, and small enough for few links in what they leave. */
    private static final int BLOCK_BYTES = 1 << 12;

    private static Link links;

    @SuppressWarnings("UnusedVariable") // keeps it reachable
    private static byte[] hole;

    private Ballast() {}

    private static class Link {
        @SuppressWarnings("unused") // keeps it reachable
        private final Link next;

        Link(Link next) {
            this.next = next;
        }
    }

    private static final class Block extends Link {
        @SuppressWarnings("unused") // keeps it reachable
        private final byte[] bytes;

        Block(Link next, int size) {
            super(next);
            this.bytes = new byte[size];
        }
    }

    /** Leaves as many bytes as were asked for, or a few more. */
    static void fill(int room) {
        hole = new byte[Math.max(0, room - 16)];
        // No more sizes than this: each ends with an error, and the JVM collects garbage twice before it throws one.
        fillWith(BLOCK_BYTES);
        fillWith(0);
        hole = null;
    }

    private static void fillWith(int size) {
        try {
            while (true) {
                links = size == 0 ? new Link(links) : new Block(links, size);
            }
        } catch (OutOfMemoryError full) {
            // which is what was wanted
        }
    }

    /** Whether there is no room for a small object, either. */
    static boolean isFull() {
        try {
            hole = new byte[64];
            return false;
        } catch (OutOfMemoryError full) {
            return true;
        }
    }

    static void free() {
        links = null;
        hole = null;
    }
}
