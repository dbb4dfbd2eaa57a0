package dev.rollcall.stress.check;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Adapters of a sound map that lose what they have created. The count is right all the same. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what is wrong
final class BadCreates {
    private BadCreates() {}

    /** A create that is refused takes back more than its own. */
    public static final class RefusalEndsOthers extends BadAdapters.Sound
            implements SessionSubject.UniqueIds, SessionSubject.Limit {
        private int limit = Integer.MAX_VALUE;

        @Override
        public synchronized Answer create(String id) {
            if (map.size() >= limit || map.containsKey(id)) {
                map.clear();
                return Answer.NO;
            }
            map.put(id, now);
            return Answer.YES;
        }

        @Override
        public void limitTo(int sessions) {
            limit = sessions;
        }
    }

    /** Writes back the sessions that it has read, and its own: of two creates at a time, one is lost. */
    public static final class WritesBack extends BadAdapters.Sound {
        private static final int LONGEST_LOOK = 2_000;
        private final AtomicInteger creating = new AtomicInteger();

        @Override
        public String create() {
            Set<String> read;
            synchronized (this) {
                read = Set.copyOf(map.keySet());
            }
            creating.incrementAndGet();
            for (int tries = 0; tries < LONGEST_LOOK && creating.get() < 2; tries++) {
                Thread.onSpinWait();
            }
            synchronized (this) {
                creating.set(0);
                map.keySet().retainAll(read);
                return super.create();
            }
        }
    }
}
