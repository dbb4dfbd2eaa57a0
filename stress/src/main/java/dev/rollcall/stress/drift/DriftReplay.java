package dev.rollcall.stress.drift;

import dev.rollcall.stress.controls.JanusSessions.Policy;
import dev.rollcall.stress.drift.Replayed.Demand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Replays the historical drift for Janus 1.3.0, for its published fix and for Rollcall: a
 * {@linkplain Day day} on one thread, then {@linkplain EndingRace destroy racing timeout} on two.
 *
 * <p>{@code --out FILE.json} writes what was measured; {@code --seconds N} is the length of all
 * races together, and a race that has not yet shown what it must goes on for longer; {@code --seed
 * N} repeats a day. Exit status 1 if a historical defect did not show or Rollcall drifted, 2 if the
 * options are wrong.
 */
public final class DriftReplay {
    private static final String USAGE = "usage: DriftReplay [--out FILE.json] [--seconds N] [--seed N]";

    private DriftReplay() {}

    /** Runs the replay. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        List<Replayed> all = replayAll(options);
        DriftTable.print(System.out, all);
        if (options.out() != null) {
            Path parent = options.out().toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.writeString(options.out(), DriftJson.of(all, options.seed()));
        }
        System.exit(report(System.out, all) ? 0 : 1);
    }

    private static List<Replayed> replayAll(Options options) throws InterruptedException {
        System.out.println("Drift replay: seed " + options.seed() + ", " + options.seconds() + " s of races");
        long nanosEach = TimeUnit.SECONDS.toNanos(options.seconds()) / 3;
        List<Replayed> all = new ArrayList<>();
        all.add(replay("Janus 1.3.0", Demand.FORGETS, () -> new JanusSubject(Policy.JANUS_1_3_0), options, nanosEach));
        all.add(replay(
                "Published fix",
                Demand.COUNTS_DOWN_TWICE,
                () -> new JanusSubject(Policy.PUBLISHED_FIX),
                options,
                nanosEach));
        all.add(replay("Rollcall", Demand.EXACT, RollcallSubject::new, options, nanosEach));
        return all;
    }

    private static Replayed replay(
            String name, Demand demand, Supplier<DriftSubject> maker, Options options, long nanos)
            throws InterruptedException {
        try (DriftSubject forDay = maker.get();
                DriftSubject forRace = maker.get()) {
            Day day = Day.replay(forDay, options.seed());
            EndingRace race = EndingRace.run(forRace, options.seed(), nanos, demand::isShownBy);
            return new Replayed(name, demand, day, race);
        }
    }

    /** Says what was not as demanded; true if all was. */
    static boolean report(PrintStream out, List<Replayed> all) {
        List<String> failures =
                all.stream().flatMap(each -> each.failures().stream()).toList();
        failures.forEach(failure -> out.println("FAILED  " + failure));
        if (failures.isEmpty()) {
            out.println("Both historical defects showed; Rollcall did not drift.");
        }
        return failures.isEmpty();
    }

    private record Options(Path out, long seconds, long seed) {
        static Options parse(String[] args) {
            Path out = null;
            long seconds = 6;
            long seed = 1;
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " has no value");
                }
                String value = args[i + 1];
                switch (args[i]) {
                    case "--out" -> out = Path.of(value);
                    case "--seconds" -> seconds = number(args[i], value, 1);
                    case "--seed" -> seed = number(args[i], value, Long.MIN_VALUE);
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
            return new Options(out, seconds, seed);
        }

        private static long number(String option, String value, long least) {
            try {
                long number = Long.parseLong(value);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // As below: the message names option and value.
            }
            throw new IllegalArgumentException(option + " must be a number of at least " + least + ": " + value);
        }
    }
}
