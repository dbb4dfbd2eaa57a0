package dev.rollcall.stress.subjects.programs;

import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.session.InMemorySessionManager;
import io.undertow.server.session.SessionCookieConfig;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Two requests that need a session, and {@code maxSessions} 1: both get one. Seen with Undertow 2.4.4. */
public final class UndertowLimit {
    private UndertowLimit() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        XnioWorker worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
        HttpServerConnection connection = new HttpServerConnection(
                worker.createFullDuplexPipeConnection().getLeftSide(),
                new DefaultByteBufferPool(false, 1_024),
                exchange -> {},
                OptionMap.EMPTY,
                1_024,
                null);
        int rounds = 0;
        int exceeded = 0;
        for (long start = System.nanoTime(); exceeded < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            InMemorySessionManager manager = new InMemorySessionManager("deployment", 1);
            AtomicInteger ready = new AtomicInteger();
            Thread other = new Thread(() -> create(manager, connection, ready));
            other.start();
            create(manager, connection, ready);
            other.join();
            exceeded += manager.getActiveSessionCount() > 1 ? 1 : 0;
        }
        System.out.println("two sessions where one is allowed: broken in " + exceeded + " of " + rounds + " rounds");
        worker.shutdownNow();
    }

    private static void create(InMemorySessionManager manager, HttpServerConnection connection, AtomicInteger ready) {
        HttpServerExchange request = new HttpServerExchange(connection);
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
        try {
            manager.createSession(request, new SessionCookieConfig());
        } catch (IllegalStateException tooMany) {
            // As it should be for one of the two.
        }
    }
}
