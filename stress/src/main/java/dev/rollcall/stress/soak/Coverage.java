package dev.rollcall.stress.soak;

import dev.rollcall.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often what happened: a soak in which something never happened has not shown that it is right.
 */
final class Coverage {
    private static final List<String> EXPECTED = List.of(
            "CREATED",
            "DETACHED",
            "CLAIMED",
            "ENDED",
            "KEEPALIVE_RETURNED",
            "CLAIM_RETURNED",
            "DESTROY_RETURNED",
            "ADMIN_DESTROY_RETURNED",
            "TIMEOUT_SET",
            "RECLAIM_TIMEOUT_SET",
            "end DESTROYED",
            "end ADMIN_DESTROYED",
            "end TIMED_OUT",
            "end TRANSPORT_GONE",
            "end TRANSPORT_CLOSED",
            "end RECLAIM_EXPIRED",
            "end SHUTDOWN",
            "create refused DUPLICATE_ID",
            "create refused LIMIT_REACHED",
            "create refused TRANSPORT_GONE",
            "create refused DRAINING",
            "create refused CLOSED",
            "claim refused TRANSPORT_GONE",
            "claim refused WRONG_SECRET",
            "listener threw",
            "listener called back",
            "audit at rest",
            "audit under way");

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void won(History.Kind kind) {
        happened(kind.name());
    }

    void refused(String operation, RejectReason reason) {
        happened(operation + " refused " + reason);
    }

    void happened(String what) {
        happened(what, 1);
    }

    void happened(String what, long times) {
        if (times > 0) {
            counts.computeIfAbsent(what, key -> new LongAdder()).add(times);
        }
    }

    long of(String what) {
        LongAdder count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    /** What should have happened and did not. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String what : EXPECTED) {
            if (of(what) == 0) {
                missing.add(what);
            }
        }
        return missing;
    }

    Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>();
        counts.forEach((what, count) -> figures.put(what, count.sum()));
        return figures;
    }
}
