package dev.rollcall.benchmarks.results;

import java.util.List;

/** In what virtual machine something is measured, as far as it makes a difference. */
public enum Jvm {
    /** As the benchmark says: ParallelGC. */
    PARALLEL(""),

    /** The JDK's own choice on a server. */
    G1("G1", "-Xms4g", "-Xmx4g", "-XX:+UseG1GC"),

    /** Object headers of 8 bytes, where the JDK has them. */
    COMPACT("compact headers", "-Xms4g", "-Xmx4g", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders"),

    /** A heap for ten million sessions. */
    LARGE("", "-Xms10g", "-Xmx10g", "-XX:+UseParallelGC"),

    /** Both. */
    LARGE_COMPACT("compact headers", "-Xms10g", "-Xmx10g", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders");

    private static final int FIRST_WITH_COMPACT_HEADERS = 25;

    private final String label;
    private final List<String> arguments;

    Jvm(String label, String... arguments) {
        this.label = label;
        this.arguments = List.of(arguments);
    }

    /** For tables; empty for what is usual. */
    public String label() {
        return label;
    }

    /** In place of the benchmark's own; none for those. */
    public List<String> arguments() {
        return arguments;
    }

    /** Whether this JDK can be run so. */
    public boolean isAvailable() {
        return !label.equals(COMPACT.label) || Runtime.version().feature() >= FIRST_WITH_COMPACT_HEADERS;
    }

    /** Which one a fork with these arguments was, but for the size of its heap. */
    static Jvm of(List<String> arguments) {
        if (arguments.contains("-XX:+UseCompactObjectHeaders")) {
            return COMPACT;
        }
        return arguments.contains("-XX:+UseG1GC") ? G1 : PARALLEL;
    }
}
