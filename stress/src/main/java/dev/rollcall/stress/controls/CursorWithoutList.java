package dev.rollcall.stress.controls;

/**
 * Two linked lists of sessions and a listing of the first that lets go of the lock at each session and
 * goes on from that session later, whichever list it is in by then.
 */
public final class CursorWithoutList {
    /** How many sessions never leave the list. */
    public static final int STAYING = 8;

    private static final class Node {
        final boolean staying;
        Node next;

        Node(boolean staying, Node next) {
            this.staying = staying;
            this.next = next;
        }
    }

    private final Node first;
    private final Node middle;
    private final Node beforeMiddle;

    /** One session in the middle, which will leave. */
    public CursorWithoutList() {
        Node list = null;
        for (int i = 0; i < STAYING / 2; i++) {
            list = new Node(true, list);
        }
        middle = new Node(false, list);
        beforeMiddle = new Node(true, middle);
        list = beforeMiddle;
        for (int i = 1; i < STAYING / 2; i++) {
            list = new Node(true, list);
        }
        first = list;
    }

    /** Moves the session in the middle to the other list, which is empty. */
    public synchronized void moveMiddle() {
        beforeMiddle.next = middle.next;
        middle.next = null;
    }

    /** How many of those that stay a listing meets. */
    public int staying() {
        int staying = 0;
        for (Node at = first; at != null; at = following(at)) {
            staying += at.staying ? 1 : 0;
        }
        return staying;
    }

    private synchronized Node following(Node node) {
        return node.next;
    }
}
