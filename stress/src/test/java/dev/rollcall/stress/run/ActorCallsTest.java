package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.count.AuditVsChurn;
import dev.rollcall.stress.count.GoneButStillCounted;
import dev.rollcall.stress.lifecycle.DestroyVsTimeout;
import dev.rollcall.stress.listener.ListenerReentrancy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;

/** What files say that they race is what their actors call, and the other way round. */
class ActorCallsTest {
    private static final Map<Class<?>, List<ActorCalls>> FILES = StressTest.all().stream()
            .filter(test -> test.kind() != Kind.CONTROL)
            .collect(Collectors.groupingBy(
                    StressTest::file,
                    Collectors.mapping(test -> ActorCalls.of(test.variantClass()), Collectors.toList())));

    static Stream<Class<?>> files() {
        return FILES.keySet().stream().sorted((one, other) -> one.getName().compareTo(other.getName()));
    }

    /** What only tells how a race went. */
    private static final Set<Operation> OBSERVING = EnumSet.of(Operation.LOOKUP, Operation.COUNT);

    @ParameterizedTest
    @MethodSource("files")
    void file_namesTheOperationsThatItsActorsCall(Class<?> file) {
        Set<Operation> called = EnumSet.noneOf(Operation.class);
        FILES.get(file).forEach(variant -> called.addAll(variant.operations()));
        Set<Operation> changes = EnumSet.copyOf(called);
        changes.removeAll(OBSERVING);

        assertThat(called).containsAll(named(file));
        assertThat(named(file)).containsAll(changes);
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_everyPairThatItNamesMeetsInOneOfItsVariants(Class<?> file) {
        List<String> neverMeet = new ArrayList<>();
        for (Operation one : Operation.values()) {
            for (Operation other : Operation.values()) {
                if (Tables.races(file, one, other)
                        && FILES.get(file).stream().noneMatch(variant -> variant.races(one, other))) {
                    neverMeet.add(one + " × " + other);
                }
            }
        }
        assertThat(neverMeet).isEmpty();
    }

    @Test
    void reasons_areOnlyForPairsThatNoFileNames() {
        List<String> superfluous = new ArrayList<>();
        for (Operation one : Operation.values()) {
            for (Operation other : Operation.values()) {
                if (EmptyCells.reason(one, other).isPresent()
                        && FILES.keySet().stream().anyMatch(file -> Tables.races(file, one, other))) {
                    superfluous.add(one + " × " + other);
                }
            }
        }
        assertThat(superfluous).isEmpty();
    }

    @Test
    void of_twoOperations() {
        ActorCalls calls = ActorCalls.of(DestroyVsTimeout.Exact.class);

        assertThat(calls.actors())
                .containsOnly(
                        entry("destroy", EnumSet.of(Operation.DESTROY)),
                        entry("timeout", EnumSet.of(Operation.TIMEOUT)));
        assertThat(calls.races(Operation.TIMEOUT, Operation.DESTROY)).isTrue();
        assertThat(calls.races(Operation.DESTROY, Operation.DESTROY)).isFalse();
        assertThat(calls.strategy()).isEqualTo(CounterStrategy.EXACT);
    }

    @Test
    void of_helpersCallbacksAndCompanions() {
        assertThat(ActorCalls.of(GoneButStillCounted.Adder.class).actors())
                .containsEntry("lookup", EnumSet.of(Operation.LOOKUP, Operation.COUNT));
        assertThat(ActorCalls.of(GoneButStillCounted.Adder.class).strategy()).isEqualTo(CounterStrategy.ADDER);
        assertThat(ActorCalls.of(ListenerReentrancy.Exact.class).actors())
                .containsEntry("destroy", EnumSet.of(Operation.CREATE, Operation.DESTROY, Operation.COUNT));
        assertThat(ActorCalls.of(AuditVsChurn.ExactTwoAudits.class).races(Operation.AUDIT, Operation.AUDIT))
                .isTrue();
    }

    /** An actor that has been emptied. */
    static final class Emptied {
        final Scene scene = new Scene();

        @Actor
        public void destroy() {
            scene.setHours(1);
        }
    }

    @Test
    void of_actorThatCallsNothing() {
        assertThat(ActorCalls.of(Emptied.class).operations()).isEmpty();
    }

    private static Set<Operation> named(Class<?> file) {
        Scenario scenario = file.getAnnotation(Scenario.class);
        return Stream.of(scenario.race(), scenario.against())
                .flatMap(Stream::of)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operation.class)));
    }
}
