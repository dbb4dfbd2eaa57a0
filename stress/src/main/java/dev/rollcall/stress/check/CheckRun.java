package dev.rollcall.stress.check;

import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Line;
import dev.rollcall.stress.check.CheckResult.Race;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.check.races.DestroyVsTimeout;
import dev.rollcall.stress.run.Observed;
import dev.rollcall.stress.run.SubjectRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts one subject through all races that it offers. */
final class CheckRun {
    /** Fewer are no evidence. A manager on the system's clock makes some hundred a second. */
    static final long FEWEST_SAMPLES = 30;

    /** What a race costs besides the time that it is given. */
    private static final int OVERHEAD_MILLIS = 250;

    private static final int SHORTEST_MILLIS = 100;
    private static final int[] LONGER_MILLIS = {500, 5_000};

    /** An adapter that fails so often is not asked again: each time takes seconds. */
    private static final int MOST_FAILURES = 3;

    /** If more are too slow than one in so many that could be judged, the others are no evidence either. */
    private static final int FEWEST_IN_TIME = 10;

    private final SubjectClass type;
    private final List<Class<?>> races;
    private final Path out;
    private final Consumer<Race> progress;

    /**
     * Prepares.
     *
     * @param asked which races, of those that the subject offers
     * @param progress told of each race when it is over
     */
    CheckRun(SubjectClass type, Pattern asked, Path out, Consumer<Race> progress) {
        this.type = type;
        this.races = racesFor(type).stream()
                .filter(race -> asked.matcher(race.getSimpleName()).find())
                .toList();
        this.out = out;
        this.progress = progress;
    }

    /** The races that a subject offers. */
    static List<Class<?>> racesFor(SubjectClass type) {
        return allRaces().stream()
                .filter(race -> Stream.of(marks(race).needs()).allMatch(type::offers))
                .filter(race -> !type.isShared() || !marks(race).needsOwnManager())
                .toList();
    }

    /** The names of all races. */
    static List<String> names() {
        return allRaces().stream().map(Class::getSimpleName).toList();
    }

