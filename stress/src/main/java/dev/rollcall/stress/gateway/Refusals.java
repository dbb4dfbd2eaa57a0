package dev.rollcall.stress.gateway;

import dev.rollcall.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a create or claim was answered with a refusal, and why. The session manager's own
 * figures count each try, of which a create that waits for the fleet has several. Thread-safe.
 */
final class Refusals {
    /** Never changed after this. */
    private final Map<RejectReason, LongAdder> told = new EnumMap<>(RejectReason.class);

    Refusals() {
        for (RejectReason reason : RejectReason.values()) {
            told.put(reason, new LongAdder());
        }
    }

    void add(RejectReason reason) {
        told.get(reason).increment();
    }

    long count(RejectReason reason) {
        return told.get(reason).sum();
    }
}
