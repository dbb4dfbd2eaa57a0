package dev.rollcall.stress.soak;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/**
 * What a soak is told.
 *
 * @param length how long the work goes on
 * @param seed of all choices
 * @param workers threads that perform operations, besides the clock's and the auditor's
 * @param defect the control, or NONE
 * @param out where to write the summary, or null
 */
record SoakOptions(Duration length, long seed, int workers, Defect defect, Path out) {
    private static final Duration DEFAULT_LENGTH = Duration.ofMinutes(2);
    private static final int LEAST_WORKERS = 2;

    static SoakOptions parse(String[] args, long defaultSeed) {
        SoakOptions options = new SoakOptions(
                DEFAULT_LENGTH,
                defaultSeed,
                Math.max(LEAST_WORKERS, Runtime.getRuntime().availableProcessors()),
                Defect.NONE,
                null);
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("option without a value: " + args[args.length - 1]);
        }
        for (int i = 0; i < args.length; i += 2) {
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private SoakOptions with(String option, String value) {
        return switch (option) {
            case "--seconds" -> new SoakOptions(Duration.ofSeconds(Long.parseLong(value)), seed, workers, defect, out);
            case "--seed" -> new SoakOptions(length, seed(value), workers, defect, out);
            case "--workers" -> new SoakOptions(length, seed, Integer.parseInt(value), defect, out);
            case "--defect" ->
                new SoakOptions(length, seed, workers, Defect.valueOf(value.toUpperCase(Locale.ROOT)), out);
            case "--out" -> new SoakOptions(length, seed, workers, defect, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }

    private static long seed(String value) {
        return value.equals("random") ? new SecureRandom().nextInt(Integer.MAX_VALUE) : Long.parseLong(value);
    }
}
