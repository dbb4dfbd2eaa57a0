package dev.rollcall.stress.subjects;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The ids of the sessions whose end was told last: those of earlier samples are not asked for any more. As cheap as it
 * can be, for it is measured with the manager that tells it, and it never grows. Thread-safe.
 */
final class RecentEnds {
    private static final int KEPT = 64;

    private final AtomicReferenceArray<String> ids = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger next = new AtomicInteger();

    void add(String id) {
        ids.set(next.getAndIncrement() & (KEPT - 1), id);
    }

    List<String> list() {
        return IntStream.range(0, KEPT)
                .mapToObj(ids::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
