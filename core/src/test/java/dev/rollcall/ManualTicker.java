package dev.rollcall;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A ticker that moves only when told to, and wraps around at {@link Long#MAX_VALUE}. */
final class ManualTicker implements Ticker {
    private final AtomicLong reading;

    ManualTicker() {
        this(0);
    }

    ManualTicker(long start) {
        reading = new AtomicLong(start);
    }

    @Override
    public long nanos() {
        return reading.get();
    }

    void advance(Duration by) {
        advanceNanos(by.toNanos());
    }

    void advanceNanos(long by) {
        reading.addAndGet(by);
    }

    void set(long nanos) {
        reading.set(nanos);
    }
}
