package dev.rollcall.stress.run;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a run of the matrix is told.
 *
 * @param tests which tests, by a pattern that is searched for in their names
 * @param profile which profile
 * @param seconds the time budget, 0 for the profile's own
 * @param out where results go
 */
public record Arguments(Pattern tests, Profile profile, int seconds, Path out) {
    /** The time budget of the whole run, in seconds. */
    public int budgetSeconds() {
        return seconds == 0 ? profile.seconds() : seconds;
    }
}
