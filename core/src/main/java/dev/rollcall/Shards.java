package dev.rollcall;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All shards of a manager: which one an id belongs to, and what is read across all of them. */
final class Shards<A> {
    /*
     * The snapshot. collect() reads every shard's figures between two reads of its stamp. If no
     * stamp was taken by a writer at the first read and none has changed by the second, then at any
     * instant between the end of the first pass and the beginning of the second, no shard was in a
     * critical section and all figures were what was read: an atomic snapshot, by the double
     * collect of Y. Afek et al., "Atomic Snapshots of Shared Memory", J. ACM 40(4), 1993. A lock's
     * stamps only grow, so their sums are equal iff each of them is, and the first pass need not be
     * kept. A shard that was locked at the first read counts as 0 there and as more at the second,
     * so the sums differ then too.
     *
     * live() is the same for one figure, which is read more often than all others together. It has
     * no array, no call through an interface and no branch in its loops, so a processor has the
     * loads of both passes under way at once. The shorter they take, the likelier that no writer
     * comes between.
     *
     * Progress. Each try is wait-free and disturbs nobody. Under a steady stream of writes it may
     * fail for ever, so after TRIES it takes all read locks, in order of number, and then cannot
     * fail. It waits for each lock as any thread does (ShardLock), and writers wait for it meanwhile.
     */
    private static final int TRIES = 8;

    private final Shard<A>[] shards;

    private final int indexShift;
    private final TimeSource time;

