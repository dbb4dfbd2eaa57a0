package dev.rollcall;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** Logging whose logger for the library cannot be had at the first attempt; and the check that this loses one message only. */
public final class LateLog extends System.LoggerFinder {
    private static final List<String> MESSAGES = new ArrayList<>();

    private static int lookups;

    /** For {@link java.util.ServiceLoader}. */
    public LateLog() {}

    /** Exits with another code than 0 if it finds a defect. */
    public static void main(String[] arguments) {
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .listener(new SessionListener<>() {
                    @Override
                    public void created(Session<String> session, Transport<String> transport) {
                        throw new IllegalStateException("created, on purpose");
                    }
                })
                .build();
        Transport<String> transport = manager.openTransport("ws");
        for (int i = 0; i < 3; i++) {
            manager.create(transport);
        }
        if (lookups != 2 || MESSAGES.size() != 2) {
            throw new AssertionError(lookups + " lookups, logged " + MESSAGES);
        }
    }

    @Override
    public Logger getLogger(String name, Module module) {
        if (name.equals("dev.rollcall") && lookups++ == 0) {
            throw new IllegalStateException("not up yet, on purpose");
        }
        return new Listed(name);
    }

    private record Listed(String name) implements Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (name.equals("dev.rollcall")) {
                MESSAGES.add(message);
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {}
    }
}
