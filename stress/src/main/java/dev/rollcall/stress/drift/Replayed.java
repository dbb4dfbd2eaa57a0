package dev.rollcall.stress.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * What one manager did, and what is demanded of it: a historical defect must show, or the replay
 * could not have seen drift; Rollcall must show none.
 *
 * @param name for the reader
 * @param demand what the replay must have seen
 * @param day the day on one thread
 * @param race destroy racing timeout
 */
record Replayed(String name, Demand demand, Day day, EndingRace race) {
    /** What the replay must see. */
    enum Demand {
        /** Timeout and transport gone are forgotten: the count rises above the table. */
        FORGETS("control: a day must drift by each timeout and each lost transport"),

        /** Exact on one thread; two ends of one session at once both count down. */
        COUNTS_DOWN_TWICE("control: exact on one thread, and the race must push it below the table"),

        /** The count is the table's, always. */
        EXACT("must not drift"),

        /**
         * The same of any manager, which need not tell who ended a session; and if a lookup ends what is due, a destroy
         * never wins.
         */
        NO_DRIFT("must not drift");

        private final String text;

        Demand(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Whether a race has shown what it must: that it is one, and its defect if it has one. */
        boolean isShownBy(EndingRace race) {
            return isRace(race) && (this != COUNTS_DOWN_TWICE || race.roundsBelow() > 0);
        }

        private boolean isRace(EndingRace race) {
            return this == NO_DRIFT
                    ? race.endedNever() < race.rounds()
                    : race.wonByDestroy() > 0 && race.wonByTimeout() > 0;
        }
    }

    /** Everything that is not as demanded; empty if all is. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        check(failures, day.lastLive() == day.expectedLive(), "the day's table disagrees with the replay's own book");
        check(failures, race.rounds() > 0, "no round of the race was run");
        if (demand == Demand.NO_DRIFT) {
            check(failures, race.endedNever() < race.rounds(), "nobody ever ended a session: not a race");
        } else {
            check(failures, race.wonByDestroy() > 0, "the destroy never won: not a race");
            check(failures, race.wonByTimeout() > 0, "the timeout never won: not a race");
        }
        switch (demand) {
            case FORGETS -> {
                long forgotten = day.timedOut() + day.transportGone();
                check(failures, forgotten > 0, "control not caught: nothing timed out or lost its transport");
                check(
                        failures,
                        day.drift() == forgotten,
                        "control not caught: drift " + day.drift() + " after " + forgotten + " forgotten ends");
            }
            case COUNTS_DOWN_TWICE -> {
                check(failures, day.largestDrift() == 0, "the control drifts on one thread already");
                check(
                        failures,
                        race.roundsBelow() > 0,
                        "control not caught: no double decrement in " + race.rounds() + " rounds");
            }
            case EXACT -> {
                check(failures, day.largestDrift() == 0, "the count left the table by " + day.largestDrift());
                check(failures, race.roundsBelow() == 0, race.roundsBelow() + " rounds below the table");
                check(failures, race.roundsAbove() == 0, race.roundsAbove() + " rounds above the table");
                check(failures, race.endedTwice() == 0, race.endedTwice() + " sessions were ended twice");
                check(failures, race.endedNever() == 0, race.endedNever() + " sessions were ended by nobody");
            }
            case NO_DRIFT -> {
                check(failures, day.largestDrift() == 0, "the count left the table by " + day.largestDrift());
                check(failures, race.roundsBelow() == 0, race.roundsBelow() + " rounds below the table");
                check(failures, race.roundsAbove() == 0, race.roundsAbove() + " rounds above the table");
            }
        }
        return failures;
    }

    private void check(List<String> failures, boolean holds, String failure) {
        if (!holds) {
            failures.add(name + ": " + failure);
        }
    }
}
