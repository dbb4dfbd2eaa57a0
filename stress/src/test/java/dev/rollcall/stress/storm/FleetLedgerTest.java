package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FleetLedgerTest {
    private final FleetLedger ledger = new FleetLedger(1);

    private void attempt(FleetLedger.Task task) {
        ledger.attempt(task, () -> "broken off");
    }

    @Test
    void attempt_error_isAFailure() {
        attempt(() -> {
            throw new AssertionError("on purpose");
        });

        assertThat(ledger.failures(FleetCheck.REPLIES))
                .singleElement()
                .asString()
                .contains("failed", "on purpose");
        assertThat(ledger.happened()).isEmpty();
    }

    @Test
    void attempt_runtimeException_isAFailure() {
        attempt(() -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(ledger.failures(FleetCheck.REPLIES))
                .singleElement()
                .asString()
                .contains("failed", "on purpose");
    }

    @Test
    void attempt_ioException_isNotedAndNoFailure() {
        attempt(() -> {
            throw new IOException("on purpose");
        });

        assertThat(ledger.happened()).containsOnlyKeys("broken off");
        assertThat(ledger.failures(FleetCheck.REPLIES)).isEmpty();
    }
}
