package dev.rollcall.stress.mutants;

import dev.rollcall.stress.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One defect of core: what it is, why it is real, what must notice it, and the change of sources that
 * makes it. Read from a file of lines {@code key: value} and a change in the form of a unified diff
 * without line numbers:
 *
 * <pre>
 * defect: ...
 * breaks: G1 G2
 * invariants: S1
 * real: ...
 * every-build: lincheck lincheck.RacesLincheckTest#twoWaysToEnd
 * main-job: jcstress lifecycle.DestroyVsTimeout.Exact
 *
 * --- dev/rollcall/Tallies.java
 *          if (wasAttached) {
 * -            attached--;
 *          } else {
 * </pre>
 *
 * Lines that begin with a space or a minus must be in the source together, once; those that begin with
 * a space or a plus replace them. So the change stays valid wherever the code around it moves, and does
 * not apply any longer once its own lines change. A line {@code @@} separates changes of one file.
 *
 * @param name the file's name without its ending
 * @param defect what is wrong with it, in one line
 * @param breaks the guarantees that it breaks
 * @param invariants the invariants and decisions of core that it violates
 * @param real why this is no invention: a report of the field, a hole of this suite, a decision
 * @param everyBuild what must notice it in every build; may be empty
 * @param mainJob what must notice it too in the main job
 * @param changes the changes
 */
public record Mutant(
        String name,
        String defect,
        List<Guarantee> breaks,
        List<String> invariants,
        String real,
        List<String> everyBuild,
        List<String> mainJob,
        List<Change> changes) {
    private static final String ENDING = ".mutant";
    private static final String FILE = "--- ";
    private static final String SEPARATOR = "@@";

    /** A mutant, or a change of it, that is not what it should be. Its message names the mutant. */
    static final class InvalidException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidException(String mutant, String reason) {
            super(mutant + ": " + reason);
        }
    }

    /**
     * A change of one source.
     *
     * @param file the source, relative to the folder of sources
     * @param from what is there
     * @param to what replaces it
     */
    public record Change(String file, String from, String to) {}

    /** Who must notice it. */
    public List<String> catchers(boolean isEveryBuild) {
        return isEveryBuild
                ? everyBuild
                : Stream.concat(everyBuild.stream(), mainJob.stream()).toList();
    }

    /** The sources that it changes, each once. */
    List<String> files() {
        return changes.stream().map(Change::file).distinct().toList();
    }

    /**
     * A source with this mutant's changes.
     *
     * @throws InvalidException if what a change replaces is not there, or there more than once
     */
    String applied(String file, String source) {
        String changed = source;
        for (Change change : changes) {
            if (change.file.equals(file)) {
                int at = changed.indexOf(change.from);
                if (at < 0) {
                    throw new InvalidException(name, "does not apply to " + file + ", which has no\n" + change.from);
                }
                if (changed.indexOf(change.from, at + 1) >= 0) {
                    throw new InvalidException(name, "is ambiguous, for " + file + " has twice\n" + change.from);
                }
                changed = changed.substring(0, at) + change.to + changed.substring(at + change.from.length());
            }
        }
        return changed;
    }

    /** All mutants of a folder, by name. */
    public static List<Mutant> readAll(Path folder) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                String fileName = file.getFileName().toString();
                String name = fileName.substring(0, fileName.length() - ENDING.length());
                mutants.add(parse(name, Files.readAllLines(file)));
            }
        }
        return mutants;
    }

    /**
     * Parses one.
     *
     * @throws InvalidException if something is missing or not understood
     */
    static Mutant parse(String name, List<String> lines) {
        int end = lines.indexOf("");
        if (end < 0) {
            throw new InvalidException(name, "has no empty line between its keys and its changes");
        }
        List<String> keys = lines.subList(0, end);
        List<Guarantee> breaks = new ArrayList<>();
        for (String guarantee : one(name, keys, "breaks").split(" ", -1)) {
            breaks.add(Guarantee.valueOf(guarantee));
        }
        Mutant mutant = new Mutant(
                name,
                one(name, keys, "defect"),
                breaks,
                List.of(one(name, keys, "invariants").split(" ", -1)),
                one(name, keys, "real"),
                values(keys, "every-build"),
                values(keys, "main-job"),
                changes(name, lines.subList(end + 1, lines.size())));
        if (mutant.catchers(false).isEmpty()) {
            throw new InvalidException(name, "says of nothing that it must notice");
        }
        return mutant;
    }

    private static String one(String name, List<String> lines, String key) {
        List<String> values = values(lines, key);
        if (values.size() != 1 || values.get(0).isEmpty()) {
            throw new InvalidException(name, "needs one line \"" + key + ": ...\"");
        }
        return values.get(0);
    }

    private static List<String> values(List<String> lines, String key) {
        String prefix = key + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    private static List<Change> changes(String name, List<String> lines) {
        List<Change> changes = new ArrayList<>();
        String file = null;
        StringBuilder from = new StringBuilder();
        StringBuilder to = new StringBuilder();
        List<String> all = new ArrayList<>(lines);
        all.add(SEPARATOR);
        for (String line : all) {
            boolean isFile = line.startsWith(FILE);
            if (isFile || line.equals(SEPARATOR)) {
                if (from.toString().equals(to.toString())) {
                    if (!from.isEmpty()) {
                        throw new InvalidException(name, "has a change that changes nothing:\n" + from);
                    }
                } else if (file == null || from.isEmpty()) {
                    throw new InvalidException(name, "has a change of no file, or of no line of it:\n" + to);
                } else {
                    changes.add(new Change(file, from.toString(), to.toString()));
                }
                from.setLength(0);
                to.setLength(0);
                file = isFile ? line.substring(FILE.length()).strip() : file;
            } else if (!line.isEmpty()) {
                String text = line.substring(1) + '\n';
                switch (line.charAt(0)) {
                    case ' ' -> {
                        from.append(text);
                        to.append(text);
                    }
                    case '-' -> from.append(text);
                    case '+' -> to.append(text);
                    default -> throw new InvalidException(name, "has a line that is none of a change: " + line);
                }
            }
        }
        if (changes.isEmpty()) {
            throw new InvalidException(name, "changes nothing");
        }
        return changes;
    }
}
