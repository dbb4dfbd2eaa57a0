package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.ManagerPhase;
import dev.rollcall.RejectReason;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The API that clients speak. Requests for a session are taken from its owner only; to everybody
 * else it does not exist, except for a claim. Every request of the owner counts as a keepalive.
 */
final class ClientApi extends Api {
    static final String SUBPROTOCOL = "janus-protocol";

    /** The one plugin: sends each message back. */
    static final String ECHO = "janus.plugin.echotest";

    private static final int MOST_OPAQUE_ID = 256;

    private final SessionManager<Handles> sessions;
    private final Terms terms;
    private final Fleet fleet;
    private final Executor executor;

    ClientApi(SessionManager<Handles> sessions, Terms terms, Fleet fleet, Executor executor) {
        this.sessions = sessions;
        this.terms = terms;
        this.fleet = fleet;
        this.executor = executor;
    }

    @Override
    String subprotocol() {
        return SUBPROTOCOL;
    }

    /** Once more has been leased it is worth trying again; else it is not. */
    @Override
    CompletableFuture<Boolean> again(JanusRequest request, SessionRejectedException refused) {
        CompletableFuture<Boolean> more = refused.reason() == RejectReason.LIMIT_REACHED ? fleet.more() : null;
        // The fleet's own thread has other things to do.
        return more == null ? null : more.thenApplyAsync(isWorthIt -> isWorthIt, executor);
    }

    @Override
    void answer(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) throws JanusException {
        if (request.sessionId() != 0) {
            aboutSession(request, peer, reply);
        } else if (request.handleId() != 0) {
            throw new JanusException(JanusException.SESSION_NOT_FOUND, "Session not found");
        } else {
            switch (request.command()) {
                case "ping" -> reply.accept(request.reply("pong"));
                case "info" -> reply.accept(info(request));
                case "create" -> reply.accept(create(request, peer));
                default -> throw JanusException.path(request);
            }
        }
    }

    private ObjectNode create(JanusRequest request, Peer peer) throws JanusException {
        if (!terms.isAccepting()) {
            throw new JanusException(JanusException.NOT_ACCEPTING, "Currently not accepting new sessions");
        }
        SessionOptions<Handles> options = SessionOptions.defaults();
        long id = request.body().has("id") ? request.integer("id", 0) : 0;
        if (id > SessionManager.MAX_ID) {
            throw JanusException.type("id", "positive integer of 53 bits");
        }
        if (id != 0) {
            String where = fleet.whereIs(id);
            if (where != null) {
                return refusal(request, RejectReason.DUPLICATE_ID, " on " + where);
            }
            options = options.id(id);
        }
        byte[] secret = secret(request);
        if (secret.length > 0) {
            options = options.claimSecret(secret);
        }
        Session<Handles> session = terms.create(peer.transport(), options);
        ObjectNode success = request.success();
        success.putObject("data").put("id", session.id());
        return success;
    }

    private void aboutSession(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) throws JanusException {
        String command = request.command();
        Session<Handles> session = sessions.find(request.sessionId());
        if (session == null) {
            throw JanusException.noSession(request.sessionId(), fleet);
        }
        if (command.equals("claim")) {
            reply.accept(claim(request, session, peer));
            return;
        }
        // Detached sessions can only be claimed, and those of others not even be seen.
        if (!session.keepAlive(peer.transport())) {
            throw JanusException.noSession(request.sessionId());
        }
        if (request.handleId() != 0 && session.attachment().get(request.handleId()) == null) {
            throw JanusException.noHandle(request);
        }
        switch (command) {
            case "keepalive" -> reply.accept(request.reply("ack"));
            case "attach" -> reply.accept(attach(request, session));
            case "destroy" -> reply.accept(destroy(request, session, peer));
            case "detach" -> detach(request, session, peer, reply);
            case "message" -> echo(request, peer, reply);
            case "hangup" -> {
                checkHandle(request);
                reply.accept(request.success());
            }
            case "trickle" -> throw noMedia();
            default ->
                throw new JanusException(JanusException.UNKNOWN_REQUEST, "Unknown request '" + request.verb() + "'");
        }
    }

