package dev.rollcall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No stack, in the middle of an operation (G1, G2, G5, G8, G9, G10): an operation that a
 * StackOverflowError cuts off, at whatever depth, holds no lock afterwards and was done as a whole or
 * not at all; one that is about many sessions is finished by calling it again. In a JVM of its own;
 * see {@link DeepStack}.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class DeepStackTest {
    /** How the operation's code is run, for that decides on the frames, and so on how many depths it is cut off at. */
    enum Mode {
        INTERPRETED(300, 10, "-Xint"),
        COMPILED_QUICKLY(600, 2_000, "-Xbatch", "-XX:TieredStopAtLevel=1"),
        COMPILED_WELL(600, 20_000, "-Xbatch");

        private final int depths;
        private final int warmUps;
        private final List<String> options;

        Mode(int depths, int warmUps, String... options) {
            this.depths = depths;
            this.warmUps = warmUps;
            this.options = List.of(options);
        }
    }

    /** All of them in the long profile, since each takes about ten seconds. */
    static Stream<Arguments> operations() {
        if (System.getProperty("rollcall.profile", "short").equals("long")) {
            return Arrays.stream(DeepStack.Operation.values())
                    .flatMap(operation -> Arrays.stream(Mode.values()).map(mode -> Arguments.of(operation, mode)));
        }
        return Stream.of(
                        DeepStack.Operation.CREATE,
                        DeepStack.Operation.DESTROY,
                        DeepStack.Operation.CLAIM,
                        DeepStack.Operation.GONE,
                        DeepStack.Operation.SWEEP,
                        DeepStack.Operation.DELIVER,
                        DeepStack.Operation.SET_MAX_SESSIONS)
                .map(operation -> Arguments.of(operation, Mode.INTERPRETED));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("operations")
    void everyOperation_stackOverflows_wholeOrNotAtAll(DeepStack.Operation operation, Mode mode) throws Exception {
        List<String> options = new ArrayList<>(mode.options);
        options.add("-Xmx256m");
        ChildJvm.run(
                DeepStack.class,
                options,
                operation.name(),
                Integer.toString(mode.depths),
                Integer.toString(mode.warmUps));
    }
}
