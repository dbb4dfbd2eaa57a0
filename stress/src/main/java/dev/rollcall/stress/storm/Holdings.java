package dev.rollcall.stress.storm;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions that clients of one node's life certainly hold: from the reply to the create until
 * the destroy is sent. Thread-safe.
 */
final class Holdings {
    private final AtomicLong all;
    private final Set<Long> ids = new TreeSet<>();
    private boolean isForfeited;

    /** Those of all nodes are counted in {@code all}. */
    Holdings(AtomicLong all) {
        this.all = all;
    }

    /** A create was answered; returns how many all clients certainly hold now. */
    synchronized long created(long id) {
        if (isForfeited) {
            return 0;
        }
        ids.add(id);
        return all.incrementAndGet();
    }

    /** One of them, which is about to be destroyed; 0 if there is none. */
    synchronized long takeAny() {
        if (isForfeited || ids.isEmpty()) {
            return 0;
        }
        long id = ids.iterator().next();
        ids.remove(id);
        all.decrementAndGet();
        return id;
    }

    /** The node is about to be killed: from now on nothing is certain of its sessions. */
    synchronized Set<Long> forfeit() {
        isForfeited = true;
        return lose();
    }

    /** The same, if there are so many of them; else nothing is forfeited, and none returned. */
    synchronized Set<Long> forfeitIfAtLeast(int least) {
        return ids.size() < least ? Set.of() : forfeit();
    }

    /** The connection that they are on is given up. */
    synchronized Set<Long> lose() {
        all.addAndGet(-ids.size());
        Set<Long> lost = new TreeSet<>(ids);
        ids.clear();
        return lost;
    }

    synchronized Set<Long> ids() {
        return new TreeSet<>(ids);
    }
}
