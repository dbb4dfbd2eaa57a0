package dev.rollcall.benchmarks.peers;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * A baseline harder than {@link BareMap}: what a specialist would put together. A map with {@code long} keys that
 * needs no boxes and no nodes, in so many stripes with a lock each that threads seldom meet. It has no
 * timeouts, transports or causes; the count is the sum of the stripes' sizes.
 */
final class StripedMap implements Peer {
    private static final int STRIPE_BITS = 6;

    /** Spreads ids over stripes by other bits than the maps use. */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final Stripe[] stripes = new Stripe[1 << STRIPE_BITS];
    private final LongSupplier ids = Ids.cheap();

    StripedMap() {
        Arrays.setAll(stripes, unused -> new Stripe());
    }

    @Override
    public Client connect(String name, int seats) {
        return new IdClient(seats) {
            @Override
            long create() {
                while (true) {
                    Entry entry = new Entry(ids.getAsLong());
                    if (stripe(entry.id).add(entry)) {
                        return entry.id;
                    }
                }
            }

            @Override
            boolean destroy(long id) {
                return stripe(id).remove(id) != null;
            }

            @Override
            boolean keepAlive(long id) {
                Entry entry = stripe(id).get(id);
                if (entry == null) {
                    return false;
                }
                entry.lastActivityNanos = System.nanoTime();
                return true;
            }
        };
    }

    private Stripe stripe(long id) {
        return stripes[(int) ((id * GOLDEN_RATIO) >>> (Long.SIZE - STRIPE_BITS))];
    }

    @Override
    public long count() {
        long sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.size();
        }
        return sum;
    }

    @Override
    public void close() {
        for (Stripe stripe : stripes) {
            stripe.clear();
        }
    }

    static final class Entry {
        private final long id;
        /** Written for what the write costs. */
        volatile long lastActivityNanos;

        Entry(long id) {
            this.id = id;
        }
    }

    private static final class Stripe {
        private final Long2ObjectHashMap<Entry> map = new Long2ObjectHashMap<>();

        synchronized boolean add(Entry entry) {
            return map.putIfAbsent(entry.id, entry) == null;
        }

        synchronized Entry remove(long id) {
            return map.remove(id);
        }

        synchronized Entry get(long id) {
            return map.get(id);
        }

        synchronized int size() {
            return map.size();
        }

        synchronized void clear() {
            map.clear();
        }
    }
}
