package dev.rollcall.stress.storm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What came of a storm over a fleet. Thread-safe. */
final class FleetLedger {
    private static final int KEPT = 10;

    private final Map<FleetCheck, Long> passed = new EnumMap<>(FleetCheck.class);
    private final Map<FleetCheck, List<String>> failed = new EnumMap<>(FleetCheck.class);
    private final Map<String, Long> happened = new TreeMap<>();
    private final AtomicLong mostHeld = new AtomicLong();
    private final long limit;

    FleetLedger(long limit) {
        this.limit = limit;
    }

    synchronized void happened(String what) {
        happened.merge(what, 1L, Long::sum);
    }

    synchronized void check(FleetCheck check, boolean holds, Supplier<String> otherwise) {
        if (holds) {
            passed.merge(check, 1L, Long::sum);
        } else {
            List<String> kept = failed.computeIfAbsent(check, any -> new ArrayList<>());
            if (kept.size() < KEPT) {
                kept.add(otherwise.get());
            }
        }
    }

    /** What a client does. */
    @FunctionalInterface
    interface Task {
        /** Does it; fails with an IOException if the node is gone or does not answer. */
        void run() throws IOException;
    }

    /**
     * Lets a client do something, and notes it if that was broken off for a reason. Without one, or by anything but an
     * IOException, it fails a check: a client that is lost in silence would find nothing any more, and what it held
     * would no longer be expected of the nodes.
     *
     * @param brokenOff why it may be broken off, asked when it is; empty if it may not
     */
    void attempt(Task task, Supplier<Optional<String>> brokenOff) {
        try {
            task.run();
        } catch (IOException gone) {
            brokenOff.get().ifPresentOrElse(this::happened, () -> failed(gone));
        } catch (RuntimeException | Error unexpected) {
            failed(unexpected);
        }
    }

    private void failed(Throwable failure) {
        check(FleetCheck.REPLIES, false, () -> Thread.currentThread().getName() + " failed: " + failure);
    }

    /** So many sessions are certainly live over all nodes. */
    void held(long sessions) {
        mostHeld.accumulateAndGet(sessions, Math::max);
        check(FleetCheck.LIMIT, sessions <= limit, () -> sessions + " sessions are held, the limit is " + limit);
    }

    long mostHeld() {
        return mostHeld.get();
    }

    /** Made at least once, and held each time. */
    synchronized boolean holds(FleetCheck check) {
        return !failed.containsKey(check) && passed.getOrDefault(check, 0L) > 0;
    }

    synchronized long passed(FleetCheck check) {
        return passed.getOrDefault(check, 0L);
    }

    synchronized List<String> failures(FleetCheck check) {
        return List.copyOf(failed.getOrDefault(check, List.of()));
    }

    synchronized Map<String, Long> happened() {
        return new TreeMap<>(happened);
    }
}
