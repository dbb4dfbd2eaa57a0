package dev.rollcall.stress.subjects.programs;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

/**
 * A logout beside the response of another request: the filter's save puts the deleted session back. Seen with Spring
 * Session 4.0.4.
 */
public final class SpringResurrection {
    private SpringResurrection() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        MapSessionRepository repository = new MapSessionRepository(new ConcurrentHashMap<>());
        int rounds = 0;
        int resurrected = 0;
        for (long start = System.nanoTime(); resurrected < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            MapSession created = repository.createSession();
            repository.save(created);
            AtomicInteger ready = new AtomicInteger();
            Thread logout = new Thread(() -> {
                meet(ready);
                repository.deleteById(created.getId());
            });
            logout.start();
            meet(ready);
            // As SessionRepositoryFilter does it: at the beginning of a request, and with its response.
            MapSession session = repository.findById(created.getId());
            if (session != null) {
                session.setLastAccessedTime(Instant.now());
                repository.save(session);
            }
            logout.join();
            resurrected += repository.findById(created.getId()) == null ? 0 : 1;
        }
        System.out.println("deleted, and there again: broken in " + resurrected + " of " + rounds + " rounds");
    }

    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
    }
}
