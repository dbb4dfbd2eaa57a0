package dev.rollcall.stress.cluster;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The coordinator's side of the limit: the permits that nobody holds. It is never kept from one
 * view to the next. A new one begins empty, and is filled once by counting: what is left of the
 * limit when every member has said what it holds and, after that, every other seat was found
 * without a node. Confined to the cluster's thread.
 *
 * <p>Why that is safe. Each permit is held by one node, or by one pool, or is in a message; who
 * gives, subtracts before it sends; whoever is in another view by then ignores it. So a permit can
 * get lost, which the next count makes good, and never doubled. When the last report is in, all
 * members have left their former views, and nothing of those moves to them any more. A process that
 * is found missing after that is dead, and what it held is free. One that starts later holds
 * nothing, and gets nothing from others: their count needs the seats of this view, which are taken.
 */
final class Pool {
    /**
     * A node that waits for permits.
     *
     * @param <M> who members are
     */
    record Wish<M>(M member, long permits) {}

    private final long limit;
    private final Map<Object, Notice.Report> reports = new HashMap<>();
    private final Queue<Wish<Object>> wishes = new ArrayDeque<>();
    private long round;
    private long free;
    private boolean isOpen;

    Pool(long limit) {
        this.limit = limit;
    }

    /** Another view: nothing is free until that is known anew. */
    void close() {
        isOpen = false;
        free = 0;
        reports.clear();
        wishes.clear();
    }

    /** Begins to count, if need be once more, and returns the number of the round. */
    long begin() {
        close();
        return ++round;
    }

    long round() {
        return round;
    }

    boolean isOpen() {
        return isOpen;
    }

    long free() {
        return free;
    }

    /** A member says what it holds; true if that was the last of them in this round. */
    boolean report(Object member, Notice.Report report, Collection<?> members) {
        if (report.round() != round || isOpen || reports.put(member, report) != null) {
            return false;
        }
        return hasAll(members);
    }

    /** Whether all of them have reported in this round. */
    boolean hasAll(Collection<?> members) {
        return reports.keySet().containsAll(members);
    }

    /** The seats of those who have reported. */
    Set<Integer> seats() {
        return reports.values().stream().map(Notice.Report::seat).collect(Collectors.toSet());
    }

    /** All have reported, and there is nobody else. */
    void open() {
        long held = reports.values().stream().mapToLong(Notice.Report::held).sum();
        if (held > limit) {
            throw new IllegalStateException("nodes hold " + held + " permits of " + limit);
        }
        free = limit - held;
        isOpen = true;
    }

    /**
     * A member no longer holds them, and had said that it did. What it gave back before that, it
     * did not report as held.
     */
    void back(Object member, Notice.Back back) {
        if (back.round() != round) {
            return;
        }
        if (isOpen) {
            free += back.permits();
        } else {
            reports.computeIfPresent(
                    member,
                    (same, report) -> new Notice.Report(
                            report.view(), report.round(), report.seat(), report.held() - back.permits()));
        }
    }

    /** A member wants more. */
    void ask(Object member, long permits) {
        wishes.removeIf(wish -> wish.member().equals(member));
        wishes.add(new Wish<>(member, permits));
    }

    boolean isAsked() {
        return !wishes.isEmpty();
    }

    /**
     * The next to be served, with as much as there is for it; null if there is nothing to give or
     * nobody waits. What it returns is no longer in the pool.
     */
    Wish<Object> grant() {
        if (!isOpen || free == 0 || wishes.isEmpty()) {
            return null;
        }
        Wish<Object> wish = wishes.remove();
        long granted = Math.min(wish.permits(), free);
        free -= granted;
        return new Wish<>(wish.member(), granted);
    }

    /** The next whose wish cannot be met; null if nobody waits. */
    Object refuse() {
        Wish<Object> wish = wishes.poll();
        return wish == null ? null : wish.member();
    }
}
