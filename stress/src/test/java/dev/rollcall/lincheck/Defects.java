package dev.rollcall.lincheck;

import dev.rollcall.lincheck.SmallShard.Session;
import dev.rollcall.lincheck.SmallShard.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * The controls: {@link SmallManager} with one defect each, named after the real bug it reproduces.
 */
final class Defects {
    private static final int MAX_SESSIONS = 2;

    private Defects() {}

    /** What every control and its sound sibling is asked. */
    abstract static class Operations {
        private final SmallManager manager;

        Operations(SmallManager manager) {
            this.manager = manager;
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return manager.doCreate(id);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return manager.doDestroy(id);
        }

        @Operation
        public boolean destroyFirst() {
            return manager.doDestroyFirst();
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return manager.doFind(id);
        }

        @Operation
        public boolean keepAlive(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return manager.doKeepAlive(id);
        }

        @Operation
        public boolean claimAway() {
            return manager.doClaimAway();
        }

        @Operation
        public boolean goneHere() {
            return manager.doGoneHere();
        }

        @Operation
        public void elapse() {
            manager.doElapse();
        }

        @Operation
        public int sweep() {
            return manager.doSweep();
        }

        @Operation
        public long count() {
            return manager.doCount();
        }
    }

    /** No defect. */
    public static class Sound extends Operations {
        public Sound() {
            super(new SmallManager());
        }
    }

    /** No defect, and at most two sessions. */
    public static class SoundLimited extends Operations {
        public SoundLimited() {
            super(new SmallManager(MAX_SESSIONS));
        }
    }

    /** The tallies of two shards are added up without validating the stamps (emqx PR #18918). */
    public static class UnvalidatedTallies extends Operations {
        public UnvalidatedTallies() {
            super(new SmallManager() {
                @Override
                boolean isSnapshot(long[] stamps) {
                    return true;
                }
            });
        }
    }

    /** A lookup that found nothing says so although its chain was split meanwhile. */
    public static class UncheckedAbsence extends Operations {
        public UncheckedAbsence() {
            super(new SmallManager() {
                @Override
                boolean isAnswered(boolean isStillItsBucket) {
                    return true;
                }
            });
        }
    }

    /**
     * The session says "ended" before the lock is taken under which it is counted (etcd PR #21389).
     */
    public static class EndedBeforeLock extends Operations {
        public EndedBeforeLock() {
            super(new SmallManager() {
                @Override
                boolean end(Session session) {
                    if (!session.end()) {
                        return false;
                    }
                    SmallShard shard = shardOf(session.id);
                    long stamp = shard.lock.writeLock();
                    unlink(shard, session, shard.spot(session.id));
                    shard.ended++;
                    shard.lock.unlockWrite(stamp);
                    return true;
                }
            });
        }
    }

    /**
     * Destroy counts down without asking whether it was the one that ended it (Janus' fix of #3526
     * and #3532).
     */
    public static class UnconditionalDecrement extends Operations {
        public UnconditionalDecrement() {
            super(new SmallManager() {
                @Override
                boolean end(Session session) {
                    SmallShard shard = shardOf(session.id);
                    long stamp = shard.lock.writeLock();
                    try {
                        boolean ended = session.end();
                        if (ended) {
                            unlink(shard, session, shard.spot(session.id));
                        }
                        shard.ended++;
                        return ended;
                    } finally {
                        shard.lock.unlockWrite(stamp);
                    }
                }
            });
        }
    }

    /** A timeout forgets to count down (Janus #3526). */
    public static class ForgettingTimeout extends Operations {
        public ForgettingTimeout() {
            super(new SmallManager() {
                @Override
                void timedOut(SmallShard shard) {
                    // forgets
                }
            });
        }
    }

    /**
     * Create asks whether the transport is gone before it takes the lock (Janus' orphans, netty
     * #4020).
     */
    public static class GoneCheckedOutsideLock extends Operations {
        public GoneCheckedOutsideLock() {
            super(new SmallManager() {
                @Override
                String doCreate(int id) {
                    return gone.get() ? "TRANSPORT_GONE" : super.doCreate(id);
                }

                @Override
                String refusal(SmallShard shard, int id, Spot spot) {
                    return shard.isTaken(id, spot) ? "DUPLICATE_ID" : null;
                }
            });
        }
    }

