package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.run.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The program's own options.
 *
 * @param mode what to do
 * @param files results files, to be written or read
 * @param stressResults where the stress module left its results
 * @param out where the report goes
 * @param seconds how long to measure
 * @param selection what to measure
 * @param allowsChanges whether to measure sources that are no commit
 */
record Arguments(
        Mode mode,
        List<Path> files,
        Path stressResults,
        Path out,
        long seconds,
        Selection selection,
        boolean allowsChanges) {
    private static final long DEFAULT_SECONDS = 270;

    /** What the program does; the option is the name in lower case. */
    enum Mode {
        SMOKE,
        MEASURE,
        TABLES,
        DETAILS,
        PICTURE,
        REPORT;

        /** Whether results files follow the option. */
        private boolean takesFiles() {
            return this != SMOKE && this != REPORT;
        }

        private String option() {
            return "--" + name().toLowerCase(Locale.ROOT);
        }
    }

    static boolean isOwn(String option) {
        return Arrays.stream(Mode.values()).anyMatch(mode -> mode.option().equals(option));
    }

    static Arguments parse(String[] args) {
        Mode mode = Arrays.stream(Mode.values())
                .filter(each -> each.option().equals(args[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown option " + args[0]));
        List<Path> files = new ArrayList<>();
        int next = 1;
        while (mode.takesFiles() && next < args.length && !args[next].startsWith("--")) {
            files.add(Path.of(args[next]));
            next++;
        }
        if (mode.takesFiles() && files.isEmpty()) {
            throw new IllegalArgumentException(args[0] + " needs a value");
        }
        Path stressResults = null;
        Path out = null;
        long seconds = DEFAULT_SECONDS;
        Selection selection = Selection.EVERYTHING;
        boolean allowsChanges = false;
        while (next < args.length) {
            int option = next;
            next++;
            switch (args[option]) {
                case "--headlines" -> selection = Selection.HEADLINES;
                case "--goals" -> selection = Selection.GOALS;
                case "--curves" -> selection = Selection.CURVES;
                case "--allow-changes" -> allowsChanges = true;
                case "--stress-results" -> stressResults = Path.of(value(args, option));
                case "--out" -> out = Path.of(value(args, option));
                case "--results" -> files.add(Path.of(value(args, option)));
                case "--seconds" -> seconds = seconds(value(args, option));
                default -> throw new IllegalArgumentException("unknown option " + args[option]);
            }
            next += takesValue(args[option]) ? 1 : 0;
        }
        if (mode == Mode.REPORT && (stressResults == null || out == null)) {
            throw new IllegalArgumentException("--report needs --stress-results and --out");
        }
        if (mode == Mode.PICTURE && out == null) {
            throw new IllegalArgumentException("--picture needs --out");
        }
        return new Arguments(mode, List.copyOf(files), stressResults, out, seconds, selection, allowsChanges);
    }

    private static boolean takesValue(String option) {
        return !Set.of("--headlines", "--goals", "--curves", "--allow-changes").contains(option);
    }

    private static String value(String[] args, int option) {
        if (option + 1 >= args.length) {
            throw new IllegalArgumentException(args[option] + " needs a value");
        }
        return args[option + 1];
    }

    private static long seconds(String value) {
        try {
            long seconds = Long.parseLong(value);
            if (seconds > 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // As below: the message names option and value.
        }
        throw new IllegalArgumentException("--seconds must be a number of at least 1: " + value);
    }
}
