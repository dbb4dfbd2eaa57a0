package dev.rollcall.stress.gateway;

import dev.rollcall.RejectReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.eclipse.jetty.server.ServerConnector;

/** What the gateway counts itself, beside its session manager's figures. */
record GatewayMetrics(Connections connections, ServerConnector clients, Refusals refusals) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "rollcall.gateway.connections",
                        clients,
                        open -> open.getConnectedEndPoints().size())
                .description(
                        "Connections open to clients, WebSockets and others, of which there may be --max-connections")
                .register(registry);
        Gauge.builder("rollcall.gateway.sockets", connections, open -> open.count(ClientApi.SUBPROTOCOL))
                .description("WebSockets open to clients")
                .register(registry);
        FunctionCounter.builder("rollcall.gateway.sockets.opened", connections, Connections::openedEver)
                .description("WebSockets opened")
                .register(registry);
        FunctionCounter.builder("rollcall.gateway.slow.readers", connections, Connections::tooSlowEver)
                .description("Clients cut off since they did not read")
                .register(registry);
        for (RejectReason reason : RejectReason.values()) {
            FunctionCounter.builder("rollcall.gateway.refusals", refusals, told -> told.count(reason))
                    .description("Creates and claims that were answered with a refusal")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
