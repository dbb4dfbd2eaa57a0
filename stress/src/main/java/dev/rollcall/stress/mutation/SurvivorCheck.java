package dev.rollcall.stress.mutation;

import dev.rollcall.stress.mutation.Mutants.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges PIT's report on the library by the list of survivors that are justified. Red if a mutant
 * survives that is not in the list, if one that is listed no longer does, if a proof that the list
 * names does not exist, if the report is older than the classes, or if there was nothing to judge.
 */
final class SurvivorCheck {
    private final Mutants mutants;
    private final List<Survivor> listed;
    private final List<String> failures = new ArrayList<>();
    private final Map<Survivor.Kind, Integer> justified = new TreeMap<>();

    private SurvivorCheck(Mutants mutants, List<Survivor> listed) {
        this.mutants = mutants;
        this.listed = listed;
    }

    /**
     * Compares a report with the list.
     *
     * @param report PIT's
     * @param list of survivors
     * @param globs the classes that were to be mutated, separated by commas
     * @param stress the stress module, whose files are the proofs
     */
    static SurvivorCheck judge(Path report, Path list, String globs, Path stress) throws IOException {
        List<Survivor> all = Survivor.readAll(list);
        Pattern mutated = Pattern.compile(Stream.of(globs.split("\\s*,\\s*"))
                .map(glob -> Pattern.quote(glob).replace("*", "\\E.*\\Q"))
                .collect(Collectors.joining("|")));
        List<Survivor> expected = all.stream()
                .filter(survivor -> mutated.matcher(
                                Mutants.PACKAGE + survivor.place().type())
                        .matches())
                .toList();
        SurvivorCheck check = new SurvivorCheck(Mutants.read(report), expected);
        check.requireProofs(all, stress);
        check.compare();
        return check;
    }

    /** A report that an earlier build left says nothing about these classes. */
    void requireNewerThan(Path classes, Path report) throws IOException {
        FileTime made = Files.getLastModifiedTime(report);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    failures.add("the report is older than " + file.getFileName());
                    return;
                }
            }
        }
    }

    List<String> failures() {
        return failures;
    }

    private void compare() {
        if (mutants.all() == 0) {
            failures.add("there was no mutant");
        }
        if (mutants.undecided() > 0) {
            failures.add("undecided: " + mutants.undecided() + " of " + mutants.statuses());
        }
        Map<Place, Integer> unlisted = new TreeMap<>(mutants.survivors());
        for (Survivor survivor : listed) {
            Integer removed = unlisted.remove(survivor.place());
            int found = removed == null ? 0 : removed;
            if (!survivor.allows(found)) {
                failures.add("listed with " + range(survivor) + " survivors, but there are " + found + ": "
                        + survivor.place());
            }
            justified.merge(survivor.kind(), Math.min(found, survivor.most()), Integer::sum);
        }
        unlisted.forEach((place, found) -> failures.add("not listed, " + found + " survived: " + place));
    }

    private void requireProofs(List<Survivor> all, Path stress) {
        all.forEach(survivor -> survivor.proofs().stream()
                .filter(proof -> !Files.isRegularFile(stress.resolve(fileOf(proof))))
                .forEach(proof -> failures.add("there is no " + proof + ", which catches " + survivor.place())));
    }

    /** The file of a proof, within the stress module. */
    private static String fileOf(String proof) {
        String name = proof.substring(proof.indexOf(':') + 1);
        return switch (proof.substring(0, Math.max(0, proof.indexOf(':')))) {
            case "mutant" -> "src/mutants/" + name + ".mutant";
            case "jcstress" -> "src/main/java/dev/rollcall/stress/" + name.replace('.', '/') + ".java";
            case "lincheck" -> "src/test/java/dev/rollcall/" + name.replace('.', '/') + ".java";
            case "tla" -> "src/spec/models/" + name + ".cfg";
            case "test" -> "../core/src/test/java/dev/rollcall/" + name.replace('.', '/') + ".java";
            default -> throw new IllegalArgumentException("neither mutant, jcstress, lincheck, tla nor test: " + proof);
        };
    }

    private static String range(Survivor survivor) {
        return survivor.least() == survivor.most()
                ? Integer.toString(survivor.most())
                : survivor.least() + " to " + survivor.most();
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "Mutation testing: %d mutants of %d classes, %d killed, %d survived as listed %s, %d failures",
                mutants.all(),
                mutants.classes().size(),
                mutants.killed(),
                justified.values().stream().mapToInt(Integer::intValue).sum(),
                justified.toString().toLowerCase(Locale.ROOT),
                failures.size());
    }

    /** The result for machines. */
    String json(String globs) {
        String kinds = justified.entrySet().stream()
                .map(entry -> quoted(entry.getKey().name().toLowerCase(Locale.ROOT)) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return """
                {
                  "passed": %d,
                  "failed": %d,
                  "classes": %s,
                  "mutatedClasses": %d,
                  "mutants": %d,
                  "killed": %d,
                  "survived": %d,
                  "justified": %s,
                  "failures": %s
                }
                """.formatted(
                        failures.isEmpty() ? 1 : 0,
                        failures.size(),
                        quoted(globs),
                        mutants.classes().size(),
                        mutants.all(),
                        mutants.killed(),
                        mutants.survived(),
                        kinds,
                        failures.stream().map(SurvivorCheck::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
