package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.Session;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The API that operators speak. Everything but ping and info needs the admin secret. */
final class AdminApi extends Api {
    static final String SUBPROTOCOL = "janus-admin-protocol";

    private final SessionManager<Handles> sessions;
    private final Terms terms;
    private final Connections connections;
    private final byte[] secret;
    private final Fleet fleet;

    AdminApi(SessionManager<Handles> sessions, Terms terms, Connections connections, String secret, Fleet fleet) {
        this.sessions = sessions;
        this.terms = terms;
        this.connections = connections;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.fleet = fleet;
    }

    @Override
    String subprotocol() {
        return SUBPROTOCOL;
    }

    @Override
    void answer(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) throws JanusException {
        String command = request.command();
        boolean isPublic = request.sessionId() == 0 && (command.equals("ping") || command.equals("info"));
        if (!isPublic) {
            checkSecret(request);
        }
        if (request.sessionId() == 0) {
            reply.accept(aboutGateway(command, request));
        } else {
            Session<Handles> session = sessions.find(request.sessionId());
            if (session == null) {
                throw JanusException.noSession(request.sessionId(), fleet);
            }
            reply.accept(aboutSession(command, request, session));
        }
    }

    /** Refuses whoever presents none, whatever the secret. Takes as long whatever was presented. */
    private void checkSecret(JanusRequest request) throws JanusException {
        JsonNode presented = request.body().path("admin_secret");
        if (!presented.isTextual()
                || !MessageDigest.isEqual(presented.textValue().getBytes(StandardCharsets.UTF_8), secret)) {
            throw new JanusException(
                    JanusException.UNAUTHORIZED, "Unauthorized request (wrong or missing secret/token)");
        }
    }

    private ObjectNode aboutGateway(String command, JanusRequest request) throws JanusException {
        return switch (command) {
            case "ping" -> request.reply("pong");
            case "info" -> ClientApi.describe(request, terms, sessions);
            case "get_status" -> status(request);
            case "list_sessions" -> {
                ObjectNode success = request.success();
                ArrayNode ids = success.putArray("sessions");
                sessions.forEach(session -> ids.add(session.id()));
                yield success;
            }
            case "set_session_timeout" -> {
                long seconds = request.integer("timeout", 0);
                terms.setSessionTimeout(duration(seconds));
                yield request.success().put("timeout", seconds);
            }
            case "accept_new_sessions" -> {
                boolean accept = request.flag("accept");
                terms.accept(accept);
                yield request.success().put("accept", accept);
            }
            case "query_transport" -> queryTransport(request);
            default -> throw JanusException.path(request);
        };
    }

    private ObjectNode aboutSession(String command, JanusRequest request, Session<Handles> session)
            throws JanusException {
        return switch (command) {
            case "list_handles" -> {
                ObjectNode success = request.success();
                ArrayNode handles = success.putArray("handles");
                session.attachment().ids().forEach(handles::add);
                yield success;
            }
            case "handle_info" -> handleInfo(request, session);
            case "destroy_session" -> {
                if (!session.destroyByAdmin()) {
                    throw JanusException.noSession(request.sessionId());
                }
                yield request.success();
            }
            case "set_session_timeout" -> setSessionTimeout(request, session);
            default -> throw JanusException.path(request);
        };
    }

    private ObjectNode setSessionTimeout(JanusRequest request, Session<Handles> session) throws JanusException {
        long seconds = request.integer("timeout", -1);
        if (!terms.setSessionTimeout(session, seconds < 0 ? Optional.empty() : Optional.of(duration(seconds)))) {
            throw JanusException.noSession(request.sessionId());
        }
        return request.success().put("timeout", seconds);
    }

    private static ObjectNode handleInfo(JanusRequest request, Session<Handles> session) throws JanusException {
        if (request.handleId() == 0) {
            throw JanusException.path(request);
        }
        Handles.Handle handle = session.attachment().get(request.handleId());
        if (handle == null) {
            throw JanusException.noHandle(request);
        }
        SessionInfo info = session.info();
        long now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        ObjectNode success = request.success().put("handle_id", handle.id());
        ObjectNode details = success.putObject("info")
                .put("session_id", session.id())
                .put("session_last_activity", now - info.idle().toNanos() / 1_000)
                .put("session_timeout", info.sessionTimeout().toSeconds())
                .put("session_transport", info.transport())
                .put("handle_id", handle.id())
                .put("loop-running", false)
                .put("created", handle.createdMicros())
                .put("current_time", now)
                .put("plugin", handle.plugin());
        if (handle.opaqueId() != null) {
            details.put("opaque_id", handle.opaqueId());
        }
        return success;
    }

    private ObjectNode status(JanusRequest request) {
        ObjectNode success = request.success();
        success.putObject("status")
                .put("session_timeout", terms.sessionTimeout().toSeconds())
                .put(
                        "reclaim_session_timeout",
                        sessions.status().reclaimTimeout().toSeconds())
                .put("candidates_timeout", 0)
                .put("log_level", 4)
                .put("accepting_new_sessions", terms.isAccepting());
        return success;
    }

    private ObjectNode queryTransport(JanusRequest request) throws JanusException {
        String transport = request.text("transport");
        if (!transport.equals("janus.transport.websockets")) {
            throw new JanusException(JanusException.PLUGIN_NOT_FOUND, "No such transport '" + transport + "'");
        }
        JsonNode asked = request.body().path("request").path("request");
        if (!asked.asText().equals("connections")) {
            throw JanusException.missing("request");
        }
        ObjectNode success = request.success();
        success.putObject("response").put("result", 200).put("connections", connections.count(ClientApi.SUBPROTOCOL));
        return success;
    }

    /** Longer than that is for ever. */
    private static Duration duration(long seconds) {
        return seconds > Integer.MAX_VALUE ? Duration.ZERO : Duration.ofSeconds(seconds);
    }
}
