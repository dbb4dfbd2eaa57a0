package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.goals.Goal;
import dev.rollcall.benchmarks.goals.Goals;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.run.InterleavedRun.Planned;
import dev.rollcall.stress.subjects.Shipped;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is measured: the cells that answer the questions, and no others. */
public enum Selection {
    /** For the report's own short run. */
    REPORT {
        @Override
        Stream<Planned> all() {
            return everyPass(ofGoals(Goals.ofReport()));
        }
    },

    /** For the goals that the README shows. */
    HEADLINES {
        @Override
        Stream<Planned> all() {
            return everyPass(ofGoals(Goals.headlines()));
        }
    },

    /** For the goals. */
    GOALS {
        @Override
        Stream<Planned> all() {
            return asOftenAsNeeded(Goals.all());
        }
    },

    /** For the curves of writes over reads of the count. */
    CURVES {
        @Override
        Stream<Planned> all() {
            return everyPass(Curves.cells());
        }
    },

    /** For what each subject of the stress module's check costs. */
    SUBJECTS {
        @Override
        Stream<Planned> all() {
            return everyPass(ofSubjects());
        }
    },

    /** Everything, to publish: goals and curves as above, the rest in as many passes as make a figure. */
    EVERYTHING {
        @Override
        Stream<Planned> all() {
            Set<Cell> asked = new LinkedHashSet<>(ofGoals(Goals.all()));
            asked.addAll(Curves.cells());
            return Stream.concat(
                    asked.stream().map(Selection::asOftenAsNeeded),
                    rest().stream()
                            .filter(cell -> !asked.contains(cell))
                            .map(cell -> Planned.atMost(FEW_PASSES, cell)));
        }
    };

    private static final int FEW_PASSES = 3;
    private static final int SELDOM = 2;
    private static final Set<String> CLEAR = Set.of(Cells.EXPIRY, Cells.MEMORY, Cells.MEMORY_ALONE);
    private static final Set<String> BEHIND =
            Set.of(Subject.CAFFEINE.name(), Subject.TOMCAT.name(), Subject.VERTX.name(), Subject.JETTY.name());
    private static final long MEDIUM = 300_000;
    private static final long TOO_MANY = 10_000_000;
    private static final List<Long> LIVE = List.of(Cells.FEW, Cells.MANY);

    abstract Stream<Planned> all();

    /** The cells that this JDK can run, in the order of a pass. */
    List<Planned> plan() {
        return available(all());
    }

    /** What the goals are about whose question the pattern is found in. */
    static List<Planned> planOfGoals(Pattern chosen) {
        return available(asOftenAsNeeded(Goals.all().stream()
                .filter(goal -> chosen.matcher(goal.question()).find())
                .toList()));
    }

    private static List<Planned> available(Stream<Planned> all) {
        return all.filter(planned -> planned.cell().jvm().isAvailable()).toList();
    }

    private static Stream<Planned> asOftenAsNeeded(List<Goal> goals) {
        return ofGoals(goals).stream().map(Selection::asOftenAsNeeded);
    }

    private static Stream<Planned> everyPass(Collection<Cell> cells) {
        return cells.stream().map(Planned::always);
    }

    /**
     * Forks of these differ little, or have nothing to do with a verdict: peers far behind the best. The time
     * goes to those that differ much.
     */
    private static Planned asOftenAsNeeded(Cell cell) {
        boolean isClear = CLEAR.contains(cell.benchmark())
                || BEHIND.contains(cell.params().get("subject"));
        return isClear ? Planned.everyNth(cell, SELDOM) : Planned.always(cell);
    }

    /** What is compared with each other comes close together. */
    private static Set<Cell> ofGoals(List<Goal> goals) {
        Set<Cell> cells = new LinkedHashSet<>();
        goals.forEach(goal -> goal.cells().forEach(cells::add));
        return cells;
    }

    private static List<Cell> ofSubjects() {
        return Stream.of(Cells.SUBJECT_REPLACE, Cells.SUBJECT_KEEP_ALIVE, Cells.SUBJECT_COUNT)
                .flatMap(benchmark ->
                        Stream.of(Shipped.values()).map(subject -> Cells.checked(benchmark, subject.cliName())))
                .toList();
    }

    private static Set<Cell> rest() {
        Set<Cell> cells = new LinkedHashSet<>();
        addLifecycle(cells);
        addKeepalive(cells);
        addSweep(cells);
        addGoneAndClaim(cells);
        addScans(cells);
        addMemory(cells);
        cells.addAll(ofSubjects());
        return cells;
    }

