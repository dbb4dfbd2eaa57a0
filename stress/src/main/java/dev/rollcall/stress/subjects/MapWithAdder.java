package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.util.concurrent.atomic.LongAdder;

/** A map with a {@link LongAdder} beside it. */
public final class MapWithAdder extends CountedMap implements SessionSubject.SecondCount {
    private final LongAdder number = new LongAdder();

    /** Made by the suite. */
    public MapWithAdder() {}

    @Override
    void added() {
        number.increment();
    }

    @Override
    void removed() {
        number.decrement();
    }

    @Override
    public long count() {
        return number.sum();
    }

    @Override
    public long secondCount() {
        return map.size();
    }
}
