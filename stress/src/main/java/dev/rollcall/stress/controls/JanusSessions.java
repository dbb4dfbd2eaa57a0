package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions the way Janus Gateway keeps them: a hash table, and their number in an atomic beside it.
 * The {@link Policy} says who changes the number and when.
 *
 * <p>Janus runs its requests on one thread under one mutex. Here every operation may run on any
 * thread, as in a manager for the JVM: that is what the published fix was never asked to survive.
 */
public final class JanusSessions {
    /** Who counts. All but the last are defective. */
    public enum Policy {
        /**
         * Only create and destroy touch the number; timeout and transport gone forget it
         * (janus-gateway #3526 and #3532: missed decrement).
         */
        JANUS_1_3_0,

        /**
         * The fix of #3526 and #3532: every path looks the session up, removes it and then
         * decrements, without asking whether this call was the one that removed it (double
         * decrement, as in OpenLiberty #16539 and HikariCP #128).
         */
        PUBLISHED_FIX,

        /**
         * Only destroy asks "is it there?" before it removes and decrements; timeout and transport
         * gone ask the removal itself (check-then-act, as in vertx-web #1748).
         */
        DESTROY_CHECKS_THEN_REMOVES,

        /**
         * The limit is compared with the table's size before the put (check-then-act: Undertow's
         * InMemorySessionManager, claude-threads PR #331).
         */
        LIMIT_CHECKED_BEFORE_PUT,

        /**
         * A second create with an id overwrites the first, and both count (duplicate id:
         * UNDERTOW-1869).
         */
        DUPLICATE_OVERWRITES,

        /** The number goes down before the session is removed. For a single caller. */
        DECREMENT_FIRST,

        /**
         * Whoever removed the session decrements, after the table: the best that a number beside a
         * table can do. Exact at rest, a second clock while anything moves.
         */
        SECOND_CLOCK
    }

    private record Entry(long id) {}

    private final Policy policy;
    private final long limit;
    private final ConcurrentHashMap<Long, Entry> table = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    /** One live session, no limit. */
    public static JanusSessions withSession(Policy policy, long id) {
        JanusSessions sessions = new JanusSessions(policy);
        sessions.create(id);
        return sessions;
    }

    /** No sessions, no limit. */
    public JanusSessions(Policy policy) {
        this(policy, Long.MAX_VALUE);
    }

    /** No sessions, and at most so many at once. */
    public JanusSessions(Policy policy, long limit) {
        this.policy = policy;
        this.limit = limit;
    }

    /** Creates a session; true if this call did it. */
    public boolean create(long id) {
        if (table.size() >= limit) {
            return false;
        }
        switch (policy) {
            case DUPLICATE_OVERWRITES -> {
                if (find(id)) {
                    return false;
                }
                table.put(id, new Entry(id));
            }
            default -> {
                if (table.putIfAbsent(id, new Entry(id)) != null) {
                    return false;
                }
            }
        }
        number.incrementAndGet();
        return true;
    }

    /** A client destroys its session; true if the caller is told that this call ended it. */
    public boolean destroy(long id) {
        return switch (policy) {
            case PUBLISHED_FIX, DESTROY_CHECKS_THEN_REMOVES -> removeThenDecrement(id);
            case DECREMENT_FIRST -> {
                number.decrementAndGet();
                yield table.remove(id) != null;
            }
            default -> removeAndDecrement(id);
        };
    }

    /** The watchdog finds the session idle for too long; true if it says that it ended it. */
    public boolean timeout(long id) {
        return end(id);
    }

    /** The session's transport is gone; true if that path says that it ended the session. */
    public boolean transportGone(long id) {
        return end(id);
    }

    /** Whether a lookup finds the session. */
    public boolean find(long id) {
        return table.containsKey(id);
    }

    /** The number beside the table: what an operator is shown. */
    public long count() {
        return number.get();
    }

    /** What the table holds: the truth, at rest. */
    public long tableSize() {
        return table.mappingCount();
    }

    /** What a scenario calls the outcome: {@code agreed} if number and table agree, else how not. */
    public Object outcome(Object agreed) {
        long drift = count() - tableSize();
        if (drift == 0) {
            return agreed;
        }
        return drift == 1 ? "one too many" : drift == -1 ? "one too few" : "drift " + drift;
    }

    private boolean end(long id) {
        return switch (policy) {
            case JANUS_1_3_0 -> table.remove(id) != null;
            case PUBLISHED_FIX -> removeThenDecrement(id);
            default -> removeAndDecrement(id);
        };
    }

    private boolean removeAndDecrement(long id) {
        if (table.remove(id) == null) {
            return false;
        }
        number.decrementAndGet();
        return true;
    }

    private boolean removeThenDecrement(long id) {
        if (!find(id)) {
            return false;
        }
        table.remove(id);
        number.decrementAndGet();
        return true;
    }
}
