package dev.rollcall.stress.subjects;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The ids of the sessions whose end was told last: those of earlier samples are not asked for any more. */
final class RecentEnds {
    private static final int KEPT = 64;

    private final Queue<String> ids = new ConcurrentLinkedQueue<>();

    void add(String id) {
        ids.add(id);
        if (ids.size() > KEPT) {
            ids.poll();
        }
    }

    List<String> list() {
        return List.copyOf(ids);
    }
}
