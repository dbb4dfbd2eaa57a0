package dev.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An addition that there is no memory for is not lost. FullHeapTest has it on real threads, but only by chance. */
class SpilledAdderTest {
    /** Fails at each second addition. */
    private static final class FullAdder extends LongAdder {
        private static final long serialVersionUID = 1L;

        private final transient Error thrown;
        private int additions;

        FullAdder(Error thrown) {
            this.thrown = thrown;
        }

        @Override
        public void add(long number) {
            additions++;
            if (additions % 2 == 0) {
                throw thrown;
            }
            super.add(number);
        }
    }

    /** The second is what every use of a class throws that could not be initialized, for want of memory, say. */
    static List<Error> errors() {
        return List.of(new OutOfMemoryError("on purpose"), new NoClassDefFoundError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void add_adderFails_isInTheSumAllTheSame(Error thrown) {
        FullAdder full = new FullAdder(thrown);
        SpilledAdder adder = new SpilledAdder(full);
        adder.add(1);
        adder.add(20);
        adder.add(300);
        adder.add(-4_000);
        assertThat(full.sum()).isEqualTo(301);
        assertThat(adder.sum()).isEqualTo(301 + 20 - 4_000);
    }
}
