package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

class FleetNodeTest {
    @Test
    void client_losesItsSocketWhileTheNodeLives_isAFailure() throws Exception {
        FleetLedger ledger = new FleetLedger(10);
        try (FleetNode node = FleetNode.join(Child.start(Children.HangsUp.class), new AtomicLong(), ledger)) {
            node.begin(new ReentrantReadWriteLock(), 1);

            assertThat(Await.until(
                            Duration.ofSeconds(60),
                            () -> !ledger.failures(FleetCheck.REPLIES).isEmpty()))
                    .isTrue();
        }
        assertThat(ledger.failures(FleetCheck.REPLIES)).allMatch(failure -> failure.contains("fleet-holder failed"));
    }
}