    private static List<Class<?>> allRaces() {
        List<Class<?>> races = new ArrayList<>();
        for (String name : SubjectRun.testsIn(DestroyVsTimeout.class.getPackage())) {
            try {
                races.add(Class.forName(name, false, CheckRun.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("listed but not there: " + name, e);
            }
        }
        return races;
    }

    private static SubjectRace marks(Class<?> race) {
        return race.getAnnotation(SubjectRace.class);
    }

    private SubjectRace marks(Race result) {
        return races.stream()
                .filter(race -> race.getSimpleName().equals(result.name()))
                .map(CheckRun::marks)
                .findFirst()
                .orElseThrow();
    }

    /** Runs them within so many milliseconds, or somewhat more if there are many. */
    List<Race> run(long millis) throws IOException {
        List<Race> results = new ArrayList<>();
        long deadline = nowMillis() + millis;
        int failures = 0;
        if (races.isEmpty()) {
            return results;
        }
        try (SubjectRun host = new SubjectRun(
                races.stream().map(Class::getName).toList(),
                List.of("-D" + SubjectClass.PROPERTY + '=' + type.type().getName()),
                type.isShared(),
                out)) {
            for (Class<?> race : races) {
                long share = (deadline - nowMillis()) / (races.size() - results.size()) - OVERHEAD_MILLIS;
                Race result;
                if (failures < MOST_FAILURES) {
                    Observed observed = observe(race, host, (int) Math.max(SHORTEST_MILLIS, share));
                    failures += observed.errors().isEmpty() ? 0 : 1;
                    result = race(race, observed);
                } else {
                    result = new Race(
                            race.getSimpleName(), 0, List.of(), "not run: the adapter failed too often before");
                }
                results.add(result);
                progress.accept(result);
            }
        }
        return results;
    }

    /** A race that made too few samples, or too few in time, on a busy machine or a slow clock, is run once more, longer. */
    private static Observed observe(Class<?> race, SubjectRun host, int millis) throws IOException {
        Observed observed = host.run(race.getName(), millis);
        for (int longer : LONGER_MILLIS) {
            Race result = race(race, observed);
            boolean isStarved = observed.errors().isEmpty()
                    && result.failure() != null
                    && !result.lines().isEmpty();
            if (isStarved && longer > millis) {
                observed = host.run(race.getName(), longer);
            }
        }
        return observed;
    }

    private static Race race(Class<?> race, Observed observed) {
        List<Line> lines = observed.outcomes().stream()
                .filter(outcome -> outcome.count() > 0)
                .map(outcome -> new Line(outcome.id(), outcome.count()))
                .sorted(Comparator.comparingLong(Line::samples).reversed())
                .toList();
        long samples = lines.stream()
                .filter(line -> !line.text().startsWith(Sample.NOT_JUDGED))
                .mapToLong(Line::samples)
                .sum();
        long tooSlow = lines.stream()
                .filter(line -> line.text().equals(Sample.TOO_SLOW))
                .mapToLong(Line::samples)
                .sum();
        return new Race(race.getSimpleName(), samples, lines, failure(observed, samples, tooSlow));
    }

    private static String failure(Observed observed, long samples, long tooSlow) {
        if (!observed.errors().isEmpty()) {
            String all = String.join("\n", observed.errors());
            int told = all.lastIndexOf(Hangs.MARK);
            return told < 0
                    ? all.replaceAll("\\s+", " ")
                    : all.substring(told + Hangs.MARK.length()).split("[;\n]", 2)[0];
        }
        if (tooSlow > samples / FEWEST_IN_TIME) {
            return "in " + tooSlow + " samples the session timeout may have passed, against " + samples
                    + " that could be judged: choose a longer sessionTimeout";
        }
        return samples < FEWEST_SAMPLES ? "took " + samples + " samples that could be judged" : null;
    }

    /** What became of each promise. */
    List<Cell> cells(List<Race> results) {
        List<Cell> cells = new ArrayList<>();
        for (Promise promise : Promise.values()) {
            cells.add(cell(promise, results));
        }
        return cells;
    }

    private Cell cell(Promise promise, List<Race> results) {
        List<Race> judging = results.stream()
                .filter(race -> List.of(marks(race).proves()).contains(promise))
                .toList();
        if (!type.offers(promise.needs()) || judging.isEmpty()) {
            return new Cell(promise, Status.NOT_OFFERED, "", 0, 0, missing(promise), "");
        }
        Race worst = results.stream()
                .filter(race -> brokenBy(promise, race) > 0)
                .max(Comparator.comparingDouble(race -> (double) brokenBy(promise, race) / race.samples()))
                .orElse(null);
        if (worst != null) {
            String order = worst.lines().stream()
                    .map(line -> promise.orderIn(line.text()))
                    .filter(text -> text != null)
                    .findFirst()
                    .orElseThrow();
            return new Cell(promise, Status.BROKEN, worst.name(), worst.samples(), brokenBy(promise, worst), order, "");
        }
        for (Race race : judging) {
            if (race.failure() != null) {
                return new Cell(promise, Status.NOT_JUDGED, race.name(), race.samples(), 0, race.failure(), "");
            }
        }
        Race most = judging.stream()
                .max(Comparator.comparingLong(race -> judgedBy(promise, race)))
                .orElseThrow();
        long samples =
                judging.stream().mapToLong(race -> judgedBy(promise, race)).sum();
        if (samples >= FEWEST_SAMPLES) {
            return new Cell(promise, Status.HELD, most.name(), samples, 0, rareOrder(judging), "");
        }
        boolean isUntold = judging.stream()
                .flatMap(race -> race.lines().stream())
                .anyMatch(line -> promise.isUntoldIn(line.text()));
        return isUntold
                ? new Cell(
                        promise,
                        Status.NOT_OFFERED,
                        "",
                        0,
                        0,
                        "it is judged by answers, and the adapter's are UNTOLD",
                        "")
                : new Cell(
                        promise,
                        Status.NOT_JUDGED,
                        most.name(),
                        samples,
                        0,
                        "nearly every sample broke another promise",
                        "");
    }

    /**
     * An order of two operations that hardly a sample of some race had, in words; or nothing. It makes no promise red: a
     * manager whose lookup ends what is due has one order only, and a slow one may.
     */
    private String rareOrder(List<Race> judging) {
        long fewest = FEWEST_SAMPLES;
        String rarest = "";
        for (Race race : judging) {
            List<Line> orders = race.lines().stream()
                    .filter(line -> !line.text().startsWith(Sample.NOT_JUDGED))
                    .toList();
            Line last = orders.get(orders.size() - 1);
            long samples = orders.size() == 1 ? 0 : last.samples();
            if (samples < fewest && marks(race).tellsOrder() && orders.stream().allMatch(CheckRun::isOrder)) {
                fewest = samples;
                rarest = race.name() + ": \"" + last.text() + "\" "
                        + (orders.size() == 1 ? "in all of them" : "in " + samples + " only");
            }
        }
        return rarest;
    }

    /** Whether the line says in which order the operations took place, and no more. */
    private static boolean isOrder(Line line) {
        return !Promise.isBroken(line.text())
                && !line.text().contains(Sample.OR)
                && Stream.of(Promise.values()).noneMatch(promise -> promise.isUntoldIn(line.text()));
    }

    private static long judgedBy(Promise promise, Race race) {
        return race.lines().stream()
                .filter(line -> !line.text().startsWith(Sample.NOT_JUDGED) && promise.isJudgedIn(line.text()))
                .mapToLong(Line::samples)
                .sum();
    }

    private String missing(Promise promise) {
        if (!type.offers(promise.needs())) {
            return "the adapter does not implement " + promise.needs().getSimpleName();
        }
        boolean isRefused = type.isShared()
                && allRaces().stream()
                        .map(CheckRun::marks)
                        .filter(race -> List.of(race.proves()).contains(promise))
                        .allMatch(SubjectRace::needsOwnManager);
        return isRefused
                ? "its race needs a manager of its own for each sample, and the adapter is Shared"
                : "no race that judges it was run";
    }

    private static long brokenBy(Promise promise, Race race) {
        return race.lines().stream()
                .filter(line -> promise.orderIn(line.text()) != null)
                .mapToLong(Line::samples)
                .sum();
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
