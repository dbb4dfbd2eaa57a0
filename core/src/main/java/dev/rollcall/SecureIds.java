package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The default id source: unpredictable, uniform in 1 … 2<sup>53</sup>−1. Thread-safe.
 *
 * <p>Source: D. J. Bernstein, "Fast-key-erasure random-number generators", 2017, with the JDK's
 * AES-256 in counter mode as the stream, keyed once from {@link SecureRandom}. A generator makes
 * ids in pools. As soon as a pool has been made, the cipher is given the key of the next pool,
 * which is the end of the pool's own key stream, and each id is wiped from the pool when it is
 * handed out. Threads are spread over several generators; D-6 says why not every id comes from
 * SecureRandom.
 *
 * <p>What that achieves: nothing that a generator refers to determines an id that it has handed
 * out. It does determine the ids that it will hand out next, as the state of any generator does.
 *
 * <p>What it does not achieve: a cipher expands its key into arrays of its own, and takes copies of
 * the key that it is given. Whether it wipes those when it is given another key is the provider's
 * choice. Where it does not, former keys stay in the heap as garbage until the collector has reused
 * that memory. A copy that the collector left behind when it moved an array, and what the
 * processor's registers were saved to, are out of reach from Java.
 */
final class SecureIds implements LongSupplier {
    private static final int KEY_BYTES = 32;
    private static final int POOL_BYTES = 4096;

    /** What follows the ids in a pool is the next pool's key. */
    static final int IDS_BYTES = POOL_BYTES - KEY_BYTES;

    private static @Nullable SecureIds shared;

    final Generator[] generators;

    /**
     * The one for all managers of a process, made when first asked for. Not a constant of a class:
     * if there is no cipher, every caller is told so, and not only the first.
     */
    static synchronized SecureIds shared() {
        if (shared == null) {
            SecureIds made = new SecureIds();
            made.getAsLong(); // initializes classes of the JDK, which may fail for good: better here than in a create
            shared = made;
        }
        return shared;
    }

    SecureIds() {
        this(Integer.highestOneBit(Math.max(1, 2 * Runtime.getRuntime().availableProcessors() - 1)));
    }

    /** With so many generators, a power of two. */
    SecureIds(int count) {
        generators = new Generator[count];
        Arrays.setAll(generators, i -> new Generator());
    }

    @Override
    @SuppressWarnings("deprecation") // threadId() came with 19
    public long getAsLong() {
        int first = (int) Thread.currentThread().getId();
        while (true) {
            for (int i = 0; i < generators.length; i++) {
                Generator generator = generators[first + i & generators.length - 1];
                if (generator.tryEnter()) {
                    try {
                        long id = generator.next();
                        generator.leave();
                        return id;
                    } catch (Throwable thrown) {
                        generator.busy = false; // no call, which could fail too if the stack is full
                        throw thrown;
                    }
                }
            }
            Carriers.yieldIfPossible(); // every generator is in use, perhaps by a thread that has no processor
        }
    }

    /** Used by one thread at a time, from {@link #tryEnter} to {@link #leave}. */
    static final class Generator {
        private static final VarHandle BUSY = ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), "busy", VarHandle.class, Generator.class, boolean.class);
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
        private static final byte[] ZEROS = new byte[POOL_BYTES];
        private static final IvParameterSpec ZERO_COUNTER = new IvParameterSpec(ZEROS, 0, 16);

        final byte[] pool = new byte[POOL_BYTES];

        /**
         * Has the key of the next pool and has encrypted nothing with it. Null while that is not
         * so: a refill that fails leaves null, and the next one begins with a new cipher and a new
         * key, so that no key stream is ever used twice.
         */
        @Nullable
        Cipher cipher = keyedAtRandom();

        /** Where the next id is. Set back only once a refill has succeeded. */
        int position = IDS_BYTES;

        private volatile boolean busy;

        boolean tryEnter() {
            return !busy && BUSY.compareAndSet(this, false, true);
        }

        void leave() {
            BUSY.setRelease(this, false);
        }

        long next() {
            while (true) {
                if (position == IDS_BYTES) {
                    refill();
                }
                long id = (long) LONGS.get(pool, position) >>> 11;
                LONGS.set(pool, position, 0L);
                position += Long.BYTES;
                if (id != 0) {
                    return id;
                }
            }
        }

        /** Whatever fails here, the pool counts as used up and the cipher as without a key. */
        private void refill() {
            Cipher keyed = cipher;
            cipher = null;
            if (keyed == null) {
                keyed = keyedAtRandom();
            }
            try {
                // The last block, which a cipher in counter mode may keep, is part of the next key.
                int made = keyed.doFinal(ZEROS, 0, POOL_BYTES, pool, 0);
                if (made != POOL_BYTES) {
                    throw new IllegalStateException("AES made " + made + " bytes of " + POOL_BYTES);
                }
                setKey(keyed, Arrays.copyOfRange(pool, IDS_BYTES, POOL_BYTES));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES failed", e);
            } finally {
                Arrays.fill(pool, IDS_BYTES, POOL_BYTES, (byte) 0);
            }
            cipher = keyed;
            position = 0;
        }

        private static Cipher keyedAtRandom() {
            byte[] seed = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(seed);
            try {
                Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
                setKey(cipher, seed);
                return cipher;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no AES in counter mode; give the builder an id source", e);
            }
        }

        /** Keys a cipher and wipes the key that it was given. */
        static void setKey(Cipher cipher, byte[] bytes) throws GeneralSecurityException {
            Key key = new Key(bytes);
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, ZERO_COUNTER);
            } finally {
                key.destroy();
            }
        }
    }

    /** A key that can be wiped, which the JDK's own SecretKeySpec cannot. */
    static final class Key implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;
        private transient boolean destroyed;

        /** A key that owns the array. */
        Key(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        /**
         * A copy, which the caller may wipe or keep. Were it the array itself, wiping it could
         * change the key of a cipher that keeps what it is given.
         */
        @Override
        public byte[] getEncoded() {
            if (destroyed) {
                throw new IllegalStateException("the key was destroyed");
            }
            return bytes.clone();
        }

        @Override
        public void destroy() {
            destroyed = true;
            Arrays.fill(bytes, (byte) 0);
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }
    }
}
