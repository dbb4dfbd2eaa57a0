package dev.rollcall.stress.spec;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of TLC found.
 *
 * @param found {@link #NO_ERROR}, the violated property, or what else went wrong
 * @param states the number of distinct states, 0 if TLC got to none
 * @param steps the length of the counterexample, 0 if there is none
 */
record Outcome(String found, long states, int steps) {
    /** Every state was reached and nothing was violated. */
    static final String NO_ERROR = "no error";

    private static final int SUCCESS = 0;
    private static final int DEADLOCK = 11;
    private static final int SAFETY = 12;
    private static final int LIVENESS = 13;

    private static final Pattern VIOLATED = Pattern.compile("(?:Invariant|Action property) (\\S+) is violated");
    private static final Pattern STATES = Pattern.compile("([\\d,]+) distinct states found");
    private static final Pattern STEP = Pattern.compile("(?m)^State (\\d+):");

    /**
     * Reads a finished run. An exit code counts only together with the words that belong to it, so
     * that a run that checked nothing passes for nothing.
     *
     * @param exitCode of the process
     * @param output all that it printed
     * @param properties the temporal properties that it checked
     */
    static Outcome of(int exitCode, String output, List<String> properties) {
        return new Outcome(found(exitCode, output, properties), states(output), (int) last(STEP, output));
    }

    /** A run that was stopped before it had finished. */
    static Outcome unfinished(long minutes, String output) {
        return new Outcome("no result within " + minutes + " min", states(output), 0);
    }

    /** Whether this is what the model is there to show. */
    boolean confirms(Model model) {
        // A sound model with one state has explored nothing.
        return found.equals(model.expected()) && states > 1;
    }

    private static String found(int exitCode, String output, List<String> properties) {
        if (exitCode == SUCCESS && output.contains("No error has been found")) {
            return NO_ERROR;
        }
        if (exitCode == DEADLOCK) {
            return "deadlock";
        }
        if (exitCode == SAFETY || exitCode == LIVENESS) {
            Matcher violated = VIOLATED.matcher(output);
            if (violated.find()) {
                return violated.group(1);
            }
            if (output.contains("Temporal properties were violated") && !properties.isEmpty()) {
                return String.join(" or ", properties);
            }
        }
        return "TLC failed with exit code " + exitCode;
    }

    /** The last figure that TLC gave: those before it are of its progress. */
    private static long states(String output) {
        return last(STATES, output);
    }

    private static long last(Pattern pattern, String output) {
        long figure = 0;
        Matcher matcher = pattern.matcher(output);
        while (matcher.find()) {
            figure = Long.parseLong(matcher.group(1).replace(",", ""));
        }
        return figure;
    }
}
