package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetLedgerTest {
    private final FleetLedger ledger = new FleetLedger(1);

    private void attempt(FleetLedger.Task task) {
        ledger.attempt(task, () -> Optional.of("broken off"));
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

    private static void loseTheSocket() throws IOException {
        throw new IOException("on purpose");
    }

    @Test
    void attempt_ioException_isNotedAndNoFailure() {
        attempt(FleetLedgerTest::loseTheSocket);

        assertThat(ledger.happened()).containsOnlyKeys("broken off");
        assertThat(ledger.failures(FleetCheck.REPLIES)).isEmpty();
    }

    /** As of a client whose node lives. */
    @Test
    void attempt_ioExceptionWithoutAReason_isAFailure() {
        ledger.attempt(FleetLedgerTest::loseTheSocket, Optional::empty);

        assertThat(ledger.failures(FleetCheck.REPLIES))
                .singleElement()
                .asString()
                .contains("on purpose");
        assertThat(ledger.happened()).isEmpty();
    }
}
