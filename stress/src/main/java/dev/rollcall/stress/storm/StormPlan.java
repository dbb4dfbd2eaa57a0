package dev.rollcall.stress.storm;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a storm is told.
 *
 * @param clients how many act at once, each on up to eight sockets
 * @param length how long they act
 * @param seed of all choices
 * @param crowd how many sessions live beside them all the time
 * @param acts what clients do, at least one of them
 * @param url another gateway's address, or null for one that the storm starts itself
 * @param adminUrl the same for operators
 * @param adminSecret what admin requests have to present there
 */
record StormPlan(
        int clients, Duration length, long seed, int crowd, Set<Act> acts, URI url, URI adminUrl, String adminSecret) {
    /** Some acts are played by one client each. */
    private static final int LEAST_CLIENTS = 4;

    private static final int MOST_CLIENTS = 500;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_CROWD = 1_000_000;

    StormPlan {
        check("clients", clients, LEAST_CLIENTS, MOST_CLIENTS);
        check("seconds", length.toSeconds(), 1, MOST_SECONDS);
        check("sessions", crowd, 0, MOST_CROWD);
        if ((url == null) != (adminUrl == null)) {
            throw new IllegalArgumentException("--url and --admin-url go together");
        }
    }

    /** Against a gateway of its own. */
    static StormPlan own(int clients, Duration length, long seed) {
        return new StormPlan(clients, length, seed, 0, EnumSet.allOf(Act.class), null, null, "");
    }

    /** Whether clients do everything that there is. */
    boolean isFull() {
        return acts.size() == Act.values().length;
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " … " + most);
        }
    }
}
