package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The WebSockets that are open, or whose losses could not be reported yet. Thread-safe. */
final class Connections {
    private static final System.Logger LOGGER = System.getLogger(Connections.class.getName());

    /** Only clients that do not read, or do not send what they began, cost that long. */
    private static final long GOODBYE_SECONDS = 10;

    private final Set<WebSocketPeer> open = ConcurrentHashMap.newKeySet();
    private final LongAdder opened = new LongAdder();
    private final LongAdder tooSlow = new LongAdder();

    private final long maxBacklog;

    private volatile boolean isClosing;

    /** With a limit for each, in characters that wait to be sent; 0 for none. */
    Connections(long maxBacklog) {
        this.maxBacklog = maxBacklog == 0 ? Long.MAX_VALUE : maxBacklog;
    }

    /** Once more characters than that wait for a client, nothing may be sent to it. */
    long maxBacklog() {
        return maxBacklog;
    }

    void opened(WebSocketPeer peer) {
        open.add(peer);
        opened.increment();
        if (isClosing) {
            // Perhaps too late for who says goodbye to all.
            var unused = peer.sayGoodbye();
        }
    }

    void closed(WebSocketPeer peer) {
        open.remove(peer);
    }

    /** A client did not read its messages, and was cut off. */
    void tooSlow() {
        tooSlow.increment();
    }

    /** A connection is lost. If the manager cannot be told now, it is told later. */
    void lost(WebSocketPeer peer) {
        try {
            peer.transport().gone();
            closed(peer);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            warn("a loss could not be reported, and will be again", failure);
        }
    }

    /** Says so, if there is a way to: what the caller has left to do matters more. */
    static void warn(String what, Throwable failure) {
        try {
            LOGGER.log(Level.WARNING, what, failure);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError unsaid) {
            // Without memory not even that can be said.
        }
    }

    /** Reports again what could not be reported. */
    void reportAgain() {
        for (WebSocketPeer peer : open) {
            if (peer.isLost()) {
                lost(peer);
            }
        }
    }

    /**
     * Says goodbye to all, and to those who open later. Waits a while until it is sent, and whatever
     * else is under way is done.
     */
    void closeAll(CompletableFuture<Void> underWay) {
        isClosing = true;
        Stream<CompletableFuture<Void>> goodbyes = open.stream().map(WebSocketPeer::sayGoodbye);
        CompletableFuture.allOf(Stream.concat(goodbyes, Stream.of(underWay)).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GOODBYE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(gone -> null)
                .join();
        open.forEach(WebSocketPeer::leave);
    }

    long count(String subprotocol) {
        return open.stream()
                .filter(peer -> !peer.isLost() && peer.subprotocol().equals(subprotocol))
                .count();
    }

    long openedEver() {
        return opened.sum();
    }

    long tooSlowEver() {
        return tooSlow.sum();
    }

    /** Some of the connections, for the live page. */
    ArrayNode list(int most) {
        ArrayNode list = Json.array();
        open.stream().filter(peer -> !peer.isLost()).limit(most).forEach(peer -> {
            ObjectNode entry = list.addObject();
            entry.put("name", peer.transport().name());
            entry.put("protocol", peer.subprotocol());
            entry.put("remote", peer.remote());
            entry.put("since", peer.sinceMillis());
            entry.put("sessions", peer.transport().count());
        });
        return list;
    }
}
