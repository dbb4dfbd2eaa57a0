package dev.rollcall.stress.gateway;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerStatus;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManager;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/** The figures in Prometheus' text format, all of one scrape from one snapshot. Thread-safe. */
final class PrometheusText implements Supplier<String> {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final SessionManager<Handles> sessions;
    private final Connections connections;

    PrometheusText(SessionManager<Handles> sessions, Connections connections) {
        this.sessions = sessions;
        this.connections = connections;
    }

    @Override
    public String get() {
        ManagerStatus status = sessions.status();
        SessionCounts counts = status.counts();
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(gauge("rollcall_sessions_live", "Sessions created and not ended", counts.live()));
        all.metricSnapshot(gauge("rollcall_sessions_attached", "Sessions on a transport", counts.attached()));
        all.metricSnapshot(gauge("rollcall_sessions_detached", "Sessions that may be claimed", counts.detached()));
        all.metricSnapshot(gauge(
                "rollcall_sessions_limit",
                "How many may be live, 0 for no limit",
                status.maxSessions().orElse(0)));
        all.metricSnapshot(counter("rollcall_sessions_created", "Sessions ever created", counts.created()));
        all.metricSnapshot(counter("rollcall_sessions_claimed", "Claims that moved a session", counts.claims()));
        all.metricSnapshot(ended(counts));
        all.metricSnapshot(rejected(counts));
        all.metricSnapshot(gauge(
                "rollcall_sweep_delay_seconds",
                "How late the next sweep is",
                status.sweepDelay().toNanos() / 1e9));
        all.metricSnapshot(gauge("rollcall_event_backlog", "Events not delivered yet", status.eventBacklog()));
        all.metricSnapshot(
                counter("rollcall_listener_failures", "How often a listener threw", status.listenerFailures()));
        all.metricSnapshot(gauge(
                "rollcall_gateway_sockets", "WebSockets open to clients", connections.count(ClientApi.SUBPROTOCOL)));
        all.metricSnapshot(
                counter("rollcall_gateway_sockets_opened", "WebSockets ever opened", connections.openedEver()));
        all.metricSnapshot(counter(
                "rollcall_gateway_slow_readers", "Clients cut off since they did not read", connections.tooSlowEver()));
        return write(all.build());
    }

    private static GaugeSnapshot gauge(String name, String help, Number value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .build())
                .build();
    }

    private static CounterSnapshot counter(String name, String help, Number value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .build())
                .build();
    }

    private static CounterSnapshot ended(SessionCounts counts) {
        CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name("rollcall_sessions_ended").help("Sessions ever ended, by cause");
        for (EndCause cause : EndCause.values()) {
            builder.dataPoint(labelled(Labels.of("cause", label(cause)), counts.ended(cause)));
        }
        return builder.build();
    }

    private static CounterSnapshot rejected(SessionCounts counts) {
        CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name("rollcall_sessions_rejected").help("Creates and claims ever refused");
        for (RejectReason reason : RejectReason.values()) {
            String name = label(reason);
            builder.dataPoint(
                    labelled(Labels.of("operation", "create", "reason", name), counts.rejectedCreates(reason)));
            builder.dataPoint(labelled(Labels.of("operation", "claim", "reason", name), counts.rejectedClaims(reason)));
        }
        return builder.build();
    }

    private static CounterDataPointSnapshot labelled(Labels labels, Number value) {
        return CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value.doubleValue())
                .build();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String write(MetricSnapshots snapshots) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
