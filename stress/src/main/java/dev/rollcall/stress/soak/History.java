package dev.rollcall.stress.soak;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to one session: the events that a listener was told, and the operations that said
 * they had done something to it. It is the session's attachment.
 */
final class History {
    /** What an entry tells of. The first four are events. */
    enum Kind {
        CREATED,
        DETACHED,
        CLAIMED,
        ENDED,
        KEEPALIVE_RETURNED,
        CLAIM_RETURNED,
        DESTROY_RETURNED,
        ADMIN_DESTROY_RETURNED,
        TIMEOUT_SET,
        RECLAIM_TIMEOUT_SET;

        boolean isEvent() {
            return ordinal() <= ENDED.ordinal();
        }
    }

    /**
     * One event, or one operation that returned true.
     *
     * @param kind which
     * @param from the former owner, for events that have one
     * @param to the new owner, for events that have one
     * @param cause of an end
     * @param atNanos events: the clock when it was told; operations: the clock before the call
     */
    record Entry(Kind kind, Carrier from, Carrier to, EndCause cause, long atNanos) {
        @Override
        public String toString() {
            String owners = (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
            return kind + owners + (cause == null ? "" : " " + cause) + " at " + Duration.ofNanos(atNanos);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final long bornNanos;
    private long shortestTimeoutNanos;
    private long shortestReclaimNanos;
    private volatile Session<History> session;

    /** A session to be, by the clock before its create, with its timeouts; zero is none. */
    History(long bornNanos, long timeoutNanos, long reclaimNanos) {
        this.bornNanos = bornNanos;
        this.shortestTimeoutNanos = orForEver(timeoutNanos);
        this.shortestReclaimNanos = reclaimNanos;
    }

    private static long orForEver(long nanos) {
        return nanos == 0 ? Long.MAX_VALUE : nanos;
    }

    long bornNanos() {
        return bornNanos;
    }

    Session<History> session() {
        return session;
    }

    void session(Session<History> created) {
        session = created;
    }

    /** Of consecutive keepalives the last is kept: the others say nothing more. */
    synchronized void add(Entry entry) {
        int last = entries.size() - 1;
        boolean replaces = entry.kind == Kind.KEEPALIVE_RETURNED
                && last >= 0
                && entries.get(last).kind == Kind.KEEPALIVE_RETURNED
                && entries.get(last).atNanos <= entry.atNanos;
        if (replaces) {
            entries.set(last, entry);
        } else {
            entries.add(entry);
        }
    }

    /** Before a session timeout is set: what it may be judged by from now on. */
    synchronized void mayTimeOutAfter(long nanos) {
        shortestTimeoutNanos = Math.min(shortestTimeoutNanos, orForEver(nanos));
    }

    /** Before a reclaim timeout is set: what it may be judged by from now on. */
    synchronized void mayBeReclaimedFor(long nanos) {
        shortestReclaimNanos = Math.min(shortestReclaimNanos, nanos);
    }

    synchronized long shortestTimeoutNanos() {
        return shortestTimeoutNanos;
    }

    synchronized long shortestReclaimNanos() {
        return shortestReclaimNanos;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public String toString() {
        return String.join(
                System.lineSeparator() + "    ",
                entries().stream().map(Entry::toString).toList());
    }
}
