package dev.rollcall.stress.gateway;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** The fleet's figures, all of one scrape from one {@link FleetFigure}. */
record FleetMetrics(Fleet fleet) implements MultiCollector {
    @Override
    public MetricSnapshots collect() {
        FleetFigure figure = fleet.figure();
        if (figure == null) {
            return MetricSnapshots.builder().build();
        }
        return MetricSnapshots.of(
                gauge("live", "Sessions live over the nodes counted", figure.live()),
                gauge(
                        "nodes",
                        "Nodes whose sessions are counted",
                        figure.parts().size()),
                gauge("nodes_known", "Nodes that are known to run", figure.known()),
                gauge("whole", "1 if it is known that all nodes are counted", figure.isWhole() ? 1 : 0),
                gauge("age_seconds", "Age of the oldest part", figure.ageNanos() / 1e9),
                gauge("limit", "How many may be live over all nodes, 0 for no limit", figure.limit()),
                gauge("leased", "How many this node may have", figure.leased()),
                gauge("open", "0 if nothing can be leased until all nodes are accounted for", figure.isOpen() ? 1 : 0));
    }

    private static GaugeSnapshot gauge(String name, String help, Number value) {
        return GaugeSnapshot.builder()
                .name("rollcall_fleet_" + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .build())
                .build();
    }
}
