package dev.rollcall.stress.subjects.programs;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Sessions in a map and a task on Netty's wheel for each, which looks when the session was last active, as the idle
 * handler's does, and removes it. A request in between is served, and its session is gone. The wheel is not at fault:
 * what is not atomic is the user's own code. Seen with Netty 4.2.13.
 */
public final class NettyServedThenTimedOut {
    private static final long TIMEOUT_NANOS = 50_000_000;
    private static final int SESSIONS = 2_000;

    private NettyServedThenTimedOut() {}

    private static final class Session implements TimerTask {
        private final Map<Integer, Session> map;
        private final int id;
        private volatile long lastActivityNanos = System.nanoTime();

        Session(Map<Integer, Session> map, int id) {
            this.map = map;
            this.id = id;
        }

        @Override
        public void run(Timeout fired) {
            long leftNanos = TIMEOUT_NANOS - (System.nanoTime() - lastActivityNanos);
            if (leftNanos > 0) {
                fired.timer().newTimeout(this, leftNanos, TimeUnit.NANOSECONDS);
            } else {
                map.remove(id, this);
            }
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        HashedWheelTimer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
        Map<Integer, Session> map = new ConcurrentHashMap<>();
        int rounds = 0;
        int timedOut = 0;
        for (long start = System.nanoTime(); timedOut < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            for (int id = 0; id < SESSIONS; id++) {
                Session session = new Session(map, id);
                map.put(id, session);
                timer.newTimeout(session, TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
            }
            // While they time out, one after the other, a client asks for each that is still there.
            while (!map.isEmpty()) {
                for (Session session : List.copyOf(map.values())) {
                    long now = System.nanoTime();
                    if (now - session.lastActivityNanos >= TIMEOUT_NANOS - 1_000) {
                        Session found = map.get(session.id);
                        if (found != null) {
                            found.lastActivityNanos = System.nanoTime();
                            Thread.yield();
                            boolean isThere = map.get(session.id) == found;
                            timedOut += !isThere && System.nanoTime() - now < TIMEOUT_NANOS ? 1 : 0;
                            map.remove(session.id, found);
                        }
                    }
                }
            }
        }
        System.out.println("served, and timed out at once: broken in " + timedOut + " of " + rounds + " rounds of "
                + SESSIONS + " sessions");
        timer.stop();
    }
}
