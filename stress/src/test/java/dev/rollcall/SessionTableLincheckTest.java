package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lincheck.ModelChecking;
import java.util.HashSet;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The shard's table while it grows: lookups without a lock beside inserts and removals with one.
 * The table is one session short of its first split, and all keys are in the chain that it cuts.
 */
class SessionTableLincheckTest {
    private static final int KEYS = 3;
    private static final int BUCKETS = 16;

    /** The largest size at which the table does not split yet. */
    private static final int FULL = 8;

    private static final SessionManager<Object> MANAGER = SessionManager.builder()
            .shards(1)
            .ticker(() -> 0)
            .idSource(() -> 1)
            .callerSweeps()
            .build();
    private static final Shard<Object> SHARD = MANAGER.shards.of(0);

    /** Keys 1 and 3 move when the chain is cut, key 2 stays. */
    private static final long[] IDS = {0, id(0, 1, 1), id(0, 0, 1), id(0, 1, 2)};

    private static final long[] OTHERS = others();

    /** The nth id in a bucket of 16 whose next bit of the hash says which half it goes to. */
    private static long id(int bucket, int half, int number) {
        long id = 0;
        for (int found = 0; found < number; ) {
            id++;
            long hash = IdHash.of(id);
            boolean fits = SessionTable.bucket(hash, BUCKETS) == bucket && (hash & BUCKETS) == (long) half * BUCKETS;
            found += fits ? 1 : 0;
        }
        return id;
    }

    private static long[] others() {
        long[] others = new long[FULL - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = id(2 + i, 0, 1);
        }
        return others;
    }

    /**
     * The real table under its own lock, with the places looked for before the lock is taken, as a
     * shard does it.
     */
    public static class GrowingTable {
        private final SessionTable<Object> table = new SessionTable<>(true);

        public GrowingTable() {
            insert(IDS[1]);
            for (long other : OTHERS) {
                insert(other);
            }
        }

        private void insert(long id) {
            long hash = IdHash.of(id);
            int bucket = table.bucketOf(hash);
            table.reserve();
            Session<?> prev = table.before(bucket, id, hash);
            Session<Object> next = table.after(bucket, prev);
            table.insert(new Session<>(id, null, SHARD.defaults, null, 0), bucket, prev, next);
            while (table.isFull()) {
                table.split();
            }
        }

        int buckets() {
            return table.buckets();
        }

        @Operation
        public boolean insert(@Param(gen = IntGen.class, conf = "1:3") int key) {
            long id = IDS[key];
            long hash = IdHash.of(id);
            long seen = table.tryOptimisticRead();
            int bucket = table.bucketOf(hash);
            Session<?> prev = table.before(bucket, id, hash);
            long stamp = lockIf(seen);
            if (stamp == 0) {
                stamp = table.writeLock();
                bucket = table.bucketOf(hash);
                prev = table.before(bucket, id, hash);
            }
            try {
                Session<Object> next = table.after(bucket, prev);
                if (next != null && next.id == id) {
                    return false;
                }
                table.reserve();
                table.insert(new Session<>(id, null, SHARD.defaults, null, 0), bucket, prev, next);
                while (table.isFull()) {
                    table.split();
                }
                return true;
            } finally {
                table.unlockWrite(stamp);
            }
        }

        @Operation
        public boolean remove(@Param(gen = IntGen.class, conf = "1:3") int key) {
            long id = IDS[key];
            long hash = IdHash.of(id);
            long seen = table.tryOptimisticRead();
            int bucket = table.bucketOf(hash);
            Session<?> prev = table.before(bucket, id, hash);
            long stamp = lockIf(seen);
            if (stamp == 0) {
                stamp = table.writeLock();
                bucket = table.bucketOf(hash);
                prev = table.before(bucket, id, hash);
            }
            try {
                Session<Object> session = table.after(bucket, prev);
                if (session == null || session.id != id) {
                    return false;
                }
                long word = session.state;
                session.compareAndSetState(word, SessionState.ended(word, EndCause.DESTROYED));
                table.remove(session, bucket, prev);
                return true;
            } finally {
                table.unlockWrite(stamp);
            }
        }

        /** Takes the lock on the condition that what was looked for since the stamp still holds. */
        long lockIf(long seen) {
            return table.lockIfUnchanged(seen);
        }

        SessionTable<Object> table() {
            return table;
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:3") int key) {
            return table.find(IDS[key], IdHash.of(IDS[key])) != null;
        }
    }

    /** The control: takes the lock whatever has changed, and relies on what it saw before. */
    public static class GrowingTableWithoutSecondLook extends GrowingTable {
        @Override
        long lockIf(long seen) {
            return table().writeLock();
        }
    }

    /** The specification. */
    public static class Keys {
        private final Set<Integer> keys = new HashSet<>(Set.of(1));

        public boolean insert(int key) {
            return keys.add(key);
        }

        public boolean remove(int key) {
            return keys.remove(key);
        }

        public boolean find(int key) {
            return keys.contains(key);
        }
    }

    /** That the scenarios are about growth at all. */
    @Test
    void insert_intoFullTable_splitsTheKeysChain() {
        GrowingTable table = new GrowingTable();
        assertThat(table.buckets()).isEqualTo(BUCKETS);
        assertThat(table.insert(2)).isTrue();
        assertThat(table.buckets()).isGreaterThan(BUCKETS);
        for (int key = 1; key <= KEYS; key++) {
            assertThat(table.find(key)).isEqualTo(key != KEYS);
        }
    }

    @Test
    void growth_isLinearizable() {
        ModelChecking.linearizable(Keys.class).budget(10, 200).confirm(GrowingTable.class);
    }

    @Test
    void growth_threeThreads_isLinearizable() {
        ModelChecking.linearizable(Keys.class).threads(3, 2).budget(10, 100).confirm(GrowingTable.class);
    }

    @Test
    void growth_withoutSecondLook_isRefuted() {
        ModelChecking.linearizable(Keys.class)
                .directed()
                .race("", "find(1)", "insert(2)", "remove(1)")
                .refute(GrowingTableWithoutSecondLook.class);
    }
}