    private static void addLifecycle(Set<Cell> cells) {
        Set<Subject> subjects = EnumSet.allOf(Subject.class);
        subjects.removeAll(Set.of(
                Subject.EXACT_COUNTS, Subject.EXACT_ALWAYS_WRITES, Subject.BARE_MAP_SKIPS, Subject.MAPPING_COUNT));
        for (long live : LIVE) {
            for (Subject subject : subjects) {
                cells.add(Cells.replace(subject, live, 1));
                if (!subject.isPeerWithTimers()) {
                    cells.add(Cells.replace(subject, live, 2));
                }
            }
        }
        for (Subject subject : List.of(Subject.NONE, Subject.EXACT, Subject.BARE_MAP)) {
            cells.add(Cell.of(Cells.CREATE_DESTROY, 1, subject, Cells.FEW));
        }
    }

    private static void addKeepalive(Set<Cell> cells) {
        List<Subject> ofUs = List.of(
                Subject.EXACT,
                Subject.EXACT_ALWAYS_WRITES,
                Subject.EXACT_COARSE,
                Subject.BARE_MAP,
                Subject.BARE_MAP_SKIPS);
        List<Subject> byId = Stream.concat(
                        Stream.concat(ofUs.stream(), Stream.of(Subject.STRIPED_MAP, Subject.LOCKED_MAP)),
                        Arrays.stream(Subject.values()).filter(Subject::isPeerWithTimers))
                .toList();
        for (long live : LIVE) {
            byId.forEach(subject -> cells.add(Cells.byId(subject, live)));
            Stream.concat(ofUs.stream(), Stream.of(Subject.TOMCAT, Subject.VERTX))
                    .forEach(subject -> cells.add(Cells.byHandle(subject, live)));
        }
    }

    private static void addSweep(Set<Cell> cells) {
        for (Subject subject : List.of(
                Subject.EXACT, Subject.LOCKED_MAP, Subject.CAFFEINE, Subject.TOMCAT, Subject.VERTX, Subject.JETTY)) {
            LIVE.forEach(live -> cells.add(Cells.sweep(subject, live)));
            if (subject.can(Subject.Ability.CLOCK)) {
                cells.add(Cell.of(Cells.SWEEP, 1, subject, TOO_MANY).in(Jvm.LARGE));
                cells.add(Cell.of(Cells.SWEEP_KEPT_ALIVE, 1, subject, Cells.FEW));
                cells.add(Cell.of(Cells.SWEEP_KEPT_ALIVE, 1, subject, MEDIUM));
            }
        }
    }

    private static void addGoneAndClaim(Set<Cell> cells) {
        for (Subject subject : List.of(Subject.EXACT, Subject.LOCKED_MAP)) {
            for (long live : LIVE) {
                cells.add(Cells.gone(subject, live, 0));
                cells.add(Cell.of(Cells.CLAIM, 1, subject, live));
                cells.add(Cell.of(Cells.CLAIM, 2, subject, live));
            }
        }
    }

    /** What expiry is not compared with, since it has no timers, and what waits for it. */
    private static void addScans(Set<Cell> cells) {
        cells.add(Cells.expiry(Subject.LOCKED_MAP));
        for (Subject subject : List.of(Subject.LOCKED_MAP, Subject.CAFFEINE)) {
            cells.add(Cells.requests(subject, true));
            cells.add(Cells.requests(subject, false));
        }
    }

    private static void addMemory(Set<Cell> cells) {
        Stream.concat(
                        Stream.of(Subject.BARE_MAP, Subject.STRIPED_MAP, Subject.LOCKED_MAP),
                        Arrays.stream(Subject.values()).filter(Subject::isPeerWithTimers))
                .forEach(subject -> cells.add(Cells.memory(Cells.MEMORY, subject, Cells.MANY)));
        for (Subject subject :
                List.of(Subject.EXACT, Subject.BARE_MAP, Subject.LOCKED_MAP, Subject.CAFFEINE, Subject.NETTY_WHEEL)) {
            cells.add(Cells.memory(Cells.MEMORY, subject, Cells.MANY).in(Jvm.COMPACT));
        }
        cells.add(Cells.memory(Cells.MEMORY_ALONE, Subject.EXACT, Cells.MANY).in(Jvm.COMPACT));
        for (Subject subject : List.of(Subject.EXACT, Subject.BARE_MAP)) {
            cells.add(Cells.memory(Cells.MEMORY, subject, TOO_MANY).in(Jvm.LARGE));
            cells.add(Cells.memory(Cells.MEMORY, subject, TOO_MANY).in(Jvm.LARGE_COMPACT));
        }
    }
}
