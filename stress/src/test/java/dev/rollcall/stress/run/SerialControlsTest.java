package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Controls race. One whose anomaly showed when its actors ran one after the other would prove that the scenario looks
 * at the right figure, but nothing about races. A bug that needs no race is a mutant of core instead.
 */
class SerialControlsTest {
    static Stream<StressTest> controls() {
        return StressTest.all().stream().filter(test -> test.kind() == Kind.CONTROL);
    }

    static Stream<StressTest> soundTests() {
        return StressTest.all().stream().filter(test -> test.kind() != Kind.CONTROL);
    }

    @ParameterizedTest
    @MethodSource("controls")
    void control_actorsOneAfterTheOther_isNotCaught(StressTest control) throws Exception {
        assertThat(serialOutcomes(control))
                .as(control.shortName())
                .isNotEmpty()
                .doesNotContain(Expect.ACCEPTABLE_INTERESTING);
    }

    /** That this runs actors as they are meant to be run: whatever the order, the sound tests hold. */
    @ParameterizedTest
    @MethodSource("soundTests")
    void soundTest_actorsOneAfterTheOther_isAcceptable(StressTest test) throws Exception {
        assertThat(serialOutcomes(test)).as(test.shortName()).isNotEmpty().doesNotContain(Expect.FORBIDDEN);
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
