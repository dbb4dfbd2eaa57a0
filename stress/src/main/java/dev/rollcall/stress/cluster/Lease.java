package dev.rollcall.stress.cluster;

import dev.rollcall.SessionManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A node's side of the limit: the permits that it holds, which are the limit of its session
 * manager. So a create needs no network and no second number, and what is given back is certainly
 * free: the manager itself says how far its limit could be lowered. Confined to the cluster's
 * thread, except for {@link #more}.
 */
final class Lease {
    /** How long a create waits for permits. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SessionManager<?> sessions;
    private final long most;
    private final long block;
    private final long patienceNanos;
    private volatile long held;
    private long wanted;
    private long waitingSinceNanos;

    /** Done when more has come, or will not; null while nobody waits. */
    private CompletableFuture<Boolean> waiting;

    /**
     * With no permit.
     *
     * @param sessions with a limit
     * @param most how many this node may ever hold
     * @param limit the fleet's
     * @param patience how long a create waits at most
     */
    Lease(SessionManager<?> sessions, long most, long limit, Duration patience) {
        this.sessions = sessions;
        this.most = most;
        this.block = block(limit);
        this.patienceNanos = patience.toNanos();
        held = sessions.setMaxSessions(0);
    }

    /** How many permits are leased at a time: few enough that several nodes can have some idle. */
    static long block(long limit) {
        return Math.max(1, Math.min(1_024, limit / 32));
    }

    long held() {
        return held;
    }

    /** Whatever has become of the answer, others may ask again; true if one had waited for too long. */
    synchronized boolean refuseOverdue() {
        boolean isOverdue = waiting != null && System.nanoTime() - waitingSinceNanos > patienceNanos;
        if (isOverdue) {
            answer(false);
        }
        return isOverdue;
    }

    /**
     * Called by whoever was refused: done when it is worth trying again, or not. It is not worth it
     * once its patience is over, even if the cluster's thread is blocked, or has ended.
     */
    synchronized CompletableFuture<Boolean> more() {
        if (waiting == null) {
            waiting = new CompletableFuture<Boolean>().completeOnTimeout(false, patienceNanos, TimeUnit.NANOSECONDS);
            waitingSinceNanos = System.nanoTime();
        }
        wanted++;
        return waiting;
    }

    private synchronized CompletableFuture<Boolean> takeWaiting() {
        CompletableFuture<Boolean> former = waiting;
        waiting = null;
        wanted = 0;
        return former;
    }

    /** How many creates wait for a permit. */
    synchronized long wanted() {
        return wanted;
    }

    /** How many to ask for now; 0 for none. */
    long wish() {
        long idle = held - sessions.counts().live();
        long wish = wanted() > 0 || idle <= block / 2 ? block + wanted() : 0;
        return Math.min(wish, most - held);
    }

    /**
     * They are this node's now; 0 is a refusal. Returns how many are more than this node may hold,
     * as two grants may be together: those are not its own.
     */
    long granted(long permits) {
        long taken = Math.min(permits, most - held);
        if (taken > 0) {
            held = sessions.setMaxSessions(held + taken);
        }
        answer(taken > 0);
        return permits - taken;
    }

    /** Nothing more is to be had for now. */
    void answer(boolean hasMore) {
        CompletableFuture<Boolean> answered = takeWaiting();
        if (answered != null) {
            answered.complete(hasMore);
        }
    }

    /** Stops holding all but one block of what is idle if that is more than two, and returns how many those were. */
    long returnIdle() {
        long live = sessions.counts().live();
        return held - live > 2 * block ? keep(live + block) : 0;
    }

    /** Stops holding half of what is idle, for others are in need; returns how many that were. */
    long returnHalf() {
        long idle = held - sessions.counts().live();
        return idle > 0 && wanted() == 0 ? keep(held - (idle + 1) / 2) : 0;
    }

    private long keep(long permits) {
        long former = held;
        held = sessions.setMaxSessions(permits);
        return former - held;
    }
}
