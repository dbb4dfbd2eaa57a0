package dev.rollcall.stress.check;

import java.io.IOException;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Adapters of a sound map, each with one thing wrong. Their races all are on one map with a lock around it. */
final class BadAdapters {
    private BadAdapters() {}

    /** Nothing is wrong with it. */
    public static class Sound implements SessionSubject {
        final Map<String, Long> map = new HashMap<>();
        long now;
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

    /** Throws what its method does not declare, as other languages allow. */
    public static final class ThrowsChecked extends Sound {
        @Override
        public synchronized boolean find(String id) {
            throw BadAdapters.<RuntimeException>undeclared(new IOException("connection reset"));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Lists a view that breaks when it is gone through. */
    public static final class BrokenView extends Sound implements SessionSubject.Listing {
        @Override
        public Collection<String> list() {
            return new AbstractCollection<>() {
                @Override
                public Iterator<String> iterator() {
                    throw new ConcurrentModificationException();
                }

                @Override
                public int size() {
                    return 1;
                }
            };
        }
    }

    /** Its sessions may time out at once, and the first few do. */
    public static class TooSoon extends Sound {
        private int tooSoon = 2;

        @Override
        public Duration sessionTimeout() {
            return Duration.ofNanos(1);
        }

        @Override
        public synchronized boolean find(String id) {
            if (tooSoon > 0) {
                tooSoon--;
                return false;
            }
            return super.find(id);
        }
    }

    /** They do so always. */
    public static final class AlwaysTooSoon extends TooSoon {
        @Override
        public synchronized boolean find(String id) {
            return false;
        }
    }

    /** Tells everyone in a race that they ended the session; but time may have ended it, too. */
    public static final class TellsAllInNoTime extends Sound {
        @Override
        public Duration sessionTimeout() {
            return Duration.ofNanos(1);
        }

        @Override
        public synchronized Answer destroy(String id) {
            Answer answer = super.destroy(id);
            return Thread.currentThread().getName().equals("adapter-probe") ? answer : Answer.YES;
        }
    }

    /** Keeps the contract of a limit to the letter. */
    public static final class StrictLimit extends Sound implements SessionSubject.Limit, SessionSubject.Shared {
        private int limit = Integer.MAX_VALUE;

        @Override
        public synchronized Answer create(String id) {
            return Answer.of(map.size() < limit && map.putIfAbsent(id, now) == null);
        }

        @Override
        public synchronized void limitTo(int sessions) {
            if (!map.isEmpty()) {
                throw new IllegalStateException("there are sessions");
            }
            limit = sessions;
        }
    }

    /** Can be closed, but not in a race. */
    public static final class SharedShutdown extends Sound implements SessionSubject.Shutdown, SessionSubject.Shared {
        @Override
        public synchronized Answer create(String id) {
            return Answer.of(map.putIfAbsent(id, now) == null);
        }

        @Override
        public synchronized void shutdown() {
            map.clear();
        }
    }

    /**
     * Notes which transport a session is on when it was created or claimed already. A loss in between forgets the
     * transport, and nobody ends the session any more.
     */
    public static final class LeavesOrphans extends Sound implements SessionSubject.Transports {
        private static final int LONGEST_LOOK = 2_000;
        private final Map<String, Set<String>> transports = new ConcurrentHashMap<>();
        private final Set<String> gone = ConcurrentHashMap.newKeySet();

        @Override
        public String createOn(String transport) {
            if (gone.contains(transport)) {
                return null;
            }
            String id = create();
            note(id, transport);
            return id;
        }

        private void note(String id, String transport) {
            for (int tries = 0; tries < LONGEST_LOOK && !gone.contains(transport); tries++) {
                Thread.onSpinWait();
            }
            transports
                    .computeIfAbsent(transport, unused -> ConcurrentHashMap.newKeySet())
                    .add(id);
            if (gone.contains(transport)) {
                transports.remove(transport);
            }
        }

        @Override
        public void gone(String transport) {
            gone.add(transport);
            Set<String> members = transports.remove(transport);
            if (members != null) {
                members.forEach(this::destroy);
            }
        }

        @Override
        public synchronized Answer destroy(String id) {
            transports.values().forEach(members -> members.remove(id));
            return super.destroy(id);
        }

        @Override
        public Answer claim(String id, String transport) {
            if (gone.contains(transport) || !find(id)) {
                return Answer.NO;
            }
            transports.values().forEach(members -> members.remove(id));
            note(id, transport);
            return Answer.YES;
        }

        @Override
        public long attachedTo(String transport) {
            Set<String> members = transports.get(transport);
            return members == null ? 0 : members.size();
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

    /**
     * Looks, then takes away, then counts down: the published fix of Janus. Two can end one session, and as a rule do,
     * since whoever looks waits a moment for another one.
     */
    public static class CountsTwice implements SessionSubject {
        private static final int LONGEST_LOOK = 2_000;
        private final AtomicInteger looking = new AtomicInteger();
        final Map<String, Boolean> map = new ConcurrentHashMap<>();
        private final AtomicLong last = new AtomicLong();
        private final AtomicLong count = new AtomicLong();

        @Override
        public String create() {
            String id = Long.toString(last.incrementAndGet());
            map.put(id, true);
            count.incrementAndGet();
            return id;
        }

        @Override
        public Answer destroy(String id) {
            return Answer.of(end(id));
        }

        boolean end(String id) {
            if (!map.containsKey(id)) {
                return false;
            }
            looking.incrementAndGet();
            for (int tries = 0; tries < LONGEST_LOOK && looking.get() < 2; tries++) {
                Thread.onSpinWait();
            }
            map.remove(id);
            count.decrementAndGet();
            looking.set(0);
            return true;
        }

        @Override
        public int sweep() {
            return (int)
                    map.keySet().stream().filter(id -> !map.get(id) && end(id)).count();
        }

        @Override
        public Answer keepAlive(String id) {
            return Answer.of(map.containsKey(id));
        }

        @Override
        public boolean find(String id) {
            return map.containsKey(id);
        }

        @Override
        public long count() {
            return count.get();
        }

        @Override
        public void makeDue(String id) {
            map.put(id, false);
        }
    }

    /** The same manager, whose destroy does not say whether it ended the session. */
    public static class CountsTwiceUntold extends CountsTwice {
        @Override
        public Answer destroy(String id) {
            super.destroy(id);
            return Answer.UNTOLD;
        }
    }

    /** The same again, which also tells the end twice. */
    public static final class TellsTwice extends CountsTwiceUntold implements SessionSubject.Events {
        private final Queue<String> ended = new ConcurrentLinkedQueue<>();

        @Override
        boolean end(String id) {
            boolean isEnded = super.end(id);
            if (isEnded) {
                ended.add(id);
            }
            return isEnded;
        }

        @Override
        public List<String> ended() {
            return List.copyOf(ended);
        }
    }

    /** Has a timer, of which there may be more than all samples of a stride and of trials have, but not many more. */
    public static final class Timed extends Sound {
        private static final int MOST = 6_000;
        private static final AtomicInteger OPEN = new AtomicInteger();

        public Timed() {
            if (OPEN.incrementAndGet() > MOST) {
                throw new IllegalStateException("more than " + MOST + " timers");
            }
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    /** Whose constructor hangs, but not for the probe. */
    public static final class HangsInConstructor extends Sound {
        public HangsInConstructor() {
            if (!Thread.currentThread().getName().equals("adapter-probe")) {
                hang();
            }
        }
    }

    /** Ends the virtual machine, as if all were well. */
    public static final class Exits extends Sound {
        @Override
        public synchronized long count() {
            System.exit(0);
            return 0;
        }
    }
}
