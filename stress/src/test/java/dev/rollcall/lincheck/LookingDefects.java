package dev.rollcall.lincheck;

import dev.rollcall.lincheck.Defects.Operations;
import dev.rollcall.lincheck.SmallShard.Session;
import dev.rollcall.lincheck.SmallShard.Spot;

/**
 * More controls, of what a shard does around its lock: {@link SmallManager} with one defect each in
 * looking before locking, in the timers of blocks, and in the places of a transport's sessions.
 *
 * <p>Model checking is sequentially consistent, so it cannot see a link that is published by a release
 * store, nor a drain that goes by the size without the stamp. These are variants of the weak-memory
 * model Releasing.tla instead.
 */
final class LookingDefects {
    private LookingDefects() {}

    /** The lock is taken whatever its stamp is by then, and nobody looks again. */
    public static class StampIgnored extends Operations {
        public StampIgnored() {
            super(new SmallManager() {
                @Override
                long lockIfUnchanged(SmallShard shard, long seen) {
                    return shard.lock.writeLock();
                }
            });
        }
    }

    /** A session is unlinked by what was seen before the lock, and only then is the stamp compared. */
    public static class ValidatedAfterUse extends Operations {
        public ValidatedAfterUse() {
            super(new SmallManager() {
                @Override
                boolean end(Session session) {
                    SmallShard shard = shardOf(session.id);
                    long seen = shard.lock.tryOptimisticRead();
                    Spot spot = shard.spot(session.id);
                    long stamp = shard.lock.writeLock();
                    try {
                        boolean ended = endLocked(shard, session, spot);
                        if (ended && stamp != seen && shard.isTaken(session.id, shard.spot(session.id))) {
                            shard.remove(session, shard.spot(session.id));
                        }
                        return ended;
                    } finally {
                        shard.lock.unlockWrite(stamp);
                    }
                }
            });
        }
    }

    /** A create links its session, then asks whether the id is taken, and if so takes it out again. */
    public static class LinkedBeforeRefused extends Operations {
        public LinkedBeforeRefused() {
            super(new SmallManager() {
                @Override
                String doCreate(int id) {
                    SmallShard shard = shardOf(id);
                    Session session = new Session(id, clock.get());
                    long stamp = shard.lock.writeLock();
                    try {
                        Spot spot = shard.spot(id);
                        shard.insert(session, spot);
                        String refusal = refusal(shard, id, new Spot(spot.bucket(), session));
                        if (refusal != null) {
                            shard.remove(session, spot);
                            return refusal;
                        }
                        enter(shard, session, session.state.get() + 1);
                        return "created";
                    } finally {
                        shard.lock.unlockWrite(stamp);
                    }
                }
            });
        }
    }

    /** A split moves sessions to a bucket that the sweep does not look at. */
    public static class SplitForgetsTimer extends Operations {
        public SplitForgetsTimer() {
            super(new SmallManager() {
                @Override
                void follow(SmallShard shard) {
                    // forgets
                }
            });
        }
    }

    /** A sweep does not file a bucket again for those that were not due yet. */
    public static class NotFiledAgain extends Operations {
        public NotFiledAgain() {
            super(new SmallManager() {
                @Override
                void fileAgain(SmallShard shard, int bucket, long earliest) {
                    // forgets
                }
            });
        }
    }

    /** A sweep files a bucket again for later than the earliest deadline in it. */
    public static class FiledLate extends Operations {
        public FiledLate() {
            super(new SmallManager() {
                @Override
                void fileAgain(SmallShard shard, int bucket, long earliest) {
                    shard.file(bucket, earliest == SmallShard.NEVER ? earliest : earliest + 1);
                }
            });
        }
    }

    /** A session that was claimed away frees its former place once more when it ends. */
    public static class PlaceFreedTwice extends Operations {
        public PlaceFreedTwice() {
            super(new SmallManager() {
                @Override
                void leave(SmallShard shard, Session session) {
                    shard.detach(session);
                }
            });
        }
    }

    /** A place is given out that is not free. */
    public static class PlaceReused extends Operations {
        public PlaceReused() {
            super(new SmallManager() {
                @Override
                int placeFor(SmallShard shard) {
                    return 0;
                }
            });
        }
    }

    /** Of the hash that a place notes too few bits are compared: it leads to the wrong chain. */
    public static class HashBitsDropped extends Operations {
        public HashBitsDropped() {
            super(new SmallManager() {
                @Override
                int bucketOfNote(SmallShard shard, int place) {
                    return shard.bucket(shard.notes[place], 1);
                }
            });
        }
    }
}
