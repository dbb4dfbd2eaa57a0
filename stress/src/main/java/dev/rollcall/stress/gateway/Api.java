package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionRejectedException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Answers requests, each by exactly one reply. Knows nothing of sockets. Thread-safe. */
abstract class Api {
    /** How often a request may be tried again. */
    private static final int TRIES = 3;

    private final Refusals refusals = new Refusals();

    /** What clients were told of refusals. */
    final Refusals refusals() {
        return refusals;
    }

    /** The WebSocket subprotocol that it is spoken over. */
    abstract String subprotocol();

    /**
     * Answers one request. An event that follows from it is left to {@link Peer#answer}.
     *
     * @throws JanusException if the reply is an error; then there was none yet
     */
    abstract void answer(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) throws JanusException;

    /** Answers all documents of a text in turn. One that is no JSON ends it. */
    final void handleAll(String text, Peer peer, Consumer<ObjectNode> reply) {
        try (JsonParser parser = Json.parser(text)) {
            JsonNode document = Json.next(parser);
            if (document == null) {
                throw new IOException("no content");
            }
            while (document != null) {
                handle(document, JanusRequest.Path.NONE, peer, reply);
                document = Json.next(parser);
            }
        } catch (IOException broken) {
            reply.accept(notJson(broken));
        }
    }

    /**
     * Whether a request that was refused is to be tried again, as soon as that is known, on a thread
     * that may try it; null if the refusal is the answer.
     */
    CompletableFuture<Boolean> again(JanusRequest request, SessionRejectedException refused) {
        return null;
    }

    /** Answers one document, perhaps later. */
    final void handle(JsonNode document, JanusRequest.Path path, Peer peer, Consumer<ObjectNode> reply) {
        handle(document, path, peer, reply, TRIES);
    }

    private void handle(
            JsonNode document, JanusRequest.Path path, Peer peer, Consumer<ObjectNode> reply, int triesLeft) {
        JanusRequest request = null;
        AtomicBoolean isAnswered = new AtomicBoolean();
        try {
            request = JanusRequest.of(document, path);
            answer(request, peer, message -> {
                reply.accept(message);
                isAnswered.set(true);
            });
        } catch (JanusException wrong) {
            reply.accept(error(request, wrong.code(), wrong.getMessage()));
        } catch (SessionRejectedException refused) {
            CompletableFuture<Boolean> again = triesLeft > 0 ? again(request, refused) : null;
            if (again == null) {
                reply.accept(refusal(request, refused.reason(), ""));
            } else {
                JanusRequest asked = request;
                peer.deferred();
                var unused = again.thenAccept(isWorthIt -> {
                            if (isWorthIt) {
                                handle(document, path, peer, reply, triesLeft - 1);
                            } else {
                                reply.accept(refusal(asked, refused.reason(), ""));
                            }
                        })
                        .whenComplete((nothing, failure) -> {
                            try {
                                if (failure != null) {
                                    Connections.warn("a request could not be tried again", failure);
                                    reply.accept(internal(asked));
                                }
                            } finally {
                                peer.settled();
                            }
                        });
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            // The manager has changed nothing, or has done its work whole: the client may ask again.
            Connections.warn("a request failed", failure);
            if (!isAnswered.get()) {
                reply.accept(internal(request));
            }
        }
    }

    private static ObjectNode internal(JanusRequest request) {
        return error(request, JanusException.INTERNAL, "Internal error");
    }

    static ObjectNode notJson(IOException broken) {
        return error(null, JanusException.INVALID_JSON, "JSON error: " + firstLine(broken.getMessage()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /**
     * The answer to a create or claim that is refused, which counts as one.
     *
     * @param where of an id that is taken: where, if not here
     */
    final ObjectNode refusal(JanusRequest request, RejectReason reason, String where) {
        refusals.add(reason);
        return switch (reason) {
            case DUPLICATE_ID ->
                error(request, JanusException.SESSION_CONFLICT, "Session ID already in use" + where)
                        .put("session_id", request.body().get("id").longValue());
            case WRONG_SECRET ->
                error(request, JanusException.UNAUTHORIZED, "Unauthorized request (wrong or missing claim_secret)");
            case LIMIT_REACHED ->
                error(request, JanusException.NOT_ACCEPTING, "Currently not accepting new sessions (limit reached)");
            case DRAINING, CLOSED ->
                error(request, JanusException.NOT_ACCEPTING, "Currently not accepting new sessions");
            case TRANSPORT_GONE -> error(request, JanusException.SESSION_NOT_FOUND, "The connection is gone");
        };
    }

    private static ObjectNode error(JanusRequest request, int code, String reason) {
        ObjectNode error = request == null ? Json.object("janus", "error") : request.reply("error");
        error.putObject("error").put("code", code).put("reason", reason);
        return error;
    }
}
