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
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The default id source: unpredictable, uniform in 1 … 2<sup>53</sup>−1. Thread-safe.
 *
 * <p>Source: D. J. Bernstein, "Fast-key-erasure random-number generators", 2017, with the JDK's
 * AES-256 in counter mode as the stream, keyed once from {@link SecureRandom}. Each refill takes its
 * first bytes as the next key and wipes the rest as it is handed out, so that who reads this memory
 * learns no id given out before. Threads are spread over several generators; see D-6 for why not
 * SecureRandom for every id.
 */
final class SecureIds implements LongSupplier {
    private static final int KEY_BYTES = 32;
    private static final int POOL_BYTES = 4096;

    private final Generator[] generators;

    /** Keyed when first used. One does for all managers of a process. */
    private static final class Shared {
        static final SecureIds INSTANCE = new SecureIds();
    }

    static SecureIds shared() {
        return Shared.INSTANCE;
    }

    SecureIds() {
        int count = Integer.highestOneBit(Math.max(1, 2 * Runtime.getRuntime().availableProcessors() - 1));
        generators = new Generator[count];
        Arrays.setAll(generators, i -> new Generator());
    }

    @Override
    @SuppressWarnings("deprecation") // threadId() came with 19
    public long getAsLong() {
        int index = (int) Thread.currentThread().getId();
        while (true) {
            Generator generator = generators[index & generators.length - 1];
            if (generator.tryEnter()) {
                try {
                    return generator.next();
                } finally {
                    generator.leave();
                }
            }
            index++; // its user may have been preempted: try the next one
        }
    }

    /** Used by one thread at a time, between {@link #tryEnter} and {@link #leave}. */
    static final class Generator {
        private static final VarHandle BUSY = ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), "busy", VarHandle.class, Generator.class, boolean.class);
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
        private static final byte[] ZEROS = new byte[POOL_BYTES];

        final byte[] pool = new byte[POOL_BYTES];
        private final Cipher cipher;
        private int position = POOL_BYTES;
        private volatile boolean busy;

        Generator() {
            try {
                cipher = Cipher.getInstance("AES/CTR/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no AES in counter mode; give the builder an id source", e);
            }
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            System.arraycopy(key, 0, pool, 0, KEY_BYTES);
        }

        boolean tryEnter() {
            return !busy && BUSY.compareAndSet(this, false, true);
        }

        void leave() {
            BUSY.setRelease(this, false);
        }

        long next() {
            while (true) {
                if (position == POOL_BYTES) {
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

        private void refill() {
            try {
                SecretKeySpec key = new SecretKeySpec(pool, 0, KEY_BYTES, "AES");
                cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(ZEROS, 0, 16));
                cipher.doFinal(ZEROS, 0, POOL_BYTES, pool, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES failed", e);
            }
            position = KEY_BYTES;
        }
    }
}
