package dev.rollcall.stress.storm;

import java.io.IOException;
import java.util.Arrays;

/**
 * How long a keepalive takes, from sending it to its reply.
 *
 * @param when what else went on
 * @param samples how many keepalives
 * @param p50Micros half took no longer
 * @param p99Micros one in a hundred took longer
 * @param maxMicros the longest
 */
record Latency(String when, int samples, double p50Micros, double p99Micros, double maxMicros) {
    /** Something to do before each keepalive. */
    @FunctionalInterface
    interface Before {
        void run() throws IOException;
    }

    /** Measures keepalives one after the other, until enough or until the time is up. */
    static Latency measure(Stage stage, String when, int most, long deadlineNanos, Before before) throws IOException {
        try (Wire wire = stage.connect()) {
            long id = stage.create(wire);
            long[] nanos = new long[most];
            int samples = 0;
            while (samples < most && System.nanoTime() - deadlineNanos < 0) {
                before.run();
                long start = System.nanoTime();
                stage.expect(wire.ask(Ask.about("keepalive", id)), "ack");
                nanos[samples] = System.nanoTime() - start;
                samples++;
            }
            stage.expect(wire.ask(Ask.about("destroy", id)), "success");
            return of(when, Arrays.copyOf(nanos, samples));
        }
    }

    private static Latency of(String when, long[] nanos) {
        Arrays.sort(nanos);
        return new Latency(when, nanos.length, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e3;
    }
}
