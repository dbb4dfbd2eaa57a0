package dev.rollcall.stress.cluster;

import org.jgroups.Version;

/**
 * What a node says to whoever connects to its seat: its cluster, and what all nodes of a cluster
 * must have in common, as text that an operator can read.
 *
 * @param cluster the cluster's name
 * @param settings version of protocol and engine, limit, seats
 */
record Greeting(String cluster, String settings) {
    private static final int PROTOCOL = 2;
    private static final String BEGINNING = "rollcall cluster ";

    static Greeting of(String cluster, long limit, Seats seats) {
        return new Greeting(
                cluster,
                "protocol " + PROTOCOL + ", JGroups " + Version.printVersion() + ", limit " + limit + ", "
                        + seats.size() + " seats #"
                        + Integer.toHexString(seats.toString().hashCode()));
    }

    /** What the engine calls the cluster: nodes that differ in it never meet. */
    String engineName() {
        return cluster + " (" + settings + ')';
    }

    String text() {
        return BEGINNING + '\'' + cluster + "': " + settings;
    }

    static boolean isOf(String text, String cluster) {
        return text.startsWith(BEGINNING + '\'' + cluster + "': ");
    }
}
