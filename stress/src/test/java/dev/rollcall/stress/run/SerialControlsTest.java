package dev.rollcall.stress.run;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Which controls race. A control whose anomaly shows when its actors run one after the other proves that
 * the scenario looks at the right figure, but nothing about races. Those that do are named here; a control
 * that joins them, or leaves them, fails.
 */
class SerialControlsTest {
    /**
     * Each reproduces a bug that was reported from the field and needs no race: it is there for its story. That
     * the checks of core see the same bug is shown by a mutant of core, which is named here.
     */
    private static final Map<String, String> SHOWN_SERIALLY = Map.ofEntries(
            entry("lifecycle.CreateVsCreate.Control_CountedBeforePut", "refused-create-is-counted"),
            entry("lifecycle.CreateVsDestroyAtLimit.Control_QueueNotTrimmed", "permit-kept-by-a-timeout"),
            entry("lifecycle.CreateVsDestroyAtLimit.Control_RefusedGivesBack", "refusal-frees-the-sole-place"),
            entry("lifecycle.DestroyVsTimeout.Control_Janus130", "timeout-forgets-the-count"),
            entry("lifecycle.DestroyVsTransportGone.Control_Janus130", "gone-forgets-the-count"),
            entry("lifecycle.KeepaliveVsKeepalive.Control_OlderOverwrites", "keepalive-moves-back"),
            entry("lifecycle.KeepaliveVsTransportGone.Control_GraceFromActivity", "grace-from-the-last-activity"),
            entry("lifecycle.SetTimeoutVsTimeout.Control_IntMillis", "timeout-cut-to-32-bits"),
            entry("lifecycle.StaleHandleVsCreate.Control_RemoveById", "stale-handle"),
            entry("lifecycle.TimeoutVsTransportGone.Control_WatchdogOff", "loss-not-filed"),
            entry("listener.ListenerOrder.Control_NeverTold", "event-appended-while-emptying"),
            entry("wheel.LossVsClaimVsLoss.Control_TimerOfFirstLoss", "grace-from-the-first-loss"));

    static Stream<StressTest> controls() {
        return StressTest.all().stream().filter(test -> test.kind() == Kind.CONTROL);
    }

    static Stream<StressTest> soundTests() {
        return StressTest.all().stream().filter(test -> test.kind() != Kind.CONTROL);
    }

    @ParameterizedTest
    @MethodSource("controls")
    void control_actorsOneAfterTheOther_isCaughtOnlyIfItsDefectNeedsNoRace(StressTest control) throws Exception {
        boolean isCaught = serialOutcomes(control).contains(Expect.ACCEPTABLE_INTERESTING);

        assertThat(isCaught).as(control.shortName()).isEqualTo(SHOWN_SERIALLY.containsKey(control.shortName()));
    }

    /** That this runs actors as they are meant to be run: whatever the order, the sound tests hold. */
    @ParameterizedTest
    @MethodSource("soundTests")
    void soundTest_actorsOneAfterTheOther_isAcceptable(StressTest test) throws Exception {
        assertThat(serialOutcomes(test)).as(test.shortName()).isNotEmpty().doesNotContain(Expect.FORBIDDEN);
    }

    @Test
    void list_everyName_isAControl() {
        assertThat(controls().map(StressTest::shortName)).containsAll(SHOWN_SERIALLY.keySet());
    }

    static Stream<StressTest> shownSerially() {
        return controls().filter(control -> SHOWN_SERIALLY.containsKey(control.shortName()));
    }

    /** Both cite the same report of the field. That the mutant is caught, the run of the mutants says. */
    @ParameterizedTest
    @MethodSource("shownSerially")
    void control_caughtSerially_hasAMutantOfTheSameBug(StressTest control) throws IOException {
        Path mutant = Path.of("src/mutants").resolve(SHOWN_SERIALLY.get(control.shortName()) + ".mutant");
        List<String> reports = List.of(control.control().source().split("; | and "));

        assertThat(Files.readAllLines(mutant))
                .anyMatch(line -> line.startsWith("real: ") && reports.stream().anyMatch(line::contains));
    }

    /** The grades of what is seen when the actors run one after the other, in every order. */
    private static List<Expect> serialOutcomes(StressTest test) throws ReflectiveOperationException {
        TestInfo info = TestList.getInfo(test.name());
        Class<?> state = Class.forName(test.file().getName() + '$' + test.variant());
        List<Method> actors = annotated(state, Actor.class);
        assertThat(actors).hasSizeGreaterThan(1);
        List<Expect> grades = new ArrayList<>();
        for (List<Method> order : orders(actors)) {
            List<Method> steps = new ArrayList<>(order);
            steps.addAll(annotated(state, Arbiter.class));
            String outcome = outcome(state, steps);
            grades.add(info.cases().stream()
                    .filter(one -> one.matches(outcome))
                    .findFirst()
                    .orElse(info.unmatched())
                    .expect());
        }
        return grades;
    }

    private static List<List<Method>> orders(List<Method> actors) {
        if (actors.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Method>> orders = new ArrayList<>();
        for (Method first : actors) {
            List<Method> others = new ArrayList<>(actors);
            others.remove(first);
            for (List<Method> rest : orders(others)) {
                List<Method> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    private static String outcome(Class<?> state, List<Method> steps) throws ReflectiveOperationException {
        Class<?> resultType = steps.stream()
                .flatMap(step -> Arrays.stream(step.getParameterTypes()))
                .findFirst()
                .orElseThrow();
        Object result = resultType.getConstructor().newInstance();
        Object instance = state.getConstructor().newInstance();
        try {
            for (Method step : steps) {
                step.invoke(instance, step.getParameterCount() == 0 ? new Object[0] : new Object[] {result});
            }
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(state + " threw", thrown.getCause());
        }
        return result.toString();
    }

    private static List<Method> annotated(Class<?> state, Class<? extends Annotation> annotation) {
        return Arrays.stream(state.getMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
    }
}
