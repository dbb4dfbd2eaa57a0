package dev.rollcall.stress.controls;

/**
 * A hash table that grows under its writer's lock while readers without one walk on: they read the
 * new length with the old chains, or a chain whose tail has just been moved, and miss what is there
 * all the while (the loss of entries for readers of java.util.HashMap, the classic misuse).
 */
public final class RehashedTable {
    private static final class Node {
        final long id;
        volatile Node next;

        Node(long id, Node next) {
            this.id = id;
            this.next = next;
        }
    }

    private volatile Node[] heads = new Node[2];

    /** Puts an id. */
    public synchronized void put(long id) {
        Node[] table = heads;
        int bucket = (int) (id % table.length);
        table[bucket] = new Node(id, table[bucket]);
    }

    /** Doubles the table, moving nodes one by one. */
    public synchronized void grow() {
        Node[] old = heads;
        Node[] larger = new Node[2 * old.length];
        heads = larger;
        for (Node head : old) {
            Node node = head;
            while (node != null) {
                Node next = node.next;
                int bucket = (int) (node.id % larger.length);
                node.next = larger[bucket];
                larger[bucket] = node;
                node = next;
            }
        }
    }

    /** Whether a lookup without a lock finds the id. */
    public boolean find(long id) {
        Node[] table = heads;
        Node node = table[(int) (id % table.length)];
        while (node != null && node.id != id) {
            node = node.next;
        }
        return node != null;
    }
}
