package dev.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** An addition that there is no memory for is not lost. FullHeapTest has it on real threads, but only by chance. */
class SpilledAdderTest {
    /** Has no memory for each second addition. */
    private static final class FullAdder extends LongAdder {
        private static final long serialVersionUID = 1L;

        private int additions;

        @Override
        public void add(long number) {
            additions++;
            if (additions % 2 == 0) {
                throw new OutOfMemoryError("on purpose");
            }
            super.add(number);
        }
    }

    @Test
    void add_adderHasNoMemory_isInTheSumAllTheSame() {
        FullAdder full = new FullAdder();
        SpilledAdder adder = new SpilledAdder(full);
        adder.add(1);
        adder.add(20);
        adder.add(300);
        adder.add(-4_000);
        assertThat(full.sum()).isEqualTo(301);
        assertThat(adder.sum()).isEqualTo(301 + 20 - 4_000);
    }
}
