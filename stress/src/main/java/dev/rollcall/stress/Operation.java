package dev.rollcall.stress;

/** The operations that scenarios set against each other, in the order of the matrix. */
public enum Operation {
    CREATE("create"),
    LOOKUP("lookup"),
    KEEPALIVE("keepalive"),
    /** Of a session: its timeouts, its claim secret. */
    SET_TERMS("set terms"),
    CLAIM("claim"),
    DESTROY("destroy"),
    TIMEOUT("timeout"),
    TRANSPORT_GONE("transport gone"),
    SET_LIMIT("setLimit"),
    DRAIN("drain"),
    SHUTDOWN("shutdown"),
    COUNT("count"),
    LISTING("listing"),
    AUDIT("audit");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** As the matrix shows it. */
    public String label() {
        return label;
    }
}
