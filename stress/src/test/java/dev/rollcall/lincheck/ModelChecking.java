package dev.rollcall.lincheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * How Lincheck is asked: random scenarios of a few operations, each run under many interleavings
 * that Lincheck chooses by switching threads at shared accesses. Scenarios and interleavings come
 * from fixed seeds, so that a verdict repeats. What is printed is for the report.
 *
 * <p>Races of one's own are run in every build, of random scenarios a third. All of these are for
 * {@code -Drollcall.lincheck=full}; {@code large} has more of them and more interleavings of each, for up to an hour.
 */
public final class ModelChecking {
    /**
     * Of a race of one's own. Controls get no more, so that what refutes them is what confirms the real classes.
     */
    private static final int INTERLEAVINGS = 100;

    private static final String PROFILE = System.getProperty("rollcall.lincheck", "small");
    private static final int MORE_INTERLEAVINGS = PROFILE.equals("large") ? 6 : 1;

    /** False where nobody is going to read what was found. */
    private static final boolean IS_MINIMIZED =
            Boolean.parseBoolean(System.getProperty("rollcall.lincheck.minimize", "true"));

    /**
     * Deadlocks and endless loops are found by looking, not by waiting. A process that was suspended
     * for a while must not be taken for either.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * Copies a collection that is confined to one call, so nothing is lost by not looking inside;
     * of an identity set Lincheck cannot restore the static fields that it reads.
     */
    private static final ManagedStrategyGuarantee CONFINED =
            forClasses("java.util.List").methods("copyOf").ignore();

    /**
     * Runs once all threads have ended, so there is nothing to interleave. Lincheck finds them by the name of their class
     * because they are static: of others it asks for the class of the object, which is a subclass here.
     */
    private static final ManagedStrategyGuarantee AT_REST = forClasses(ManagerHarness.class.getName())
            .methods("requireClean", "requireCounted")
            .ignore();

    /** Nothing to interleave there either. */
    private static final ManagedStrategyGuarantee BEFORE_AND_AFTER =
            forClasses(AtRest.class.getName()).methods("call").ignore();

    /**
     * A sweep's look changes nothing and is validated afterwards, so threads switch before and after it. Within it they
     * would have most of all places to switch at; what it sees there, session by session, is in {@code Blocks.tla}.
     */
    private static final ManagedStrategyGuarantee LOOK =
            forClasses("dev.rollcall.Batch").methods("look").treatAsAtomic();

    private final Class<?> specification;
    private final boolean isInSteps;
    private final List<Race> races = new ArrayList<>();
    private int threads = 2;
    private int actors = 3;
    private int scenarios = 8;
    private int interleavings = 80;

    private ModelChecking(Class<?> specification, boolean isInSteps) {
        this.specification = specification;
        this.isInSteps = isInSteps;
    }

    /**
     * Against a class with the same methods, one operation after the other: linearizability.
     *
     * @param sequential the class
     * @return a check on the default budget, two threads of three operations
     */
    public static ModelChecking linearizable(Class<?> sequential) {
        return new ModelChecking(sequential, false);
    }

    /**
     * Against a specification in steps.
     *
     * @param specification the specification
     * @return a check on the default budget, two threads of three operations
     */
    public static ModelChecking inSteps(Class<? extends StepSpecification<?>> specification) {
        return new ModelChecking(specification, true);
    }

    /**
     * Against a specification in steps, races of one's own and no random scenario.
     *
     * @param specification the specification
     * @return a check without scenarios yet
     */
    public static ModelChecking races(Class<? extends StepSpecification<?>> specification) {
        return inSteps(specification).directed();
    }

    /**
     * The size of the scenarios.
     *
     * @param count threads
     * @param actorsEach operations of each thread
     * @return this check
     */
    public ModelChecking threads(int count, int actorsEach) {
        threads = count;
        actors = actorsEach;
        return this;
    }

    /**
     * No random scenario, and of each race as many interleavings as any other gets.
     *
     * @return this check
     */
    public ModelChecking directed() {
        return budget(0, INTERLEAVINGS);
    }

    /**
     * The full budget.
     *
     * @param scenarioCount random scenarios
     * @param interleavingCount interleavings of each scenario
     * @return this check
     */
    public ModelChecking budget(int scenarioCount, int interleavingCount) {
        scenarios = scenarioCount;
        interleavings = interleavingCount;
        return this;
    }

    /**
     * Adds a scenario of one's own; each part is a list like {@code "elapse; claim(1, 1)"}.
     *
     * @param before operations that come first
     * @param after operations that come last
     * @param concurrently operations of each thread
     * @return this check
     */
    public ModelChecking race(String before, String after, String... concurrently) {
        races.add(new Race(before, after, List.of(concurrently)));
        return this;
    }

