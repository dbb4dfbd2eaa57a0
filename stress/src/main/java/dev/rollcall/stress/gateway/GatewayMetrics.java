package dev.rollcall.stress.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the gateway counts itself, beside its session manager's figures. */
record GatewayMetrics(Connections connections) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("rollcall.gateway.sockets", connections, open -> open.count(ClientApi.SUBPROTOCOL))
                .description("WebSockets open to clients")
                .register(registry);
        FunctionCounter.builder("rollcall.gateway.sockets.opened", connections, Connections::openedEver)
                .description("WebSockets opened")
                .register(registry);
        FunctionCounter.builder("rollcall.gateway.slow.readers", connections, Connections::tooSlowEver)
                .description("Clients cut off since they did not read")
                .register(registry);
    }
}
