package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lincheck.ModelChecking;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final int FULL = 12;

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

    /** The real table, guarded as a shard guards it. */
    public static class GrowingTable {
        private final ReentrantLock lock = new ReentrantLock();
        private final SessionTable<Object> table = new SessionTable<>();

        public GrowingTable() {
            insert(IDS[1]);
            for (long other : OTHERS) {
                insert(other);
            }
        }

        private void insert(long id) {
            table.reserve();
            table.insert(new Session<>(id, null, SHARD.defaults, null, 0), IdHash.of(id));
        }

        int buckets() {
            return table.buckets();
        }

        @Operation
        public boolean insert(@Param(gen = IntGen.class, conf = "1:3") int key) {
            lock.lock();
            try {
                boolean isFree = !find(key);
                if (isFree) {
                    insert(IDS[key]);
                }
                return isFree;
            } finally {
                lock.unlock();
            }
        }

        @Operation
        public boolean remove(@Param(gen = IntGen.class, conf = "1:3") int key) {
            lock.lock();
            try {
                Session<Object> session = table.find(IDS[key], IdHash.of(IDS[key]));
                if (session == null) {
                    return false;
                }
                long word = session.state;
                session.compareAndSetState(word, SessionState.ended(word, EndCause.DESTROYED));
                table.remove(session, IdHash.of(IDS[key]));
                return true;
            } finally {
                lock.unlock();
            }
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:3") int key) {
            return table.find(IDS[key], IdHash.of(IDS[key])) != null;
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
        table.insert(2);
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
}
