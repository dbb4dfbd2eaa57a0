package dev.rollcall.stress.cluster;

import java.nio.charset.StandardCharsets;
import org.jgroups.Version;

/**
 * What a node says to whoever connects to its seat: its cluster, and what all nodes of a cluster
 * must have in common, as text that an operator can read.
 *
 * @param cluster the cluster's name
 * @param settings version of protocol and engine, limit, seats
 */
record Greeting(String cluster, String settings) {
    /** As much is read of it, so that nobody who says anything else can keep a node reading. */
    static final int MOST_BYTES = 200;

    private static final int PROTOCOL = 2;
    private static final String BEGINNING = "rollcall cluster ";

    /**
     * The greeting of a node.
     *
     * @throws IllegalArgumentException if the name is so long that others could not read all of it
     */
    static Greeting of(String cluster, long limit, Seats seats) {
        Greeting greeting = new Greeting(
                cluster,
                "protocol " + PROTOCOL + ", JGroups " + Version.printVersion() + ", limit " + limit + ", "
                        + seats.size() + " seats #"
                        + Integer.toHexString(seats.toString().hashCode()));
        int tooMany = greeting.text().getBytes(StandardCharsets.UTF_8).length - MOST_BYTES;
        if (tooMany > 0) {
            throw new IllegalArgumentException("--cluster must be shorter by " + tooMany + " bytes: " + cluster);
        }
        return greeting;
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
