package dev.rollcall.stress.check;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Adapters of a sound map, each with one thing wrong. Their races all are on one map with a lock around it. */
final class BadAdapters {
    private BadAdapters() {}

    /** Nothing is wrong with it. */
    public static class Sound implements SessionSubject {
        private final Map<String, Long> map = new HashMap<>();
        private long now;
        private long last;

        @Override
        public synchronized String create() {
            last++;
            map.put(Long.toString(last), now);
            return Long.toString(last);
        }

        @Override
        public synchronized Answer destroy(String id) {
            return Answer.of(map.remove(id) != null);
        }

        @Override
        public synchronized int sweep() {
            int before = map.size();
            map.values().removeIf(active -> active < now);
            return before - map.size();
        }

        @Override
        public synchronized Answer keepAlive(String id) {
            return Answer.of(map.replace(id, now) != null);
        }

        @Override
        public synchronized boolean find(String id) {
            return map.containsKey(id);
        }

        @Override
        public synchronized long count() {
            return map.size();
        }

        @Override
        public synchronized void makeDue(String id) {
            now++;
        }
    }

    /** Throws in the first call. */
    public static final class Throws extends Sound {
        @Override
        public synchronized boolean find(String id) {
            throw new IllegalStateException("out of order");
        }
    }

    /** Throws only when two end one session. */
    public static final class ThrowsInARace extends Sound {
        @Override
        public synchronized Answer destroy(String id) {
            Answer answer = super.destroy(id);
            if (answer == Answer.NO && !Thread.currentThread().getName().equals("adapter-probe")) {
                throw new IllegalStateException("gone already");
            }
            return answer;
        }
    }

    /** Does not return. */
    public static final class Hangs extends Sound {
        @Override
        public synchronized int sweep() {
            hang();
            return 0;
        }
    }

    /** Returns from a sweep of the probe, but not from one in a race. */
    public static final class HangsInARace extends Sound {
        @Override
        public synchronized int sweep() {
            if (!Thread.currentThread().getName().equals("adapter-probe")) {
                hang();
            }
            return super.sweep();
        }
    }

    /** Ids that are none. */
    public static final class NullId extends Sound {
        @Override
        public synchronized String create() {
            return null;
        }
    }

    /** An answer that is none. */
    public static final class NullAnswer extends Sound {
        @Override
        public synchronized Answer keepAlive(String id) {
            return null;
        }
    }

    /** A number that is none. */
    public static final class NegativeSweep extends Sound {
        @Override
        public synchronized int sweep() {
            super.sweep();
            return -7;
        }
    }

    /** Sessions that cannot be found. */
    public static final class FindsNothing extends Sound {
        @Override
        public synchronized boolean find(String id) {
            return false;
        }
    }

    /** Sessions that never end. */
    public static final class NeverEnds extends Sound {
        @Override
        public synchronized int sweep() {
            return 0;
        }
    }

    /** Cannot be made. */
    public static final class NoPublicConstructor extends Sound {
        NoPublicConstructor() {}
    }

    /** Cannot be made, either. */
    public abstract static class Abstract extends Sound {}

    /** Breaks down while it is made. */
    public static final class ThrowsInConstructor extends Sound {
        /** Made by the suite. */
        public ThrowsInConstructor() {
            throw new IllegalStateException("no database");
        }
    }

    /** Is no adapter. */
    public static final class NoAdapter {}

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