    /**
     * Fails with Lincheck's trace if a history is found that the specification does not explain.
     *
     * @param operations the class whose operations are run
     */
    public void confirm(Class<?> operations) {
        System.out.printf(
                "model checking: %d scenarios of at most %d interleavings%n",
                scenarios() + races.size(), interleavings * MORE_INTERLEAVINGS);
        options(operations, MORE_INTERLEAVINGS).check(operations);
    }

    /** The first of them are the same in every profile. */
    private int scenarios() {
        return switch (PROFILE) {
            case "small" -> (scenarios + 2) / 3;
            case "full" -> scenarios;
            case "large" -> 5 * scenarios;
            default -> throw new IllegalArgumentException("neither small, full nor large: " + PROFILE);
        };
    }

    /**
     * Fails unless a history is found that the specification does not explain.
     *
     * @param operations the class whose operations are run
     */
    public void refute(Class<?> operations) {
        refute(operations, "Invalid execution");
    }

    /**
     * Fails unless an interleaving is found after which the operations' own validation fails.
     *
     * @param operations the class whose operations are run
     */
    public void refuteAtRest(Class<?> operations) {
        refute(operations, "Validation function");
    }

    private void refute(Class<?> operations, String kind) {
        System.out.println("control: " + operations.getSimpleName());
        String found = "";
        try {
            options(operations, 1).minimizeFailedScenario(false).check(operations);
        } catch (LincheckAssertionError refuted) {
            found = refuted.getMessage();
        }
        assertThat(found)
                .as("Lincheck's refutation of " + operations.getSimpleName())
                .contains(kind);
    }

    private ModelCheckingOptions options(Class<?> operations, int moreInterleavings) {
        initialize(operations);
        ModelCheckingOptions options = new ModelCheckingOptions()
                .iterations(scenarios())
                .invocationsPerIteration(interleavings * moreInterleavings)
                .threads(threads)
                .actorsPerThread(actors)
                .actorsBefore(0)
                .actorsAfter(1)
                .invocationTimeout$lincheck(PATIENCE.toMillis())
                .addGuarantee(CONFINED)
                .addGuarantee(AT_REST)
                .addGuarantee(BEFORE_AND_AFTER)
                .addGuarantee(LOOK)
                .minimizeFailedScenario(IS_MINIMIZED)
                .sequentialSpecification(specification);
        races.forEach(race -> options.addCustomScenario(race.scenario(operations)));
        return isInSteps ? options.verifier(StepVerifier.class) : options;
    }

    /** Now rather than in the middle of an interleaving, and of that one only. */
    private static void initialize(Class<?> operations) {
        try {
            Class.forName(operations.getName(), true, operations.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private record Race(String before, String after, List<String> concurrently) {
        private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?");

        ExecutionScenario scenario(Class<?> operations) {
            List<List<Actor>> threads = concurrently.stream()
                    .map(calls -> actors(operations, calls))
                    .toList();
            Actor validation = Stream.of(operations.getMethods())
                    .filter(method -> method.isAnnotationPresent(Validate.class))
                    .map(method -> new Actor(method, List.of()))
                    .findAny()
                    .orElse(null);
            return new ExecutionScenario(atRest(operations, before), threads, atRest(operations, after), validation);
        }

        private static List<Actor> atRest(Class<?> operations, String calls) {
            return actors(operations, calls).stream()
                    .map(actor -> atRest(operations, actor))
                    .toList();
        }

        /** The miniature manager and the table have operations that are not worth it. */
        private static Actor atRest(Class<?> operations, Actor actor) {
            return Stream.of(operations.getMethods())
                    .filter(method -> method.getName().equals("atRest"))
                    .map(method -> new Actor(method, List.of(new AtRest(actor.getMethod(), actor.getArguments()))))
                    .findAny()
                    .orElse(actor);
        }

        private static List<Actor> actors(Class<?> operations, String calls) {
            return calls.isEmpty()
                    ? List.of()
                    : Stream.of(calls.split("; "))
                            .map(call -> actor(operations, call))
                            .toList();
        }

        private static Actor actor(Class<?> operations, String call) {
            Matcher parts = CALL.matcher(call);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a call: " + call);
            }
            List<Object> arguments = parts.group(2) == null
                    ? List.of()
                    : Stream.of(parts.group(2).split(", "))
                            .<Object>map(Integer::valueOf)
                            .toList();
            return Stream.of(operations.getMethods())
                    .filter(method -> method.getName().equals(parts.group(1)))
                    .filter(method -> method.getParameterCount() == arguments.size())
                    .map(method -> new Actor(method, arguments))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("no operation " + call + " in " + operations));
        }
    }
}
