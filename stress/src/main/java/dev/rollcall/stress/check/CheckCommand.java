package dev.rollcall.stress.check;

import com.google.gson.GsonBuilder;
import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Race;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.check.CheckResult.Subject;
import dev.rollcall.stress.subjects.Shipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts session managers through the races and tells which promises they keep. */
@Command(
        name = "check",
        header = "Puts anyone's session manager through the races. Takes about 20 seconds for each subject.",
        description = {
            "For a manager of your own, write an adapter (dev.rollcall.stress.check.SessionSubject) and call",
            "java -cp your.jar:rollcall-stress.jar dev.rollcall.stress.StressMain check --subject com.example.YourAdapter"
        },
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int SECONDS_PER_SUBJECT = 20;
    private static final int TRIES_TO_CATCH = 2;
    private static final long MILLIS_TO_CATCH = 15_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-s", "--subject"},
            paramLabel = "NAME|CLASS",
            split = ",",
            description = "Which: a name that -l lists, the class of an adapter on the class path, or all. Repeatable.")
    private List<String> subjects = List.of();

    @Option(
            names = {"-l", "--list"},
            description = "Lists the subjects that come with the suite, and runs none.")
    private boolean isList;

    @Option(
            names = {"-t", "--races"},
            paramLabel = "REGEX",
            description = "Which races: searched for in their names. Default: all that the subject offers.")
    private Pattern races = Pattern.compile("");

    private int seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where check.html and check.json go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("check");

    @Option(
            names = "--self-check",
            description =
                    "Judges the suite instead of the subjects: the exit status is 0 if Rollcall holds what it offers"
                            + " and every control is caught; what other managers break is shown and changes nothing.")
    private boolean isSelfCheck;

    /** Made by the command line. */
    public CheckCommand() {}

    /** Checks what it is given. */
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Time for all subjects together. Default: " + SECONDS_PER_SUBJECT + " for each.",
            defaultValue = "0")
    void setSeconds(int seconds) {
        if (seconds < 0) {
            throw wrong("--seconds must not be negative: " + seconds);
        }
        this.seconds = seconds;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter terminal = spec.commandLine().getOut();
        if (isList) {
            for (Shipped shipped : Shipped.values()) {
                terminal.printf("%-22s %s %s%n", shipped.cliName(), shipped.title(), shipped.version());
            }
            return 0;
        }
        List<Selected> selected = selected();
        if (CheckRun.names().stream().noneMatch(race -> races.matcher(race).find())) {
            throw wrong("--races " + races + " is in none of " + String.join(", ", CheckRun.names()));
        }
        int budget = seconds == 0 ? SECONDS_PER_SUBJECT * selected.size() : seconds;
        terminal.printf("check: %d subjects, about %d seconds, on %s%n", selected.size(), budget, Runtime.version());
        terminal.flush();
        long start = System.nanoTime();
        List<Subject> results = new ArrayList<>();
        for (Selected each : selected) {
            long leftMillis = 1_000L * budget - (System.nanoTime() - start) / 1_000_000;
            results.add(run(each, leftMillis / (selected.size() - results.size()), terminal, selected.size() == 1));
        }
        if (results.stream().allMatch(each -> each.races().isEmpty() && each.isHeld())) {
            throw wrong("--races " + races + " chooses only races that need more than the subject implements");
        }
        CheckResult result = result(results, (System.nanoTime() - start) / 1_000_000_000);
        CheckTable.print(terminal, results);
        Files.createDirectories(out);
        Files.writeString(
                out.resolve("check.json"),
                new GsonBuilder().setPrettyPrinting().create().toJson(result));
        Files.writeString(out.resolve("check.html"), CheckPage.html(result));
        terminal.printf(
                "%ncheck: %d subjects held all that they offer, %d did not; %d seconds; %s%n",
                result.passed(), result.failed(), result.seconds(), out.resolve("check.html"));
        results.stream()
                .filter(each -> isSelfCheck ? !each.unexpected().isEmpty() : !each.isHeld())
                .forEach(each -> terminal.println("Alone: "
                        + (Shipped.named(each.name()).isPresent()
                                ? "java -jar stress/target/rollcall-stress.jar"
                                : "java -cp your.jar:rollcall-stress.jar dev.rollcall.stress.StressMain")
                        + " check" + (isSelfCheck ? " --self-check" : "") + " --subject " + each.name()));
        terminal.flush();
        return (isSelfCheck ? result.expected() : result.failed() == 0) ? 0 : 1;
    }

    /** What to run: a shipped subject, or a class by its name. */
    private record Selected(String name, Shipped shipped, String className) {
        String title() {
            return shipped == null ? className.substring(className.lastIndexOf('.') + 1) : shipped.title();
        }
    }

    private List<Selected> selected() {
        if (subjects.isEmpty()) {
            throw wrong("--subject is missing: all, a class, or one of " + names());
        }
        Set<Selected> selected = new LinkedHashSet<>();
        for (String name : subjects) {
            List<Selected> shipped = Stream.of(Shipped.values())
                    .filter(each -> name.equals(ALL) || name.equals(each.cliName()))
                    .map(each ->
                            new Selected(each.cliName(), each, each.adapter().getName()))
                    .toList();
            if (shipped.isEmpty() && !name.contains(".")) {
                throw wrong(
                        "--subject " + name + " is neither a class with its package, nor all, nor one of " + names());
            }
            selected.addAll(shipped.isEmpty() ? List.of(new Selected(name, null, name)) : shipped);
        }
        return List.copyOf(selected);
    }

    private static String names() {
        return Stream.of(Shipped.values()).map(Shipped::cliName).collect(Collectors.joining(", "));
    }

    private Subject run(Selected selected, long millis, PrintWriter terminal, boolean isAlone)
            throws IOException, InterruptedException {
        terminal.printf("%s%n", selected.title());
        terminal.flush();
        Consumer<Race> progress = race -> {
            if (isAlone) {
                terminal.printf("  %-26s %s%n", race.name(), told(race));
                terminal.flush();
            }
        };
        try {
            SubjectClass type = SubjectClass.named(selected.className());
            Probe.ask(type);
            CheckRun run = new CheckRun(type, races, out.resolve("logs").resolve(selected.name()), progress);
            List<Race> results = run.run(millis);
            for (int again = 0; again < TRIES_TO_CATCH && isUncaught(selected, run.cells(results)); again++) {
                results = run.run(MILLIS_TO_CATCH);
            }
            return subject(selected, run.cells(results), results);
        } catch (AdapterFailure failure) {
            terminal.println("  " + failure.getMessage());
            List<Cell> red = Stream.of(Promise.values())
                    .map(promise -> new Cell(promise, Status.NOT_JUDGED, "", 0, 0, failure.getMessage(), ""))
                    .toList();
            return subject(selected, red, List.of());
        }
    }

    /** On a busy machine two threads seldom meet. */
    private static boolean isUncaught(Selected selected, List<Cell> cells) {
        return selected.shipped() != null
                && selected.shipped().expected() == Shipped.Expected.CAUGHT
                && cells.stream().noneMatch(cell -> cell.status() == Status.BROKEN);
    }

    private static String told(Race race) {
        if (race.failure() != null) {
            return "RED " + race.failure();
        }
        long broken = race.lines().stream()
                .filter(line -> Promise.isBroken(line.text()))
                .mapToLong(CheckResult.Line::samples)
                .sum();
        return (broken == 0 ? "held" : "BROKEN " + broken + " of") + ' ' + race.samples();
    }

    private static Subject subject(Selected selected, List<Cell> cells, List<Race> races) {
        Shipped shipped = selected.shipped();
        return new Subject(
                selected.name(),
                selected.title(),
                shipped == null ? "" : shipped.version(),
                selected.className(),
                shipped == null ? "" : shipped.assumes(),
                shipped == null ? List.of() : unexpected(shipped, cells),
                cells.stream().map(cell -> withProgram(shipped, cell)).toList(),
                races);
    }

    private static Cell withProgram(Shipped shipped, Cell cell) {
        Class<?> program = shipped == null || cell.status() != Status.BROKEN
                ? null
                : shipped.programs().get(cell.promise());
        return program == null
                ? cell
                : new Cell(
                        cell.promise(),
                        cell.status(),
                        cell.race(),
                        cell.samples(),
                        cell.broken(),
                        cell.order(),
                        program.getName());
    }

    /** What a subject that comes with the suite did not do as it must. */
    static List<String> unexpected(Shipped shipped, List<Cell> cells) {
        List<String> unexpected = new ArrayList<>();
        for (Cell cell : cells) {
            if (cell.status() == Status.NOT_JUDGED) {
                unexpected.add(cell.promise().label() + " could not be judged: " + cell.order());
            } else if (cell.status() == Status.BROKEN && !shipped.mayBreak().contains(cell.promise())) {
                unexpected.add(cell.promise().label() + " is broken by " + cell.race() + ": " + cell.order());
            }
        }
        if (shipped.expected() == Shipped.Expected.CAUGHT
                && cells.stream().noneMatch(cell -> cell.status() == Status.BROKEN)) {
            unexpected.add("a control that was not caught");
        }
        return unexpected;
    }

    private CheckResult result(List<Subject> results, long took) {
        long held = results.stream().filter(Subject::isHeld).count();
        return new CheckResult(
                held,
                results.size() - held,
                results.stream().allMatch(subject -> subject.unexpected().isEmpty()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                System.getProperty("os.name") + ' ' + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                took,
                results);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
