package dev.rollcall.examples;

import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Listeners that may block, say on a database: each delivery has a virtual thread of its own from
 * Java 21 on, and a pooled one before. A session's events still come one after the other.
 */
final class VirtualThreads {
    private VirtualThreads() {}

    static SessionManager<String> manager(ExecutorService executor, SessionListener<String> listener) {
        return SessionManager.<String>builder()
                .listenerExecutor(executor)
                .listener(listener)
                .build();
    }

    /** Looked up by name, so that this compiles for Java 17. To be closed after the manager. */
    static ExecutorService executor() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException before21) {
            return Executors.newCachedThreadPool();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
