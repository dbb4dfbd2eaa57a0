package dev.rollcall.stress.soak;

import dev.rollcall.EndCause;
import dev.rollcall.stress.soak.History.Entry;
import dev.rollcall.stress.soak.History.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a session's history is one that the guarantees allow. Pure: takes a history at
 * rest and what the session says of itself.
 */
final class HistoryChecker {
    private static final Carrier NOBODY = null;

    private final List<String> violations = new ArrayList<>();
    private final History history;
    private final EndCause endCause;
    private boolean created;
    private boolean ended;
    private Carrier owner;
    private Carrier lostOwner;

    private HistoryChecker(History history, EndCause endCause) {
        this.history = history;
        this.endCause = endCause;
    }

    /**
     * Checks a history.
     *
     * @param history of a session that nothing is happening to
     * @param endCause what the session says, null if it is live
     * @return what is wrong with it, each naming the guarantee
     */
    static List<String> violations(History history, EndCause endCause) {
        return new HistoryChecker(history, endCause).check();
    }

    private List<String> check() {
        List<Entry> entries = history.entries();
        for (Entry entry : entries) {
            if (entry.kind().isEvent()) {
                follow(entry);
            }
        }
        require(created, "G8: no created event");
        require(ended == (endCause != null), "G8: session says " + endCause + ", but ended event is " + ended);
        long destroys = count(entries, Kind.DESTROY_RETURNED);
        require(destroys == (endCause == EndCause.DESTROYED ? 1 : 0), "G2: destroy won " + destroys + " times");
        long adminDestroys = count(entries, Kind.ADMIN_DESTROY_RETURNED);
        require(
                adminDestroys == (endCause == EndCause.ADMIN_DESTROYED ? 1 : 0),
                "G2: destroy by admin won " + adminDestroys + " times");
        long claims = count(entries, Kind.CLAIM_RETURNED);
        long claimed = count(entries, Kind.CLAIMED);
        require(claims == claimed, "G4: " + claims + " claims returned true, but " + claimed + " claimed events");
        return violations;
    }

    private static long count(List<Entry> entries, Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).count();
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }

    private void follow(Entry event) {
        require(!ended, "G8: " + event.kind() + " after the end");
        require(created != (event.kind() == Kind.CREATED), "G8: " + event.kind() + " out of order");
        switch (event.kind()) {
            case CREATED -> {
                created = true;
                owner = event.to();
            }
            case CLAIMED -> {
                require(event.from() == owner, "G4: claimed from " + event.from() + ", but owned by " + owner);
                owner = event.to();
            }
            case DETACHED -> {
                require(owner != NOBODY, "G8: detached twice");
                require(event.from() == owner, "G4: detached from " + event.from() + ", but owned by " + owner);
                lostOwner = event.from();
                owner = NOBODY;
            }
            default -> end(event);
        }
    }

    private void end(Entry event) {
        ended = true;
        require(event.from() == owner, "G8: ended on " + event.from() + ", but owned by " + owner);
        require(event.cause() == endCause, "G2: ended event says " + event.cause() + ", session " + endCause);
        switch (event.cause()) {
            case TIMED_OUT -> {
                require(owner != NOBODY, "G2: a detached session timed out");
                checkNotBefore(lastActivity(), history.shortestTimeoutNanos(), event, "G3: timed out");
            }
            case TRANSPORT_GONE, TRANSPORT_CLOSED -> {
                require(owner != NOBODY, "G4: a detached session ended by a loss");
                require(
                        owner == NOBODY || owner.goneCalledNanos() <= event.atNanos(),
                        "G4: ended by the loss of " + owner + ", which was not lost");
            }
            case RECLAIM_EXPIRED -> {
                require(owner == NOBODY, "G6: an attached session's reclaim timeout expired");
                long loss = lostOwner == null ? 0 : lostOwner.goneCalledNanos();
                checkNotBefore(loss, history.shortestReclaimNanos(), event, "G6: reclaim timeout expired");
            }
            default -> {
                // May come to a session in any phase, at any time.
            }
        }
    }

    /** The latest of what is known to have been activity: each counts from before its call. */
    private long lastActivity() {
        return history.entries().stream()
                .filter(entry -> entry.kind() == Kind.KEEPALIVE_RETURNED || entry.kind() == Kind.CLAIM_RETURNED)
                .mapToLong(Entry::atNanos)
                .max()
                .orElse(history.bornNanos());
    }

    private void checkNotBefore(long startNanos, long timeoutNanos, Entry event, String what) {
        long elapsed = event.atNanos() - startNanos;
        require(elapsed >= timeoutNanos, what + " after " + elapsed + " ns of " + timeoutNanos);
    }
}
