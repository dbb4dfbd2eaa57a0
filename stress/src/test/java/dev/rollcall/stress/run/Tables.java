package dev.rollcall.stress.run;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.mutants.Mutant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.runners.TestList;

/** The tables of {@code stress/README.md}, made from the classes and the mutants of core; {@link ReadmeTest} compares. */
final class Tables {
    private static final String SOURCES = "src/main/java/";

    private Tables() {}

    /** Operation by operation; each cell links its stress files or gives the mark of a reason. */
    static List<String> matrix(List<StressTest> tests) {
        List<String> lines = new ArrayList<>();
        Operation[] all = Operation.values();
        StringBuilder head = new StringBuilder("| |");
        for (Operation column : all) {
            head.append(' ').append(column.label()).append(" |");
        }
        lines.add(head.toString());
        lines.add("|---|" + "---|".repeat(all.length));
        for (Operation row : all) {
            StringBuilder line = new StringBuilder("| **" + row.label() + "** |");
            for (Operation column : all) {
                line.append(' ')
                        .append(column.compareTo(row) < 0 ? "" : cell(tests, row, column))
                        .append(" |");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String cell(List<StressTest> tests, Operation row, Operation column) {
        String files = files(tests, test -> races(test.file(), row, column));
        if (!files.isEmpty()) {
            return files;
        }
        return EmptyCells.reason(row, column)
                .map(reason -> '(' + reason.mark() + ')')
                .orElseThrow(() ->
                        new IllegalStateException(row + " × " + column + " has neither a stress file nor a reason"));
    }

    /** Whether a stress file says that it races two operations. */
    static boolean races(Class<?> file, Operation one, Operation other) {
        Scenario scenario = file.getAnnotation(Scenario.class);
        List<Operation> race = List.of(scenario.race());
        List<Operation> against = List.of(scenario.against());
        if (against.isEmpty()) {
            return one == other ? race.equals(List.of(one)) : race.contains(one) && race.contains(other);
        }
        return (race.contains(one) && against.contains(other)) || (race.contains(other) && against.contains(one));
    }

    /** The reasons of the empty cells. */
    static List<String> reasons() {
        return EmptyCells.REASONS.stream()
                .filter(reason -> !reason.text().isEmpty())
                .collect(Collectors.toMap(
                        EmptyCells.Reason::mark, EmptyCells.Reason::text, (first, same) -> first, TreeMap::new))
                .entrySet()
                .stream()
                .map(reason -> "- (" + reason.getKey() + ") " + reason.getValue())
                .toList();
    }

    /** Guarantee by guarantee: what holds it, and which controls and mutants show that it could be broken. */
    static List<String> guarantees(List<StressTest> tests, List<Mutant> mutants) {
        List<String> lines = new ArrayList<>(
                List.of("| guarantee | stress files | controls | mutants of core |", "|---|---|---|---|"));
        for (Guarantee guarantee : Guarantee.values()) {
            List<StressTest> proving = tests.stream()
                    .filter(test -> test.proves().contains(guarantee))
                    .toList();
            if (!proving.isEmpty()) {
                lines.add("| " + guarantee + ' ' + guarantee.label() + " | " + files(proving, test -> true) + " | "
                        + controls(tests, guarantee) + " | "
                        + mutants.stream()
                                .filter(mutant -> mutant.breaks().contains(guarantee))
                                .map(Mutant::name)
                                .collect(Collectors.joining(", "))
                        + " |");
            }
        }
        return lines;
    }

    /** Mechanism by mechanism of the field's bugs: the controls, and what they reproduce. */
    static List<String> mechanisms(List<StressTest> tests) {
        List<String> lines = new ArrayList<>(List.of("| mechanism | control | reproduces |", "|---|---|---|"));
        for (Mechanism mechanism : Mechanism.values()) {
            tests.stream()
                    .filter(test ->
                            test.kind() == Kind.CONTROL && test.control().mechanism() == mechanism)
                    .forEach(test -> lines.add(
                            "| " + mechanism.label() + " | [" + test.file().getSimpleName() + "]." + test.variant()
                                    + " | " + test.control().source() + " |"));
        }
        return lines;
    }

    /** Bug by bug of the field: the controls and mutants that show it, or why it cannot happen here. */
    static List<String> bugs(List<StressTest> tests, List<Mutant> mutants) {
        List<String> lines = new ArrayList<>(List.of("| reports | what went wrong | here |", "|---|---|---|"));
        for (FieldBugs.Bug bug : FieldBugs.ALL) {
            String shown = Stream.concat(
                            bug.controls(tests).stream().map(Tables::shortName),
                            bug.mutants(mutants).stream().map(mutant -> "mutant " + mutant.name()))
                    .collect(Collectors.joining(", "));
            lines.add("| " + bug.reports() + " | " + bug.story() + " | "
                    + (bug.reason().isEmpty() ? shown : bug.reason()) + " |");
        }
        return lines;
    }

    /** The outcomes that are right and need not be seen; variants of a file that have the same share a line. */
    static List<String> rare(List<StressTest> tests) {
        List<String> lines = new ArrayList<>(List.of("| variants | need not be seen |", "|---|---|"));
        Map<List<String>, List<String>> variants = new LinkedHashMap<>();
        tests.stream()
                .filter(test -> !test.rare().isEmpty())
                .forEach(test -> variants.computeIfAbsent(
                                List.of(test.file().getSimpleName(), String.join("`, `", test.rare())),
                                any -> new ArrayList<>())
                        .add(test.variant()));
        variants.forEach((file, names) ->
                lines.add("| " + file.get(0) + ": " + String.join(", ", names) + " | `" + file.get(1) + "` |"));
        return lines;
    }

    /** The definitions of the links that the tables use. */
    static List<String> links(List<StressTest> tests) {
        return tests.stream()
                .map(test -> '[' + test.file().getSimpleName() + "]: " + path(test))
                .distinct()
                .sorted()
                .toList();
    }

    private static String files(List<StressTest> tests, Predicate<StressTest> which) {
        return tests.stream()
                .filter(which)
                .map(test -> '[' + test.file().getSimpleName() + ']')
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Whether a test's forbidden outcomes, those that it does not list, break a guarantee. */
    static boolean breaks(StressTest test, Guarantee guarantee) {
        String forbidden = TestList.getInfo(test.name()).unmatched().description();
        return forbidden.matches("(.*\\W)?" + guarantee + "[:,].*");
    }

    private static String controls(List<StressTest> tests, Guarantee guarantee) {
        return tests.stream()
                .filter(test -> test.kind() == Kind.CONTROL && breaks(test, guarantee))
                .map(Tables::shortName)
                .collect(Collectors.joining(", "));
    }

    private static String shortName(StressTest control) {
        return control.file().getSimpleName() + '.' + control.variant().replace("Control_", "");
    }

    private static String path(StressTest test) {
        return SOURCES + test.file().getName().replace('.', '/') + ".java";
    }
}