    @SuppressWarnings("unchecked") // filled with Shard<A> below
    Shards(SessionManager<A> manager, Settings<A> settings) {
        Rehearsal.load();
        this.time = settings.time();
        this.shards = (Shard<A>[]) new Shard<?>[settings.shards()];
        this.indexShift = 63 - Integer.numberOfTrailingZeros(shards.length);
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard<>(manager, settings, i);
        }
    }

    /** The shard of an id. */
    Shard<A> of(long id) {
        return ofHash(IdHash.of(id));
    }

    /** The shard of an id with this hash. */
    Shard<A> ofHash(long hash) {
        return shards[index(hash)];
    }

    @Nullable
    Session<A> find(long id) {
        long hash = IdHash.of(id);
        return ofHash(hash).find(id, hash);
    }

    /** The high bits, for the table uses the low ones. */
    private int index(long hash) {
        return (int) (hash >>> 1 >>> indexShift);
    }

    int size() {
        return shards.length;
    }

    void forEach(Consumer<Shard<A>> action) {
        for (Shard<A> shard : shards) {
            action.accept(shard);
        }
    }

    /** The sum of a figure that is only ever approximate. */
    long sum(ToLongFunction<Shard<A>> figure) {
        long sum = 0;
        for (Shard<A> shard : shards) {
            sum += figure.applyAsLong(shard);
        }
        return sum;
    }

    /** Whether no session is live, once no create can succeed any longer. Allocates nothing. */
    boolean isEmpty() {
        for (Shard<A> shard : shards) {
            if (!shard.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** How many sessions there are at one instant. */
    long live() {
        for (int i = 0; i < TRIES; i++) {
            long live = 0;
            long stamps = 0;
            for (Shard<A> shard : shards) {
                stamps += shard.tryOptimisticRead();
                live += shard.live();
            }
            if (areStillTheSum(stamps)) {
                return live;
            }
            Thread.onSpinWait();
        }
        long[] sums = new long[1];
        collectLocked(sums, (shard, sum) -> sum[0] += shard.live());
        return sums[0];
    }

    /** How many sessions a transport has at one instant. */
    long count(Transport<A> transport) {
        return collect(1, (shard, sum) -> sum[0] += transport.size(shard.index))[0];
    }

    /** Adds a shard's figures to the sums. May see figures in the middle of a change. */
    @FunctionalInterface
    interface Collector<A> {
        void addTo(Shard<A> shard, long[] sums);
    }

    /** Sums of figures that only change under the shards' locks, all of one instant. */
    long[] collect(int width, Collector<A> collector) {
        long[] sums = new long[width];
        for (int i = 0; i < TRIES; i++) {
            if (tryCollect(sums, collector)) {
                return sums;
            }
            Arrays.fill(sums, 0);
            Thread.onSpinWait();
        }
        collectLocked(sums, collector);
        return sums;
    }

    private boolean tryCollect(long[] sums, Collector<A> collector) {
        long stamps = 0;
        for (Shard<A> shard : shards) {
            long stamp = shard.tryOptimisticRead();
            if (stamp == 0) {
                return false;
            }
            stamps += stamp;
            collector.addTo(shard, sums);
        }
        return areStillTheSum(stamps);
    }

    /** The second pass: whether nobody has written, or begun to, since the stamps were added up. */
    private boolean areStillTheSum(long stamps) {
        // The figures are read plainly: keep those reads before the second reads of the stamps.
        VarHandle.acquireFence();
        boolean isFree = true;
        for (Shard<A> shard : shards) {
            long stamp = shard.tryOptimisticRead();
            isFree &= stamp != 0;
            stamps -= stamp;
        }
        return isFree && stamps == 0;
    }

    private void collectLocked(long[] sums, Collector<A> collector) {
        int locked = 0;
        boolean isInterrupted = false;
        try {
            for (; locked < shards.length; locked++) {
                isInterrupted |= shards[locked].readLock(locked > 0);
            }
            for (Shard<A> shard : shards) {
                collector.addTo(shard, sums);
            }
        } finally {
            while (locked-- > 0) {
                shards[locked].unlockRead(isInterrupted && locked == 0);
            }
        }
    }

    /** The manager's time, rounded up: for recording what happens now. */
    long nowQuanta() {
        return time.ceilQuanta();
    }

    /** As {@link Shard#lose}, of every shard that has or may have sessions on the transport. */
    long lose(Transport<A> transport, long nowQuanta, @Nullable EndCause cause) {
        return transport.forEachShard(index -> shards[index].lose(transport, nowQuanta, cause));
    }

    /** Ends what is due and returns how many sessions. Allocates nothing if nothing is due. */
    long sweep(long nowQuanta) {
        long ended = 0;
        for (Shard<A> shard : shards) {
            ended += shard.sweep(nowQuanta);
        }
        return ended;
    }

    void awaitInFlight() {
        forEach(Shard::awaitInFlight);
    }

    /** Visits all live sessions: those live throughout, once; others perhaps. Takes no lock. */
    void forEachSession(Consumer<? super Session<A>> action) {
        for (Shard<A> shard : shards) {
            shard.forEach(action);
        }
    }

    List<Session<A>> sessions(Transport<A> transport) {
        Set<Session<A>> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Session<A>> batch = new ArrayList<>(Batch.SIZE);
        transport.forEachShard(index -> {
            Cursor cursor = new Cursor(shards[index], transport);
            boolean more = true;
            while (more) {
                more = cursor.next(batch);
                // What grows with the number of sessions does so without the lock.
                found.addAll(batch);
                batch.clear();
            }
            return 0;
        });
        return List.copyOf(found);
    }

    /**
     * Walks one shard's sessions of a transport in batches, in order of their places, which do not
     * change.
     */
    private final class Cursor {
        private final Shard<A> shard;
        private final Transport<A> transport;
        private int place = Transport.SOLE;

        Cursor(Shard<A> shard, Transport<A> transport) {
            this.shard = shard;
            this.transport = transport;
        }

        /** Adds one batch; false if there is none after it. */
        boolean next(List<Session<A>> batch) {
            boolean isInterrupted = shard.readLock();
            try {
                Session<A> session = transport.next(shard, place);
                for (int i = 0; i < Batch.SIZE && session != null; i++) {
                    batch.add(session);
                    place = session.place + 1;
                    session = transport.next(shard, place);
                }
                return session != null;
            } finally {
                shard.unlockRead(isInterrupted);
            }
        }
    }
}
