package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must exist, exists; {@link Pinned} says how to write the list anew. */
class PinnedTest {
    private static final Path LIST = Path.of("src/main/resources/dev/rollcall/stress/run/pinned.txt");
    private static final String HEAD = """
            # The sound jcstress tests: name, counter strategy, guarantees, and what each actor calls. A build fails if it
            # has others. Written by PinnedTest; see the class Pinned.
            """;

    private static final List<StressTest> SOUND = StressTest.all().stream()
            .filter(test -> test.kind() != Kind.CONTROL)
            .toList();

    @Test
    void tests_areThosePinned() throws IOException {
        List<String> there = SOUND.stream().map(PinnedTest::line).toList();
        if ("write".equals(System.getProperty("rollcall.pin"))) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, HEAD + String.join("\n", there) + "\n");
        }
        List<String> pinned = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(there)
                .as("see the class Pinned for how to write the list anew")
                .containsExactlyInAnyOrderElementsOf(pinned);
    }

    @Test
    void missing_namesWhatIsPinnedAndNotThere() {
        assertThat(Pinned.missing(StressTest.all())).isEmpty();
        assertThat(Pinned.missing(without(".Adder"))).isNotEmpty().allMatch(name -> name.contains(".Adder"));
        assertThat(Pinned.missing(without("ListenerOrder.Exact")))
                .contains("dev.rollcall.stress.listener.ListenerOrder.Exact");
    }

    /** Whatever is pinned: an anomaly of the count that a strategy could have is looked for. */
    @ParameterizedTest
    @EnumSource(CounterStrategy.class)
    void strategy_isCountedBesideCreatesAndEnds(CounterStrategy strategy) {
        List<ActorCalls> variants = SOUND.stream()
                .map(test -> ActorCalls.of(test.variantClass()))
                .filter(variant -> variant.strategy() == strategy)
                .toList();

        assertThat(variants)
                .anyMatch(variant -> variant.races(Operation.COUNT, Operation.CREATE))
                .anyMatch(variant -> variant.races(Operation.COUNT, Operation.DESTROY));
    }

    private static List<StressTest> without(String part) {
        return StressTest.all().stream()
                .filter(test -> !test.name().contains(part))
                .toList();
    }

    private static String line(StressTest test) {
        ActorCalls calls = ActorCalls.of(test.variantClass());
        String guarantees = Stream.of(Guarantee.values())
                .filter(guarantee -> Tables.breaks(test, guarantee))
                .map(Guarantee::name)
                .collect(Collectors.joining(","));
        String actors = calls.actors().entrySet().stream()
                .map(actor -> (actor.getKey().isEmpty() ? "beside" : actor.getKey())
                        + '='
                        + actor.getValue().stream()
                                .map(operation -> operation.label().replace(' ', '_'))
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(" "));
        return test.shortName()
                + ' '
                + calls.strategy()
                + ' '
                + (guarantees.isEmpty() ? "-" : guarantees)
                + ' '
                + actors;
    }
}
