package dev.rollcall.benchmarks.results;

import java.util.List;
import java.util.stream.Stream;

/**
 * In what virtual machine something is measured. Every heap has one size from the beginning and is
 * touched before anything is measured: the first touch of a page costs more than what is measured.
 */
public enum Jvm {
    /** What benchmarks are annotated with: no collector thread competes except in pauses. */
    PARALLEL("", Jvm.HEAP, Jvm.MOST_HEAP, Jvm.YOUNG, Jvm.COLLECTOR),

    /** The JDK's own choice on a server. */
    G1("G1", Jvm.HEAP, Jvm.MOST_HEAP, "-XX:+UseG1GC"),

    /** The benchmark's threads are virtual. */
    VIRTUAL(
            "virtual threads",
            21,
            Jvm.HEAP,
            Jvm.MOST_HEAP,
            Jvm.YOUNG,
            Jvm.COLLECTOR,
            "-D" + Jvm.EXECUTOR + '=' + Jvm.VIRTUAL_THREADS),

    /** Object headers of 8 bytes. */
    COMPACT("compact headers", 25, Jvm.HEAP, Jvm.MOST_HEAP, Jvm.YOUNG, Jvm.COLLECTOR, "-XX:+UseCompactObjectHeaders"),

    /** A heap for ten million sessions. */
    LARGE("large heap", "-Xms10g", "-Xmx10g", Jvm.COLLECTOR),

    /** Both. */
    LARGE_COMPACT(
            "large heap, compact headers", 25, "-Xms10g", "-Xmx10g", Jvm.COLLECTOR, "-XX:+UseCompactObjectHeaders");

    /** Touches the heap. */
    public static final String PRE_TOUCH = "-XX:+AlwaysPreTouch";

    /** Only Linux has the next option. */
    public static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";

    /** To touch a heap in small pages takes longer than to measure. */
    public static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    /** The heap's first size. */
    public static final String HEAP = "-Xms3g";

    /** The heap's last size. */
    public static final String MOST_HEAP = "-Xmx3g";

    /** The young generation's size. */
    public static final String YOUNG = "-Xmn1g";

    /** The usual collector. */
    public static final String COLLECTOR = "-XX:+UseParallelGC";

    private static final String EXECUTOR = "jmh.executor";
    private static final String VIRTUAL_THREADS = "VIRTUAL";

    private final String label;
    private final int firstJdk;
    private final List<String> arguments;

    Jvm(String label, String... arguments) {
        this(label, 0, arguments);
    }

    Jvm(String label, int firstJdk, String... arguments) {
        this.label = label;
        this.firstJdk = firstJdk;
        this.arguments = Stream.concat(Stream.of(PRE_TOUCH, LENIENT, HUGE_PAGES), Stream.of(arguments))
                .toList();
    }

    /** For tables; empty for what is usual. */
    public String label() {
        return label;
    }

    /** In place of the benchmark's own. */
    public List<String> arguments() {
        return arguments;
    }

    /** Whether this JDK can be run so. */
    public boolean isAvailable() {
        return Runtime.version().feature() >= firstJdk;
    }

    /** Whether this very virtual machine runs its benchmarks in virtual threads. */
    public static boolean isOfVirtualThreads() {
        return VIRTUAL_THREADS.equals(System.getProperty(EXECUTOR));
    }
}
