package dev.rollcall.lincheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lincheck.StepSpecification.Call;
import dev.rollcall.lincheck.StepVerifier.TimedCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verifier itself, on a number that is raised by two in two steps. */
class StepVerifierTest {
    private static final class RaisedInTwoSteps implements StepSpecification<Integer> {
        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Position<Integer> start(Call call) {
            if (call.operation().equals("read")) {
                return number -> number.equals(call.result()) ? List.of(new Step<>(number, null)) : List.of();
            }
            Position<Integer> second = number -> List.of(new Step<>(number + 1, null));
            return number -> List.of(new Step<>(number + 1, second));
        }
    }

    private static TimedCall raise(int... returned) {
        return new TimedCall(new Call("raise", List.of(), "void"), returned);
    }

    private static TimedCall read(int result, int... returned) {
        return new TimedCall(new Call("read", List.of(), result), returned);
    }

    private static boolean isExplained(List<TimedCall> one, List<TimedCall> other) {
        return new StepVerifier(new RaisedInTwoSteps()).isExplained(List.of(one, other));
    }

    @Test
    void read_betweenTheSteps_isExplained() {
        assertThat(isExplained(List.of(raise(0, 0)), List.of(read(0, 0, 0), read(1, 0, 1), read(2, 0, 2))))
                .isTrue();
    }

    @Test
    void read_goingBack_isNotExplained() {
        assertThat(isExplained(List.of(raise(0, 0)), List.of(read(1, 0, 0), read(0, 0, 1))))
                .isFalse();
    }

    @Test
    void read_ofNoState_isNotExplained() {
        assertThat(isExplained(List.of(raise(0, 0)), List.of(read(3, 0, 0)))).isFalse();
    }

    /** The operation had returned when the read was called, so both steps are done. */
    @Test
    void read_afterReturn_seesBothSteps() {
        assertThat(isExplained(List.of(raise(0, 0)), List.of(read(1, 1, 0)))).isFalse();
        assertThat(isExplained(List.of(raise(0, 0)), List.of(read(2, 1, 0)))).isTrue();
    }

    @Test
    void read_beforeCall_seesNoStep() {
        assertThat(isExplained(List.of(raise(0, 1)), List.of(read(1, 0, 0)))).isFalse();
        assertThat(isExplained(List.of(raise(0, 1)), List.of(read(0, 0, 0)))).isTrue();
    }

    @Test
    void raises_ofTwoThreads_interleave() {
        assertThat(isExplained(List.of(raise(0, 0), read(3, 1, 0)), List.of(raise(0, 0), read(4, 0, 1))))
                .isTrue();
    }
}
