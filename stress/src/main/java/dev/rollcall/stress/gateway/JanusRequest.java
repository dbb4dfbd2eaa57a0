package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A request whose envelope is in order.
 *
 * @param body all of it
 * @param verb as it was written; Janus ignores its case
 * @param transaction the client's own
 * @param sessionId 0 if there is none
 * @param handleId 0 if there is none
 */
record JanusRequest(JsonNode body, String verb, String transaction, long sessionId, long handleId) {
    /**
     * Reads the envelope.
     *
     * @param path ids in the path of an HTTP request, which those in the body must not differ from
     */
    static JanusRequest of(JsonNode body, Path path) throws JanusException {
        if (!body.isContainerNode()) {
            throw new JanusException(JanusException.INVALID_JSON, "JSON error: '[' or '{' expected");
        }
        long sessionId = oneOf(path.sessionId(), id(body, "session_id"), "session");
        long handleId = oneOf(path.handleId(), id(body, "handle_id"), "handle");
        String transaction = text(body, "transaction");
        return new JanusRequest(body, text(body, "janus"), transaction, sessionId, handleId);
    }

    private static long oneOf(long inPath, long inBody, String whose) throws JanusException {
        if (inPath != 0 && inBody != 0 && inPath != inBody) {
            throw new JanusException(JanusException.INVALID_PATH, "Conflicting " + whose + " ID (payload and path)");
        }
        return inPath == 0 ? inBody : inPath;
    }

    /**
     * Ids in the path of an HTTP request.
     *
     * @param sessionId 0 if there is none
     * @param handleId 0 if there is none
     */
    record Path(long sessionId, long handleId) {
        static final Path NONE = new Path(0, 0);
    }

    /** The verb to switch on. */
    String command() {
        return verb.toLowerCase(Locale.ROOT);
    }

    /** An element that has to be there and be a string. */
    String text(String element) throws JanusException {
        return text(body, element);
    }

    /** A string, or null if there is none. */
    String textIfThere(String element) throws JanusException {
        return body.get(element) == null ? null : text(body, element);
    }

    /** An element that has to be there and be an integer that is not below the bound. */
    long integer(String element, long least) throws JanusException {
        JsonNode node = body.get(element);
        if (node == null) {
            throw JanusException.missing(element);
        }
        checkSize(node);
        if (!node.isIntegralNumber() || node.longValue() < least) {
            throw JanusException.type(element, least < 0 ? "integer" : "positive integer");
        }
        return node.longValue();
    }

    boolean flag(String element) throws JanusException {
        JsonNode node = body.get(element);
        if (node == null) {
            throw JanusException.missing(element);
        }
        if (!node.isBoolean()) {
            throw JanusException.type(element, "boolean");
        }
        return node.booleanValue();
    }

    ObjectNode reply(String janus) {
        ObjectNode reply = Json.object("janus", janus);
        if (sessionId != 0) {
            reply.put("session_id", sessionId);
        }
        return reply.put("transaction", transaction);
    }

    ObjectNode success() {
        return reply("success");
    }

    private static String text(JsonNode body, String element) throws JanusException {
        JsonNode node = body.get(element);
        if (node == null) {
            throw JanusException.missing(element);
        }
        if (!node.isTextual()) {
            throw JanusException.type(element, "string");
        }
        return node.textValue();
    }

    /** Of another type it is taken for absent, as Janus does. */
    private static long id(JsonNode body, String element) throws JanusException {
        JsonNode node = body.get(element);
        if (node == null || !node.isIntegralNumber()) {
            return 0;
        }
        checkSize(node);
        return node.longValue();
    }

    /** What does not fit 64 bits is no JSON for Janus. */
    private static void checkSize(JsonNode node) throws JanusException {
        if (node.isBigInteger()) {
            throw new JanusException(JanusException.INVALID_JSON, "JSON error: too big integer");
        }
    }
}
