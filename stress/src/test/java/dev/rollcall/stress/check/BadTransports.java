package dev.rollcall.stress.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Adapters whose sessions have transports and a reclaim timeout: a sound one, and others with one thing wrong. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // in most that is what is wrong
final class BadTransports {
    private static final int LONGEST_LOOK = 2_000;

    private BadTransports() {}

    /** Nothing is wrong with it: a claim is not activity, and the reclaim timeout is as long as the session timeout. */
    public static class ClaimIsNoActivity extends BadAdapters.Sound implements SessionSubject.Reclaim {
        final Map<String, String> owners = new HashMap<>();
        final Map<String, Long> lost = new HashMap<>();
        private final Set<String> gone = new HashSet<>();

        @Override
        public synchronized String createOn(String transport) {
            if (gone.contains(transport)) {
                return null;
            }
            String id = create();
            owners.put(id, transport);
            return id;
        }

        @Override
        public synchronized void gone(String transport) {
            gone.add(transport);
            map.keySet().stream().filter(id -> transport.equals(owners.get(id))).forEach(id -> lost.put(id, now));
            owners.keySet().removeAll(lost.keySet());
        }

        synchronized boolean isGone(String transport) {
            return gone.contains(transport);
        }

        @Override
        public synchronized Answer claim(String id, String transport) {
            if (gone.contains(transport) || !find(id)) {
                return Answer.NO;
            }
            lost.remove(id);
            owners.put(id, transport);
            return Answer.YES;
        }

        @Override
        public synchronized Answer destroy(String id) {
            Answer answer = super.destroy(id);
            forgetEnded();
            return answer;
        }

        @Override
        public synchronized int sweep() {
            int before = map.size();
            map.keySet().removeIf(id -> lost.getOrDefault(id, now) < now);
            super.sweep();
            forgetEnded();
            return before - map.size();
        }

        private void forgetEnded() {
            owners.keySet().retainAll(map.keySet());
            lost.keySet().retainAll(map.keySet());
        }

        @Override
        public synchronized long attachedTo(String transport) {
            return owners.values().stream().filter(transport::equals).count();
        }

        @Override
        public void makeReclaimDue(String id) {
            makeDue(id);
        }

        /** From now on no timeout ends it. */
        final void keepForEver(String id) {
            lost.remove(id);
            map.put(id, Long.MAX_VALUE);
        }
    }

    /** A loss takes a session that is due from those that time out, and adds it to none that can be reclaimed. */
    public static class LossKeepsWhatIsDue extends ClaimIsNoActivity {
        @Override
        public synchronized void gone(String transport) {
            super.gone(transport);
            lost.keySet().stream().filter(id -> map.get(id) < now).toList().forEach(this::keepForEver);
        }
    }

    /** And leaves it attached. */
    public static final class LossLeavesAttached extends LossKeepsWhatIsDue {
        @Override
        public synchronized void gone(String transport) {
            Set<String> attached = Set.copyOf(owners.keySet());
            super.gone(transport);
            attached.stream().filter(id -> !lost.containsKey(id)).forEach(id -> owners.put(id, transport));
        }
    }

    /** A session that is created beside the loss of its transport stays, and time may pass at any moment. */
    public static final class CreateOutlivesLoss extends ClaimIsNoActivity {
        @Override
        public Duration sessionTimeout() {
            return Duration.ofNanos(1);
        }

        @Override
        public String createOn(String transport) {
            String id = super.createOn(transport);
            for (int tries = 0; tries < LONGEST_LOOK && id != null && !isGone(transport); tries++) {
                Thread.onSpinWait();
            }
            synchronized (this) {
                if (id != null && isGone(transport)) {
                    keepForEver(id);
                }
            }
            return id;
        }
    }

    /** On the system's clock. A sweep ends what it has found detached, though it may be so no longer. */
    abstract static class SweepsDetached extends ClaimIsNoActivity implements SessionSubject.Shared {
        volatile boolean isTaken;

        @Override
        public Duration sessionTimeout() {
            return Duration.ofMillis(30);
        }

        @Override
        public void makeReclaimDue(String id) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < sessionTimeout().toNanos() / 2) {
                Thread.onSpinWait();
            }
            super.makeReclaimDue(id);
        }

        @Override
        public int sweep() {
            Set<String> due;
            synchronized (this) {
                isTaken = false;
                due = Set.copyOf(lost.keySet());
            }
            for (int tries = 0; tries < 10 * LONGEST_LOOK && !isTaken; tries++) {
                Thread.onSpinWait();
            }
            due.forEach(this::destroy);
            return super.sweep() + due.size();
        }
    }

    /** Ends it once it has been claimed. */
    public static final class SweepsClaimed extends SweepsDetached {
        @Override
        public synchronized Answer claim(String id, String transport) {
            Answer answer = super.claim(id, transport);
            isTaken = true;
            return answer;
        }
    }

    /** Ends it once it has been served, too, which it is only when it is claimed. */
    public static final class SweepsServed extends SweepsDetached {
        @Override
        public synchronized Answer keepAlive(String id) {
            Answer answer = lost.containsKey(id) ? Answer.NO : super.keepAlive(id);
            isTaken = answer == Answer.YES;
            return answer;
        }
    }

    /** Ends it once it has been claimed, before it is served, which it is only when it is claimed. */
    public static final class SweepsUnserved extends SweepsDetached {
        @Override
        public synchronized Answer keepAlive(String id) {
            return lost.containsKey(id) ? Answer.NO : super.keepAlive(id);
        }

        @Override
        public Answer claim(String id, String transport) {
            Answer answer = super.claim(id, transport);
            isTaken = true;
            for (int tries = 0; tries < 10 * LONGEST_LOOK && find(id); tries++) {
                Thread.onSpinWait();
            }
            return answer;
        }
    }

    /** Refuses the second claim of a session, and the first too if both come together. */
    public static final class RefusesBothClaims extends ClaimIsNoActivity {
        private final Map<String, Integer> claims = new ConcurrentHashMap<>();

        @Override
        public Answer claim(String id, String transport) {
            claims.merge(id, 1, Integer::sum);
            for (int tries = 0; tries < LONGEST_LOOK && claims.get(id) < 2; tries++) {
                Thread.onSpinWait();
            }
            return claims.get(id) < 2 ? super.claim(id, transport) : Answer.NO;
        }
    }
}
