package dev.rollcall.benchmarks.run;

/** What every fork is started with besides its benchmark's own options. */
final class ForkOptions {
    private static final int FIRST_TO_WARN = 24;

    private ForkOptions() {}

    /** Newer JDKs warn of JMH's use of {@code sun.misc.Unsafe}, four lines per fork. */
    static String[] quiet() {
        return Runtime.version().feature() < FIRST_TO_WARN
                ? new String[0]
                : new String[] {"--sun-misc-unsafe-memory-access=allow"};
    }
}
