package dev.rollcall.stress.soak;

import dev.rollcall.Session;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionPhase;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves the clock and sweeps: the only thread that does the former, the one that looks for ends
 * that are late.
 */
final class ClockHand implements Runnable {
    private static final long PAUSE_NANOS = 100_000;
    private static final long SHORTEST_STEP = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_STEP = Duration.ofMillis(100).toNanos();
    private static final long JUMP = Duration.ofSeconds(30).toNanos();
    private static final int JUMPS_ONCE_IN = 2000;
    private static final int LOOKS_ONCE_IN = 16;
    private static final int HANDLES_PER_LOOK = 256;

    private final Stage stage;
    private IdentityHashMap<Session<History>, Overdue> overdue = new IdentityHashMap<>();

    ClockHand(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run() {
        for (int step = 0; stage.gate.pass(); step++) {
            stage.clock.addAndGet(
                    stage.random().nextInt(JUMPS_ONCE_IN) == 0
                            ? JUMP
                            : stage.random().nextLong(SHORTEST_STEP, LONGEST_STEP));
            stage.facade.sweep();
            if (step % LOOKS_ONCE_IN < Overdue.SWEEPS) {
                look();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * A session that was overdue after a sweep, and is still so, untouched, after further sweeps
     * that began later, should have been ended by them. (After one sweep it may be overdue: a
     * create or a loss that read the clock long ago, or a shortened timeout, may have come after
     * the sweep.)
     */
    private void look() {
        IdentityHashMap<Session<History>, Overdue> stillOverdue = new IdentityHashMap<>();
        for (Session<History> session : overdue.keySet()) {
            look(session, stillOverdue);
        }
        for (int i = 0; i < HANDLES_PER_LOOK; i++) {
            Session<History> session = stage.anyHandle();
            if (session != null) {
                look(session, stillOverdue);
            }
        }
        overdue = stillOverdue;
    }

    private void look(Session<History> session, IdentityHashMap<Session<History>, Overdue> stillOverdue) {
        if (stillOverdue.containsKey(session)) {
            return;
        }
        SessionInfo info = session.info();
        if (!isOverdue(info)) {
            return;
        }
        Overdue before = overdue.get(session);
        Overdue now = before != null && before.isUntouched(info) ? before.again(info) : new Overdue(info, 1);
        stillOverdue.put(session, now);
        if (now.sweeps == Overdue.SWEEPS) {
            stage.findings.violation("G3: overdue after " + Overdue.SWEEPS + " sweeps: " + info, session.attachment());
        }
    }

    private static boolean isOverdue(SessionInfo info) {
        if (info.phase() == SessionPhase.DETACHED) {
            return info.idle().compareTo(info.reclaimTimeout().plus(Stage.TICK)) > 0;
        }
        return info.phase() == SessionPhase.ATTACHED
                && !info.sessionTimeout().isZero()
                && info.idle().compareTo(info.sessionTimeout().plus(Stage.TICK)) > 0;
    }

    /** A session's details when it was seen overdue, and after how many sweeps it has been. */
    private record Overdue(SessionInfo info, int sweeps) {
        private static final int SWEEPS = 4;

        /** No activity, claim, loss or change of timeout since. */
        boolean isUntouched(SessionInfo later) {
            return later.phase() == info.phase()
                    && later.claims() == info.claims()
                    && later.sessionTimeout().equals(info.sessionTimeout())
                    && later.reclaimTimeout().equals(info.reclaimTimeout())
                    && later.age().minus(later.idle()).equals(info.age().minus(info.idle()));
        }

        Overdue again(SessionInfo later) {
            return new Overdue(later, sweeps + 1);
        }
    }
}