    /** Create asks whether the id is free before it takes the lock (Undertow UNDERTOW-1869). */
    public static class IdCheckedOutsideLock extends Operations {
        public IdCheckedOutsideLock() {
            super(new SmallManager() {
                @Override
                String doCreate(int id) {
                    return doFind(id) ? "DUPLICATE_ID" : super.doCreate(id);
                }

                @Override
                String refusal(SmallShard shard, int id, Spot spot) {
                    return gone.get() ? "TRANSPORT_GONE" : null;
                }
            });
        }
    }

    /** The count is an AtomicLong that follows the table. */
    public static class CounterAfterTable extends Operations {
        public CounterAfterTable() {
            super(new CountingAfterTable());
        }
    }

    private static final class CountingAfterTable extends SmallManager {
        private final AtomicLong live = new AtomicLong(1);

        @Override
        String doCreate(int id) {
            String result = super.doCreate(id);
            live.addAndGet(result.equals("created") ? 1 : 0);
            return result;
        }

        @Override
        boolean end(Session session) {
            boolean ended = super.end(session);
            live.addAndGet(ended ? -1 : 0);
            return ended;
        }

        @Override
        int doSweep() {
            int ended = super.doSweep();
            live.addAndGet(-ended);
            return ended;
        }

        @Override
        boolean doGoneHere() {
            long before = super.doCount();
            boolean first = super.doGoneHere();
            live.addAndGet(super.doCount() - before);
            return first;
        }

        @Override
        long doCount() {
            return live.get();
        }
    }

    /**
     * The sweep ends what it judged idle whatever has happened since (Janus' watchdog against
     * keepalive).
     */
    public static class LostKeepalive extends Operations {
        public LostKeepalive() {
            super(new SmallManager() {
                @Override
                boolean expire(Session session, long judged) {
                    return session.state.getAndSet(ENDED) != ENDED;
                }
            });
        }
    }

    /**
     * A loss collects the transport's sessions, then ends them without asking whose they are now
     * (Openfire PR #2085).
     */
    public static class StaleLoss extends Operations {
        public StaleLoss() {
            super(new LosingStale());
        }
    }

    private static final class LosingStale extends SmallManager {
        @Override
        boolean doGoneHere() {
            List<Session> owned = new ArrayList<>();
            for (int id = 1; id <= ManagerHarness.IDS; id++) {
                Session session = lookup(id);
                if (session != null && session.owner == 0) {
                    owned.add(session);
                }
            }
            boolean first = super.doGoneHere();
            owned.forEach(this::end);
            return first;
        }
    }

    /** A claim answers by what it saw before it took the lock (Janus' claim against timeout). */
    public static class StaleClaim extends Operations {
        public StaleClaim() {
            super(new ClaimingStale());
        }
    }

    private static final class ClaimingStale extends SmallManager {
        @Override
        boolean doClaimAway() {
            Session session = lookup(1);
            if (session == null) {
                return false;
            }
            session.owner = 1;
            session.active(clock.get());
            return true;
        }
    }

    /** A keepalive writes back the time it had read before a later one (spring-session #1280). */
    public static class EarlierActivity extends Operations {
        public EarlierActivity() {
            super(new SmallManager() {
                @Override
                boolean active(Session session, long now) {
                    long word = session.state.get();
                    while (word != ENDED && !session.state.compareAndSet(word, now)) {
                        word = session.state.get();
                    }
                    return word != ENDED;
                }
            });
        }
    }

    /** A handle ends whatever session has its id now (agent-portal #1256). */
    public static class StaleHandle extends Operations {
        public StaleHandle() {
            super(new SmallManager() {
                @Override
                boolean doDestroyFirst() {
                    return doDestroy(first.id);
                }
            });
        }
    }

    /** Create looks at the limit, then takes a permit (claude-threads PR #331). */
    public static class LimitCheckedBeforeTaken extends Operations {
        public LimitCheckedBeforeTaken() {
            super(new SmallManager(MAX_SESSIONS) {
                @Override
                boolean tryTake() {
                    boolean isFree = taken.get() < MAX_SESSIONS;
                    taken.addAndGet(isFree ? 1 : 0);
                    return isFree;
                }
            });
        }
    }

    /** A refused create gives back a permit that it never took (envoy #22390). */
    public static class UnownedGivenBack extends Operations {
        public UnownedGivenBack() {
            super(new SmallManager(MAX_SESSIONS) {
                @Override
                String doCreate(int id) {
                    String result = super.doCreate(id);
                    if (!result.equals("created")) {
                        giveBack();
                    }
                    return result;
                }
            });
        }
    }
}
