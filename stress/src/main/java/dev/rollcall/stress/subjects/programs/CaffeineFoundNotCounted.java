package dev.rollcall.stress.subjects.programs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;

/** A number that follows a cache: the session is found, and the number that is read next does not have it. */
public final class CaffeineFoundNotCounted {
    private CaffeineFoundNotCounted() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        int rounds = 0;
        int missed = 0;
        for (long start = System.nanoTime(); missed < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            AtomicLong live = new AtomicLong();
            Cache<String, String> cache = Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .<String, String>removalListener((id, session, cause) -> live.decrementAndGet())
                    .build();
            Thread client = new Thread(() -> {
                cache.put("id", "session");
                live.incrementAndGet();
            });
            client.start();
            while (cache.getIfPresent("id") == null) {
                Thread.onSpinWait();
            }
            missed += live.get() == 0 ? 1 : 0;
            client.join();
        }
        System.out.println("found, but not counted: broken in " + missed + " of " + rounds + " rounds");
    }
}
