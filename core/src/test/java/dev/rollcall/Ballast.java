package dev.rollcall;

/** Fills the heap to the last object. For a JVM of its own, with a small heap. */
final class Ballast {
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
        for (int size = 1 << 16; size >= 1 << 7; size >>>= 3) {
            fillWith(size);
        }
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

    static void free() {
        links = null;
        hole = null;
    }
}
