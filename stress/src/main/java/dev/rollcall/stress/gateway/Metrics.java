package dev.rollcall.stress.gateway;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.util.List;

/**
 * A registry of the gateway's own, for Prometheus. Thread-safe.
 *
 * <p>A scrape is made by one thread, so the session manager's values in it are of one snapshot; see {@link
 * dev.rollcall.micrometer.SessionMetrics}.
 */
final class Metrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics(List<MeterBinder> binders, MultiCollector... collectors) {
        binders.forEach(binder -> binder.bindTo(registry));
        for (MultiCollector collector : collectors) {
            registry.getPrometheusRegistry().register(collector);
        }
    }

    /** All figures in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