    private ObjectNode claim(JanusRequest request, Session<Handles> session, Peer peer) throws JanusException {
        if (session.keepAlive(peer.transport())) {
            return request.success(); // nothing to move, and no secret to ask for
        }
        byte[] secret = secret(request);
        boolean isClaimed =
                secret.length == 0 ? session.claim(peer.transport()) : session.claim(peer.transport(), secret);
        if (!isClaimed) {
            throw JanusException.noSession(request.sessionId());
        }
        return request.success();
    }

    private static byte[] secret(JanusRequest request) throws JanusException {
        String secret = request.textIfThere("claim_secret");
        if (secret == null) {
            return new byte[0];
        }
        if (secret.isEmpty()) {
            throw JanusException.type("claim_secret", "string that is not empty");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode attach(JanusRequest request, Session<Handles> session) throws JanusException {
        if (request.handleId() != 0) {
            throw JanusException.path(request);
        }
        String plugin = request.text("plugin");
        if (!plugin.equals(ECHO)) {
            throw new JanusException(JanusException.PLUGIN_NOT_FOUND, "No such plugin '" + plugin + "'");
        }
        String opaqueId = request.textIfThere("opaque_id");
        if (opaqueId != null && opaqueId.length() > MOST_OPAQUE_ID) {
            throw JanusException.type("opaque_id", "string of at most " + MOST_OPAQUE_ID + " characters");
        }
        Handles.Handle handle = session.attachment().attach(plugin, opaqueId);
        if (handle == null) {
            throw new JanusException(JanusException.PLUGIN_ATTACH, "Too many handles in this session");
        }
        ObjectNode success = request.success();
        success.putObject("data").put("id", handle.id());
        return success;
    }

    /** Not if the session was claimed for another connection meanwhile. */
    private static ObjectNode destroy(JanusRequest request, Session<Handles> session, Peer peer) throws JanusException {
        if (request.handleId() != 0) {
            throw JanusException.path(request);
        }
        if (!session.destroy(peer.transport())) {
            throw JanusException.noSession(request.sessionId());
        }
        return request.success();
    }

    private static void detach(JanusRequest request, Session<Handles> session, Peer peer, Consumer<ObjectNode> reply)
            throws JanusException {
        checkHandle(request);
        if (!session.attachment().detach(request.handleId())) {
            throw JanusException.noHandle(request);
        }
        ObjectNode detached = Json.object("janus", "detached")
                .put("session_id", request.sessionId())
                .put("sender", request.handleId());
        peer.answer(reply, request.success(), detached);
    }

    private static void echo(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) throws JanusException {
        checkHandle(request);
        JsonNode body = request.body().get("body");
        if (body == null) {
            throw JanusException.missing("body");
        }
        if (!body.isObject()) {
            throw JanusException.type("body", "object");
        }
        if (request.body().has("jsep")) {
            throw noMedia();
        }
        ObjectNode event = request.reply("event").put("sender", request.handleId());
        ObjectNode data = event.putObject("plugindata")
                .put("plugin", ECHO)
                .putObject("data")
                .put("echotest", "event")
                .put("result", "ok");
        data.set("body", body);
        peer.answer(reply, request.reply("ack"), event);
    }

    private static void checkHandle(JanusRequest request) throws JanusException {
        if (request.handleId() == 0) {
            throw JanusException.path(request);
        }
    }

    private static JanusException noMedia() {
        return new JanusException(JanusException.NO_PEER_CONNECTION, "This gateway carries no media");
    }

    private ObjectNode info(JanusRequest request) {
        return describe(request, terms, sessions);
    }

    static ObjectNode describe(JanusRequest request, Terms terms, SessionManager<Handles> sessions) {
        Duration reclaim = sessions.status().reclaimTimeout();
        ObjectNode info = request.reply("server_info")
                .put("name", "Rollcall gateway")
                .put("version", 1)
                .put("version_string", "0.1.0")
                .put("session-timeout", terms.sessionTimeout().toSeconds())
                .put("reclaim-session-timeout", reclaim.toSeconds())
                .put("accepting-new-sessions", terms.isAccepting() && sessions.phase() == ManagerPhase.OPEN);
        info.putObject("plugins").putObject(ECHO).put("name", "echo").put("description", "Sends messages back");
        return info;
    }
}
