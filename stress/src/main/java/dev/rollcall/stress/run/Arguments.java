package dev.rollcall.stress.run;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The command line.
 *
 * @param tests which tests, by a pattern that is searched for in their names
 * @param profile which profile
 * @param seconds the time budget, 0 for the profile's own
 * @param out where results go
 */
public record Arguments(Pattern tests, Profile profile, int seconds, Path out) {
    /** How to call. */
    public static final String USAGE = "usage: java -jar rollcall-stress.jar [-t REGEX] [--profile short|full|long]"
            + " [--seconds N] [--out DIR]";

    /**
     * Parses.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    public static Arguments parse(String... args) {
        Pattern tests = Pattern.compile("");
        Profile profile = Profile.SHORT;
        int seconds = 0;
        Path out = Path.of("jcstress");
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "-t" -> tests = Pattern.compile(value);
                case "--profile" -> profile = Profile.of(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--out" -> out = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (seconds < 0) {
            throw new IllegalArgumentException("--seconds " + seconds + " is negative");
        }
        return new Arguments(tests, profile, seconds, out);
    }

    /** The time budget of the whole run, in seconds. */
    public int budgetSeconds() {
        return seconds == 0 ? profile.seconds() : seconds;
    }
}
