package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.util.concurrent.atomic.AtomicInteger;

/** A map with an {@link AtomicInteger} beside it. */
public final class MapWithAtomic extends CountedMap implements SessionSubject.SecondCount {
    private final AtomicInteger number = new AtomicInteger();

    /** Made by the suite. */
    public MapWithAtomic() {}

    @Override
    void added() {
        number.incrementAndGet();
    }

    @Override
    void removed() {
        number.decrementAndGet();
    }

    @Override
    public long count() {
        return number.get();
    }

    @Override
    public long secondCount() {
        return map.size();
    }
}
