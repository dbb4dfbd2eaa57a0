package dev.rollcall;

import java.time.Duration;

/** What {@link ClassLoadingTest} runs in a JVM of its own: builds a manager, tells so, and uses it for the first time. */
final class FirstLife {
    static final String BUILT = "The manager is built.";

    private FirstLife() {}

    /** Arguments: whether there is a listener. */
    public static void main(String[] arguments) {
        ManualTicker ticker = new ManualTicker();
        SessionManagerBuilder<String> builder = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .sessionTimeout(Duration.ofSeconds(60))
                .reclaimTimeout(Duration.ofSeconds(10))
                .maxSessions(2);
        if (Boolean.parseBoolean(arguments[0])) {
            builder.listener(new SessionListener<>() {});
            builder.counter(CounterStrategy.ADDER);
        }
        SessionManager<String> manager = builder.build();
        System.out.println(BUILT);

        Transport<String> first = manager.openTransport("first");
        Session<String> session = manager.create(first);
        manager.create(first).destroy();
        Session<String> idle = manager.create(first);
        refused(() -> manager.create(first));
        check(manager.keepAlive(session.id()) && session.keepAlive() && manager.find(session.id()) == session);
        first.gone();
        refused(() -> manager.create(first));
        Transport<String> second = manager.openTransport("second");
        check(session.claim(second) && !idle.keepAlive());
        ticker.advance(Duration.ofSeconds(11));
        check(manager.sweep() == 1 && idle.endCause() == EndCause.RECLAIM_EXPIRED);
        ticker.advance(Duration.ofSeconds(60));
        check(manager.sweep() == 1 && session.endCause() == EndCause.TIMED_OUT);
        manager.create(second);
        check(manager.counts().live() == 1 && manager.count() == 1);
        check(manager.status().health() == ManagerHealth.READY
                && manager.audit().isClean());
        check(session.info().id() == session.id() && !manager.toString().isEmpty());
        manager.close();
        refused(() -> manager.create(second));
        check(manager.counts().live() == 0);
    }

    private static void refused(Runnable operation) {
        try {
            operation.run();
        } catch (SessionRejectedException expected) {
            return;
        }
        throw new AssertionError("was not refused");
    }

    private static void check(boolean isSo) {
        if (!isSo) {
            throw new AssertionError();
        }
    }
}
