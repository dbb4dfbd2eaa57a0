package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The actors of the sound variants, one after the other. If one of them did nothing, the verdict would
 * notice: the others alone come to an outcome that is forbidden, or never to one that must be seen.
 */
class ActorsTest {
    static Stream<StressTest> sound() {
        return StressTest.all().stream().filter(test -> test.kind() != Kind.CONTROL);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void actors_inEachOrder_comeToAnAcceptableOutcome(StressTest test) throws ReflectiveOperationException {
        List<Method> actors = actors(test.variantClass());

        for (int order = 0; order < 2; order++) {
            assertThat(outcome(test.variantClass(), actors)).matches(acceptable(test), "acceptable");
            Collections.reverse(actors);
        }
    }

    @ParameterizedTest
    @MethodSource("sound")
    void actor_thatDoesNothing_isNoticed(StressTest test) throws ReflectiveOperationException {
        assertThat(unnoticed(test.variantClass(), acceptable(test), test.required()))
                .isEmpty();
    }

    @Test
    void rare_namesAcceptableOutcomes_andNotAllOfThem() {
        assertThat(sound()).allSatisfy(test -> {
            List<String> acceptable = TestList.getInfo(test.name()).cases().stream()
                    .filter(outcome -> outcome.expect() == Expect.ACCEPTABLE)
                    .map(outcome -> outcome.matchPattern())
                    .toList();
            assertThat(acceptable).as(test.name()).containsAll(test.rare());
            assertThat(test.required()).as(test.name()).isNotEmpty();
        });
    }

    /** Its second actor leaves no trace. */
    static final class Blind {
        @Actor
        public void seen(I_Result r) {
            r.r1 = 1;
        }

        @Actor
        public void unseen() {}
    }

    @Test
    void unnoticed_actorWithoutTrace() throws ReflectiveOperationException {
        assertThat(unnoticed(Blind.class, "1"::equals, List.of("1"))).containsExactly("unseen");
        assertThat(unnoticed(Blind.class, id -> true, List.of("1", "2"))).isEmpty();
    }

    /** The actors whose absence neither leads to a forbidden outcome nor keeps a required one away. */
    private static List<String> unnoticed(Class<?> variant, Predicate<String> acceptable, List<String> required)
            throws ReflectiveOperationException {
        List<String> unnoticed = new ArrayList<>();
        for (Method absent : actors(variant)) {
            List<Method> others = actors(variant);
            others.remove(absent);
            String outcome = outcome(variant, others);
            if (acceptable.test(outcome) && required.stream().allMatch(outcome::equals)) {
                unnoticed.add(absent.getName());
            }
        }
        return unnoticed;
    }

    private static Predicate<String> acceptable(StressTest test) {
        return outcome -> TestList.getInfo(test.name()).cases().stream()
                .anyMatch(known -> known.expect() != Expect.FORBIDDEN && known.matches(outcome));
    }

    private static String outcome(Class<?> variant, List<Method> actors) throws ReflectiveOperationException {
        Constructor<?> constructor = variant.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object state = constructor.newInstance();
        List<Method> calls = new ArrayList<>(actors);
        calls.addAll(annotated(variant, Arbiter.class));
        Class<?> resultType = Arrays.stream(variant.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Actor.class) || method.isAnnotationPresent(Arbiter.class))
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .findFirst()
                .orElseThrow();
        Object result = resultType.getDeclaredConstructor().newInstance();
        for (Method call : calls) {
            call.setAccessible(true);
            Object[] arguments = call.getParameterCount() == 0 ? new Object[0] : new Object[] {result};
            try {
                call.invoke(state, arguments);
            } catch (InvocationTargetException thrown) {
                return thrown.getCause().toString();
            }
        }
        return result.toString();
    }

    private static List<Method> actors(Class<?> variant) {
        return annotated(variant, Actor.class);
    }

    private static List<Method> annotated(Class<?> variant, Class<? extends Annotation> annotation) {
        List<Method> methods = new ArrayList<>();
        for (Method method : variant.getDeclaredMethods()) {
            if (method.isAnnotationPresent(annotation)) {
                methods.add(method);
            }
        }
        methods.sort(Comparator.comparing(Method::getName));
        return methods;
    }
}
