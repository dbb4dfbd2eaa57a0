package dev.rollcall.stress.drift;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The replay for the report. All texts in it are this package's own and need no escapes. */
final class DriftJson {
    private DriftJson() {}

    static String of(List<Replayed> all, long seed) {
        List<String> failures =
                all.stream().flatMap(each -> each.failures().stream()).toList();
        return """
                {
                  "seed": %d,
                  "java": "%s",
                  "os": "%s",
                  "processors": %d,
                  "passed": %b,
                  "failures": [%s],
                  "subjects": [
                %s
                  ]
                }
                """.formatted(
                        seed,
                        System.getProperty("java.runtime.version"),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        failures.isEmpty(),
                        failures.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", ")),
                        all.stream().map(DriftJson::of).collect(Collectors.joining(",\n")));
    }

    private static String of(Replayed replayed) {
        Day day = replayed.day();
        EndingRace race = replayed.race();
        return String.format(
                Locale.ROOT,
                """
                    {
                      "name": "%s",
                      "demand": "%s",
                      "passed": %b,
                      "day": {
                        "created": %d, "destroyed": %d, "timedOut": %d, "transportGone": %d,
                        "count": %d, "table": %d, "largestDrift": %d,
                        "minutes": %s,
                        "counts": %s,
                        "tables": %s
                      },
                      "race": {
                        "rounds": %d, "wonByDestroy": %d, "wonByTimeout": %d, "endedTwice": %d, "endedNever": %d,
                        "roundsBelow": %d, "roundsAbove": %d, "count": %d, "table": %d
                      }
                    }""",
                replayed.name(),
                replayed.demand().text(),
                replayed.failures().isEmpty(),
                day.created(),
                day.destroyed(),
                day.timedOut(),
                day.transportGone(),
                day.lastShown(),
                day.lastLive(),
                day.largestDrift(),
                day.minutes(),
                day.shown(),
                day.live(),
                race.rounds(),
                race.wonByDestroy(),
                race.wonByTimeout(),
                race.endedTwice(),
                race.endedNever(),
                race.roundsBelow(),
                race.roundsAbove(),
                race.shown(),
                race.live());
    }
}
