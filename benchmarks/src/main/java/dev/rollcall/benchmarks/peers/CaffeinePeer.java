package dev.rollcall.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sessions in a Caffeine cache that forgets the idle ones, with a number that follows the removal
 * listener. The listener runs on the thread that removes, as suits one that only counts: that is
 * faster here than its default, a task per removal on the common pool, and the number is right when
 * the call returns.
 */
final class CaffeinePeer implements Peer {
    private final AtomicLong live = new AtomicLong();
    private final LongSupplier ids = Ids.cheap();
    private final PeerTime time;
    private final Cache<Long, CachedSession> cache;
    private final ConcurrentMap<Long, CachedSession> map;

    CaffeinePeer(PeerOptions options) {
        this.time = options.time();
        this.cache = Caffeine.newBuilder()
                .expireAfterAccess(options.sessionTimeout())
                .ticker(time::nanos)
                .executor(Runnable::run)
                .<Long, CachedSession>removalListener((id, session, cause) -> live.decrementAndGet())
                .build();
        this.map = cache.asMap();
    }

    @Override
    public Client connect(String name, int seats) {
        return new IdClient(seats) {
            @Override
            long create() {
                CachedSession session = new CachedSession(name);
                while (true) {
                    long id = ids.getAsLong();
                    if (map.putIfAbsent(id, session) == null) {
                        live.incrementAndGet();
                        return id;
                    }
                }
            }

            @Override
            boolean destroy(long id) {
                return map.remove(id) != null;
            }

            @Override
            boolean keepAlive(long id) {
                return cache.getIfPresent(id) != null;
            }
        };
    }

    @Override
    public long count() {
        return live.get();
    }

    /** Each clean-up removes a bounded number. */
    @Override
    public void sweep() {
        long before;
        do {
            before = live.get();
            cache.cleanUp();
        } while (live.get() < before);
    }

    @Override
    public void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }

    /** The cache keeps times and order itself. */
    private record CachedSession(String owner) {}
}
