package dev.rollcall.stress.storm;

import dev.rollcall.stress.cluster.FreeSeats;
import java.time.Duration;
import java.util.List;

/**
 * What a storm over a fleet is told.
 *
 * @param nodes how many processes
 * @param kills how often one of them is killed
 * @param stops how often one of them is stopped for longer than the others wait for it
 * @param partitions how often one of them is cut off from the others
 * @param limit how many sessions all may have
 * @param between how long the storm rages between two of these
 * @param seats where the nodes may be
 * @param controlSeats where those of the control may be
 */
record FleetPlan(
        int nodes,
        int kills,
        int stops,
        int partitions,
        long limit,
        Duration between,
        String seats,
        String controlSeats) {
    /** How many sessions clients of each node must be able to have at once, for there to be something to lose. */
    static final int LEAST_HELD = 3;

    /** A session of one node is asked for at another one. */
    private static final int LEAST_NODES = 2;

    /** Each is a process, and takes a seat in either list. */
    private static final int MOST_NODES = 100;

    /** On ports that are free now. */
    static FleetPlan of(int nodes, int kills, int stops, int partitions, long limit, Duration between) {
        if (nodes < LEAST_NODES || nodes > MOST_NODES) {
            throw new IllegalArgumentException("--nodes must be in " + LEAST_NODES + " … " + MOST_NODES + ": " + nodes);
        }
        checkNotNegative("--kills", kills);
        checkNotNegative("--stops", stops);
        checkNotNegative("--partitions", partitions);
        checkNotNegative("--millis", between.toMillis());
        if (kills == 0 && partitions == 0) {
            throw new IllegalArgumentException("--kills and --partitions must not both be 0: they show that the"
                    + " control, a shared counter, is wrong");
        }
        long least = (long) LEAST_HELD * nodes;
        if (limit < least) {
            throw new IllegalArgumentException(
                    "--limit must be at least " + least + ", " + LEAST_HELD + " for each node: " + limit);
        }
        List<String> seats = FreeSeats.lists(2, nodes);
        return new FleetPlan(nodes, kills, stops, partitions, limit, between, seats.get(0), seats.get(1));
    }

    private static void checkNotNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + " must not be negative: " + value);
        }
    }
}
