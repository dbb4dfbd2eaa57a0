package dev.rollcall.stress.storm;

import dev.rollcall.stress.cluster.FreeSeats;
import java.time.Duration;

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
    /** On ports that are free now. */
    static FleetPlan of(int nodes, int kills, int stops, int partitions, long limit, Duration between) {
        return new FleetPlan(nodes, kills, stops, partitions, limit, between, FreeSeats.of(nodes), FreeSeats.of(nodes));
    }
}
