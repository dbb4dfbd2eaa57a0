package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table alone, invariants T1, T2 and T4. Without a lock beside writers: the stress module. */
class SessionTableTest {
    /** One shard, which is only there to give the sessions their hashes. */
    private final Shard<String> shard = shard();

    private final SessionTable<String> table = new SessionTable<>(true);

    private static Shard<String> shard() {
        SessionManager<String> manager =
                SessionManager.<String>builder().callerSweeps().shards(1).build();
        List<Shard<String>> shards = new ArrayList<>();
        manager.shards.forEach(shards::add);
        return shards.get(0);
    }

    private Session<String> session(long id) {
        return new Session<>(id, null, shard.defaults, null, 0);
    }

    private Session<String> insert(long id) {
        Session<String> session = session(id);
        table.reserve();
        int bucket = table.bucketOf(session.hash());
        Session<?> prev = table.before(bucket, id, session.hash());
        table.insert(session, bucket, prev, table.after(bucket, prev));
        for (int i = 0; i < 2 && table.isFull(); i++) {
            table.split();
        }
        return session;
    }

    /** As a shard does: ended first, then unlinked. */
    private void endAndRemove(Session<String> session) {
        long word = session.state;
        assertThat(session.compareAndSetState(word, SessionState.ended(word, EndCause.DESTROYED)))
                .isTrue();
        int bucket = table.bucketOf(session.hash());
        table.remove(session, bucket, table.before(bucket, session.id));
    }

    private Session<String> find(long id) {
        return table.find(id, IdHash.of(id));
    }

