package dev.rollcall.stress.drift;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The replay for the terminal. */
final class DriftTable {
    private DriftTable() {}

    static void print(PrintStream out, List<Replayed> all) {
        out.println();
        out.println("A day on one thread");
        out.printf(
                Locale.ROOT,
                "  %-14s %9s %10s %10s %10s %10s %8s %8s%n",
                "",
                "created",
                "destroyed",
                "timed out",
                "transport",
                "count",
                "table",
                "drift");
        for (Replayed each : all) {
            Day day = each.day();
            out.printf(
                    Locale.ROOT,
                    "  %-14s %,9d %,10d %,10d %,10d %,10d %,8d %+,8d%n",
                    each.name(),
                    day.created(),
                    day.destroyed(),
                    day.timedOut(),
                    day.transportGone(),
                    day.lastShown(),
                    day.lastLive(),
                    day.drift());
        }
        out.println();
        out.println("Destroy racing timeout on two threads");
        out.printf(
                Locale.ROOT,
                "  %-14s %9s %10s %10s %10s %10s %8s %8s%n",
                "",
                "rounds",
                "ended 2x",
                "went below",
                "went above",
                "count",
                "table",
                "drift");
        for (Replayed each : all) {
            EndingRace race = each.race();
            out.printf(
                    Locale.ROOT,
                    "  %-14s %,9d %,10d %,10d %,10d %,10d %,8d %+,8d%n",
                    each.name(),
                    race.rounds(),
                    race.endedTwice(),
                    race.roundsBelow(),
                    race.roundsAbove(),
                    race.shown(),
                    race.live(),
                    race.drift());
        }
        out.println();
    }
}
