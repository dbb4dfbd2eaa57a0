package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecureIdsTest {
    private static final int IDS = 100_000;

    /** Through many refills of the pool. By chance one id twice: once in two million runs. */
    @Test
    void getAsLong_manyIds_areDistinctAndInRange() {
        SecureIds ids = new SecureIds();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < IDS; i++) {
            long id = ids.getAsLong();
            if (id < 1 || id > SessionManager.MAX_ID) {
                assertThat(id).isBetween(1L, SessionManager.MAX_ID);
            }
            seen.add(id);
        }
        assertThat(seen).hasSize(IDS);
    }

    /** Each of the 53 bits is set in about half of the ids; ten standard deviations are allowed. */
    @Test
    void getAsLong_manyIds_useAllBitsEvenly() {
        SecureIds ids = new SecureIds();
        int[] set = new int[64];
        for (int i = 0; i < IDS; i++) {
            long id = ids.getAsLong();
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (id >>> bit) & 1;
            }
        }
        int allowed = (int) (10 * Math.sqrt(IDS) / 2);
        for (int bit = 0; bit < 64; bit++) {
            assertThat(set[bit])
                    .as("bit %s", bit)
                    .isBetween(bit < 53 ? IDS / 2 - allowed : 0, bit < 53 ? IDS / 2 + allowed : 0);
        }
    }

    @Test
    void getAsLong_twoSources_giveDifferentIds() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(new SecureIds().getAsLong());
        }
        assertThat(seen).hasSize(100);
    }

    @Test
    void tryEnter_inUse_isRefusedUntilItIsLeft() {
        SecureIds.Generator generator = new SecureIds.Generator();
        assertThat(generator.tryEnter()).isTrue();
        assertThat(generator.tryEnter()).isFalse();
        generator.leave();
        assertThat(generator.tryEnter()).isTrue();
    }

    /** Who reads this memory learns no id that was handed out. */
    @Test
    void next_manyIds_leavesNoneInThePool() {
        SecureIds.Generator generator = new SecureIds.Generator();
        for (int i = 0; i < 2_000; i++) {
            long id = generator.next();
            ByteBuffer left = ByteBuffer.wrap(generator.pool).order(ByteOrder.nativeOrder());
            while (left.hasRemaining()) {
                if (left.getLong() >>> 11 == id) {
                    assertThat(left.position()).as("where id %s still lies", i).isNegative();
                }
            }
        }
    }

    /** More threads than generators, so that some share one. */
    @Test
    void getAsLong_manyThreads_areDistinct() throws InterruptedException {
        SecureIds ids = new SecureIds();
        List<Thread> threads = new ArrayList<>();
        List<long[]> drawn = new ArrayList<>();
        int perThread = 10_000;
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            long[] own = new long[perThread];
            drawn.add(own);
            threads.add(new Thread(() -> {
                for (int j = 0; j < perThread; j++) {
                    own[j] = ids.getAsLong();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Set<Long> seen = new HashSet<>();
        for (long[] own : drawn) {
            for (long id : own) {
                seen.add(id);
            }
        }
        assertThat(seen).hasSize(drawn.size() * perThread).allMatch(id -> id >= 1 && id <= SessionManager.MAX_ID);
    }
}
