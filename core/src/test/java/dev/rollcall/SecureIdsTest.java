package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
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

    /** Whoever reads this memory learns no id that was handed out. */
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

    /** All ids that a key stream holds, wherever in it. */
    private static Set<Long> idsIn(byte[] stream) {
        Set<Long> ids = new HashSet<>();
        ByteBuffer left = ByteBuffer.wrap(stream).order(ByteOrder.nativeOrder());
        while (left.hasRemaining()) {
            ids.add(left.getLong() >>> 11);
        }
        return ids;
    }

    /**
     * Nor can it be made again from what the generator refers to: its cipher has the key of the next
     * pool by then. Through the first, a middle and the last id of several pools.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 508, 509, 1_016, 1_017, 2_000})
    void next_someIds_cipherCannotMakeThemAgain(int howMany) throws Exception {
        SecureIds.Generator generator = new SecureIds.Generator();
        Set<Long> handedOut = new HashSet<>();
        for (int i = 0; i < howMany; i++) {
            handedOut.add(generator.next());
        }
        Set<Long> stillInPool = idsIn(generator.pool);
        stillInPool.remove(0L);
        Set<Long> madeAgain = idsIn(generator.cipher.doFinal(new byte[1 << 16]));
        assertThat(Collections.disjoint(madeAgain, handedOut)).isTrue();
        assertThat(Collections.disjoint(madeAgain, stillInPool)).isTrue();
    }

    /** The key of the next pool is not left lying where ids are. */
    @Test
    void next_afterARefill_poolHoldsNoKey() throws Exception {
        SecureIds.Generator generator = new SecureIds.Generator();
        generator.next();
        byte[] stream = generator.cipher.doFinal(new byte[64]);
        for (int at = 0; at + 32 <= generator.pool.length; at += Long.BYTES) {
            Cipher other = Cipher.getInstance("AES/CTR/NoPadding");
            other.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(generator.pool, at, 32, "AES"),
                    new IvParameterSpec(new byte[16]));
            assertThat(other.doFinal(new byte[64])).isNotEqualTo(stream);
        }
    }

    /** Fails before a byte was made: a cipher without a key. */
    private static Cipher failsToMakeAPool() throws GeneralSecurityException {
        return Cipher.getInstance("AES/CTR/NoPadding");
    }

    /** Fails once the pool has been made: this cipher takes neither such a key nor such a counter. */
    private static Cipher failsToTakeTheNextKey() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("DESede/CTR/NoPadding");
        byte[] key = "three different DES keys".getBytes(StandardCharsets.US_ASCII);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DESede"), new IvParameterSpec(new byte[8]));
        return cipher;
    }

    /** Makes less than a pool, the rest of which would be zeros: it takes the end for padding. */
    private static Cipher makesTooLittle() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] key = new byte[32];
        while (true) {
            key[0]++;
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            try {
                cipher.doFinal(new byte[16]);
                return cipher;
            } catch (BadPaddingException e) {
                assertThat(key[0]).as("keys tried").isNotZero();
            }
        }
    }

    static Stream<Arguments> brokenCiphers() throws GeneralSecurityException {
        return Stream.of(
                Arguments.of("fails to make a pool", failsToMakeAPool()),
                Arguments.of("fails to take the next key", failsToTakeTheNextKey()),
                Arguments.of("makes too little", makesTooLittle()));
    }

    /** A refill that fails midway leaves nothing that is handed out later: the next one begins anew. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenCiphers")
    void next_refillFails_nextOneHasAFreshKey(String name, Cipher broken) throws Exception {
        SecureIds.Generator generator = new SecureIds.Generator();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 508; i++) {
            seen.add(generator.next());
        }
        Cipher before = generator.cipher;
        generator.cipher = broken;
        assertThatIllegalStateException().isThrownBy(generator::next);
        Set<Long> leftInPool = idsIn(generator.pool);
        assertThat(generator.cipher).isNull();

        for (int i = 0; i < 2_000; i++) {
            long id = generator.next();
            assertThat(id).isPositive();
            assertThat(seen.add(id)).as("id %s is new", i).isTrue();
        }
        assertThat(generator.cipher).isNotIn(before, broken);
        assertThat(Collections.disjoint(seen, leftInPool)).isTrue();
        assertThat(Collections.disjoint(seen, idsIn(before.doFinal(new byte[1 << 16]))))
                .isTrue();
    }

    /** Not when the first id is asked for: that would be too late to say that there is no cipher. */
    @Test
    void generator_new_hasACipher() {
        assertThat(new SecureIds.Generator().cipher).isNotNull();
    }

    @Test
    void shared_always_isOne() {
        assertThat(SecureIds.shared()).isSameAs(SecureIds.shared());
    }

    private static byte[] someKey() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    @Test
    void setKey_anyEnd_wipesTheKey() throws Exception {
        byte[] bytes = someKey();
        SecureIds.Generator.setKey(Cipher.getInstance("AES/CTR/NoPadding"), bytes);
        assertThat(bytes).containsOnly(0);

        byte[] refused = someKey();
        Cipher takesNoSuchKey = failsToTakeTheNextKey();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> SecureIds.Generator.setKey(takesNoSuchKey, refused));
        assertThat(refused).containsOnly(0);
    }

    /** A cipher that asks for the key late must fail, and not encrypt with zeros. */
    @Test
    void key_destroyed_isNotGivenOut() {
        SecureIds.Key key = new SecureIds.Key(someKey());
        byte[] copy = key.getEncoded();
        assertThat(key.isDestroyed()).isFalse();
        key.destroy();
        assertThat(key.isDestroyed()).isTrue();
        assertThat(copy).isEqualTo(someKey());
        assertThatIllegalStateException().isThrownBy(key::getEncoded);
    }

    @Test
    void getAsLong_refillFails_generatorCanBeEnteredAgain() throws Exception {
        SecureIds ids = new SecureIds(1);
        ids.generators[0].cipher = failsToMakeAPool();
        assertThatIllegalStateException().isThrownBy(ids::getAsLong);
        assertThat(ids.getAsLong()).isPositive();
        assertThat(ids.generators[0].tryEnter()).isTrue();
    }

    /** Wherever the stack ends, no id comes twice and no generator stays in use. */
    @Test
    void getAsLong_stackOverflows_staysSound() throws Exception {
        assertThat(ChildJvm.run(Overflow.class)).startsWith("sound");
    }

    /** Asks for an id with every small rest of a stack, and a refill is due each time. */
    static final class Overflow {
        private static final int ROUNDS = 40;

        /** More than any refill needs. */
        private static final int MOST_FRAMES = 200;

        private static final SecureIds IDS = new SecureIds(1);
        private static final SecureIds.Generator GENERATOR = IDS.generators[0];
        private static final long[] DRAWN = new long[1 << 20];
        private static int drawn;
        private static int failed;
        private static int fromTheEnd;
        private static boolean rekey;

        public static void main(String[] arguments) throws InterruptedException {
            // What overflows while it is initialized is lost for good, so everything is used before.
            for (int i = 0; i < 2_000; i++) {
                rekey = i % 2 == 0;
                draw();
            }
            for (int round = 0; round < ROUNDS; round++) {
                rekey = round % 2 == 0;
                Thread thread = new Thread(null, Overflow::deeper, "deep", 256 << 10);
                thread.start();
                thread.join();
                check(GENERATOR.tryEnter(), "the generator stays in use");
                GENERATOR.leave();
                draw();
            }
            check(failed >= ROUNDS, "nothing overflowed");
            long different = Arrays.stream(DRAWN, 0, drawn).distinct().count();
            check(different == drawn, "of " + drawn + " ids " + different + " are different");
            check(Arrays.stream(DRAWN, 0, drawn).noneMatch(id -> id == 0), "an id is zero");
            System.out.println("sound: " + drawn + " ids, and " + failed + " times none");
        }

        private static void check(boolean fine, String otherwise) {
            if (!fine) {
                System.out.println(otherwise);
                System.exit(1);
            }
        }

        @SuppressWarnings("InfiniteRecursion") // to the end of the stack, which it catches
        private static void deeper() {
            try {
                deeper();
            } catch (StackOverflowError end) {
                fromTheEnd = 0;
            }
            if (fromTheEnd++ < MOST_FRAMES) {
                try {
                    draw();
                } catch (Throwable thrown) {
                    failed++;
                }
            }
        }

        /** Calls nothing else, so that nothing else can overflow. */
        private static void draw() {
            GENERATOR.position = GENERATOR.pool.length - 32;
            if (rekey) {
                GENERATOR.cipher = null;
            }
            DRAWN[drawn] = IDS.getAsLong();
            drawn++;
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