    @Test
    void find_emptyTable_findsNothing() {
        assertThat(find(1)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void find_everyElementAfterEachInsert_findsIt() {
        List<Session<String>> inserted = new ArrayList<>();
        for (int id = 1; id <= 1_500; id++) {
            inserted.add(insert(id));
            for (Session<String> session : inserted) {
                if (find(session.id) != session) {
                    assertThat(find(session.id)).as("after insert of %s", id).isSameAs(session);
                }
            }
            assertThat(find(id + 1)).isNull();
            assertThat(table.size()).isEqualTo(id);
        }
    }

    /** Growth by one bucket at a time keeps the load at a half at most; it never shrinks (T4). */
    @Test
    void insert_manyElements_growsByAtMostTwoBuckets() {
        int buckets = table.buckets();
        List<Session<String>> sessions = new ArrayList<>();
        for (int id = 1; id <= 100_000; id++) {
            sessions.add(insert(id));
            int grown = table.buckets() - buckets;
            if (grown < 0 || grown > 2 || table.size() > table.buckets()) {
                assertThat(grown).as("buckets made by insert %s", id).isBetween(0, 2);
                assertThat(table.size()).isLessThanOrEqualTo(table.buckets());
            }
            buckets = table.buckets();
        }
        assertThat(buckets).isLessThan(3 * table.size());
        assertSplitOrder(sessions);
        sessions.forEach(this::endAndRemove);
        assertThat(table.size()).isZero();
        assertThat(table.buckets()).isEqualTo(buckets);
    }

    /** Memory per session and length of chains: two buckets for each session, to the bucket. */
    @Test
    void insert_eachElement_keepsTheLoad() {
        int least = table.buckets();
        for (int id = 1; id <= 5_000; id++) {
            insert(id);
            assertThat(table.buckets()).as("after insert %s", id).isEqualTo(Math.max(least, 2 * id));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyOperation_randomSequence_agreesWithAHashMap(long seed) {
        Random random = new Random(seed);
        Map<Long, Session<String>> expected = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            long id = 1L + random.nextInt(4_000);
            Session<String> present = expected.get(id);
            if (find(id) != present) {
                assertThat(find(id)).as("seed %s, step %s, id %s", seed, i, id).isSameAs(present);
            }
            if (present == null) {
                expected.put(id, insert(id));
            } else if (random.nextInt(10) < 7) {
                endAndRemove(present);
                expected.remove(id);
            }
            if (i % 3_000 == 0) {
                assertSplitOrder(expected.values());
            }
        }
        assertThat(table.size()).isEqualTo(expected.size());
        for (long id = 1; id <= 4_000; id++) {
            assertThat(find(id)).isSameAs(expected.get(id));
        }
        assertSplitOrder(expected.values());
    }

    /**
     * T1 and T2: walking from each session to the end of its chain meets only sessions of the same
     * bucket, in growing order of their bit-reversed hashes.
     */
    private void assertSplitOrder(Iterable<Session<String>> sessions) {
        for (Session<String> session : sessions) {
            int bucket = SessionTable.bucket(session.hash(), table.buckets());
            Session<?> next = session.next;
            if (next != null) {
                assertThat(SessionTable.bucket(next.hash(), table.buckets())).isEqualTo(bucket);
                assertThat(Long.compareUnsigned(Long.reverse(session.hash()), Long.reverse(next.hash())))
                        .as("%s before %s", session.id, next.id)
                        .isNegative();
            }
        }
    }

    /** The action makes the table grow: buckets split under the visit. Those that stay are met once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 100, 1_000})
    void forEach_tableGrowsMeanwhile_visitsThoseThatStayOnce(int stayers) {
        Set<Long> staying = new HashSet<>();
        for (long id = 1; id <= stayers; id++) {
            insert(id);
            staying.add(id);
        }
        List<Long> visited = new ArrayList<>();
        long[] next = {1_000_000};
        table.forEach(session -> {
            visited.add(session.id());
            if (table.size() < 8 * stayers + 100) {
                for (int i = 0; i < 10; i++) {
                    insert(next[0]++);
                }
            }
        });
        assertThat(table.size()).isGreaterThan(8 * stayers);
        assertThat(visited).doesNotHaveDuplicates().containsAll(staying);
    }

    @Test
    void forEach_someEndMeanwhile_visitsThoseThatStayOnce() {
        List<Session<String>> all = new ArrayList<>();
        for (long id = 1; id <= 500; id++) {
            all.add(insert(id));
        }
        List<Session<String>> visited = new ArrayList<>();
        table.forEach(session -> {
            visited.add(session);
            Session<String> other = all.get((int) (session.id % 250) * 2);
            if (other.isLive()) {
                endAndRemove(other);
            }
        });
        assertThat(visited)
                .doesNotHaveDuplicates()
                .containsAll(all.stream().filter(Session::isLive).toList());
        assertThat(table.size()).isLessThan(400);
    }

    /** The class of a bucket is the bucket that it was split from: what audits and visits rely on. */
    @Test
    void addSplitFrom_everyBucketOfAFormerCount_findsEachSessionOnce() {
        for (int former = 16; former < 80; former++) {
            SessionTableTest later = new SessionTableTest();
            for (long id = 1; id <= former * 16L; id++) {
                later.insert(id);
            }
            List<Session<String>> found = new ArrayList<>();
            for (int bucket = 0; bucket < former; bucket++) {
                int before = found.size();
                List<Session<String>> here = new ArrayList<>();
                later.table.addSplitFrom(bucket, former, here);
                for (Session<String> session : here) {
                    assertThat(SessionTable.bucket(session.hash(), former)).isEqualTo(bucket);
                }
                found.addAll(here);
                assertThat(found).hasSize(before + here.size());
            }
            assertThat(found).hasSize(former * 16).doesNotHaveDuplicates();
        }
    }

    /** A session that has ended but is not unlinked yet is not there. */
    @Test
    void find_endedButStillLinked_isAbsent() {
        Session<String> session = insert(7);
        long word = session.state;
        session.compareAndSetState(word, SessionState.ended(word, EndCause.DESTROYED));
        assertThat(find(7)).isNull();
        int bucket = table.bucketOf(session.hash());
        table.remove(session, bucket, table.before(bucket, session.id));
        Session<String> successor = insert(7);
        assertThat(find(7)).isSameAs(successor);
    }

    @Test
    void bucket_everyCount_isInRangeAndStableButForTheSplit() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            long hash = random.nextLong();
            int before = SessionTable.bucket(hash, 16);
            for (int buckets = 17; buckets <= 5_000; buckets++) {
                int bucket = SessionTable.bucket(hash, buckets);
                int split = buckets - 1 & Integer.highestOneBit(buckets - 1) - 1;
                boolean legal = bucket == before || (bucket == buckets - 1 && before == split);
                if (bucket < 0 || bucket >= buckets || !legal) {
                    throw new AssertionError("hash " + hash + " went from bucket " + before + " to " + bucket
                            + " when there were " + buckets);
                }
                before = bucket;
            }
        }
    }

    @Test
    void bucket_powerOfTwo_isTheLowBits() {
        for (int bits = 1; bits < 30; bits++) {
            assertThat(SessionTable.bucket(0x123456789abcdefL, 1 << bits))
                    .isEqualTo((int) (0x123456789abcdefL & (1 << bits) - 1));
        }
    }

    /** The hash is a bijection, so no two ids of a table share one; and shards come from its high bits. */
    @Test
    void hash_manyIds_areDistinct() {
        long[] hashes = new long[100_000];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = IdHash.of(i);
        }
        assertThat(Arrays.stream(hashes).distinct().count()).isEqualTo(hashes.length);
    }

    /** So many that no test could insert them: four times as many do not fit into an int. */
    @Test
    void isFull_halfABillionSessionsInFewBuckets_isTrue() {
        table.size = 1 << 29;
        assertThat(table.isFull()).isTrue();
    }
}
