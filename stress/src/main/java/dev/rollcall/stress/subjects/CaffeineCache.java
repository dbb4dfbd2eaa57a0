package dev.rollcall.stress.subjects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions in a Caffeine cache that forgets the idle ones, with a number that follows the removal listener. The listener
 * runs on the thread that removes; by default it would be told later, on the common pool.
 */
public final class CaffeineCache
        implements SessionSubject,
                SessionSubject.UniqueIds,
                SessionSubject.Listing,
                SessionSubject.Events,
                SessionSubject.SecondCount {
    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong live = new AtomicLong();
    private final RecentEnds ended = new RecentEnds();
    private final Cache<String, Object> cache = Caffeine.newBuilder()
            .expireAfterAccess(TIMEOUT)
            .ticker(nanos::get)
            .executor(Runnable::run)
            .<String, Object>removalListener((id, session, cause) -> {
                live.decrementAndGet();
                ended.add(id);
            })
            .build();
    private final ConcurrentMap<String, Object> map = cache.asMap();

    /** Made by the suite. */
    public CaffeineCache() {}

    @Override
    public String create() {
        String id;
        do {
            id = Ids.next();
        } while (create(id) == Answer.NO);
        return id;
    }

    @Override
    public Answer create(String id) {
        if (map.putIfAbsent(id, new Object()) != null) {
            return Answer.NO;
        }
        live.incrementAndGet();
        return Answer.YES;
    }

    @Override
    public Answer destroy(String id) {
        return Answer.of(map.remove(id) != null);
    }

    @Override
    public int sweep() {
        cache.cleanUp();
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        return Answer.of(cache.getIfPresent(id) != null);
    }

    @Override
    public boolean find(String id) {
        return map.containsKey(id);
    }

    @Override
    public long count() {
        return live.get();
    }

    @Override
    public long secondCount() {
        return cache.estimatedSize();
    }

    @Override
    public Collection<String> list() {
        return List.copyOf(map.keySet());
    }

    @Override
    public List<String> ended() {
        return ended.list();
    }

    @Override
    public void makeDue(String id) {
        nanos.addAndGet(TIMEOUT.toNanos());
    }
}
