package dev.rollcall.stress.gateway;

/** A request that is answered by an error, with a code of Janus' own. */
final class JanusException extends Exception {
    static final int UNAUTHORIZED = 403;
    static final int UNKNOWN_REQUEST = 453;
    static final int INVALID_JSON = 454;
    static final int MISSING_ELEMENT = 456;
    static final int INVALID_PATH = 457;
    static final int SESSION_NOT_FOUND = 458;
    static final int HANDLE_NOT_FOUND = 459;
    static final int PLUGIN_NOT_FOUND = 460;
    static final int PLUGIN_ATTACH = 461;
    static final int INVALID_TYPE = 467;
    static final int SESSION_CONFLICT = 468;
    static final int NO_PEER_CONNECTION = 471;
    static final int NOT_ACCEPTING = 472;
    static final int INTERNAL = 490;

    private static final long serialVersionUID = 1L;

    /** One of the codes above. */
    private final int code;

    /** No stack trace: it is an answer. */
    JanusException(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    static JanusException missing(String element) {
        return new JanusException(MISSING_ELEMENT, "Missing mandatory element (" + element + ")");
    }

    static JanusException type(String element, String expected) {
        return new JanusException(INVALID_TYPE, "Invalid element type (" + element + " should be a " + expected + ")");
    }

    static JanusException path(JanusRequest request) {
        return new JanusException(INVALID_PATH, "Unhandled request '" + request.verb() + "' at this path");
    }

    /** Janus takes ids for unsigned. */
    static JanusException noSession(long id) {
        return new JanusException(SESSION_NOT_FOUND, "No such session " + Long.toUnsignedString(id));
    }

    /** As above, and where it is, if another node has it. */
    static JanusException noSession(long id, Fleet fleet) {
        String where = fleet.whereIs(id);
        return where == null
                ? noSession(id)
                : new JanusException(
                        SESSION_NOT_FOUND, "No such session " + Long.toUnsignedString(id) + " here: it is on " + where);
    }

    static JanusException noHandle(JanusRequest request) {
        return new JanusException(
                HANDLE_NOT_FOUND,
                "No such handle " + Long.toUnsignedString(request.handleId()) + " in session "
                        + Long.toUnsignedString(request.sessionId()));
    }
}
