package dev.rollcall.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ManagerHealth;
import dev.rollcall.Session;
import dev.rollcall.SessionOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An epoch one of whose threads is stuck ends all the same. The timeout is for one that does not. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EpochTest {
    private final Stage stage = new Stage(1, Defect.NONE, new Coverage(), new Findings(), Duration.ofSeconds(8));

    /** Only shuts down. */
    private boolean ran() throws InterruptedException {
        return new Epoch(stage, 2).run(Duration.ZERO);
    }

    /** One that nothing ends but the close: without timeouts, on a transport that is nobody else's. */
    private History historyOfASession() {
        while (true) {
            History history = new History(0, 0, 0);
            Session<History> session = stage.facade.create(
                    stage.newTransport(),
                    SessionOptions.<History>defaults()
                            .sessionTimeout(Duration.ZERO)
                            .reclaimTimeout(Duration.ZERO),
                    history);
            // The listener destroys some.
            if (session.isLive()) {
                return history;
            }
        }
    }

    @Test
    void run_threadThatDoesNotComeToRestAfterClose_isFalse() throws InterruptedException {
        stage.gate.enter();

        assertThat(ran()).isFalse();

        assertThat(stage.manager.status().health()).isEqualTo(ManagerHealth.CLOSED);
        assertThat(stage.findings.violations()).isEmpty();
        assertThat(Threads.dump("soak-worker")).contains("Gate.pass");
    }

    @Test
    void run_threadThatIsStuckInClose_isFalseAndItIsTold() throws InterruptedException {
        synchronized (historyOfASession()) {
            assertThat(ran()).isFalse();

            assertThat(Threads.dump("soak-closer")).contains("History.add").contains("Epoch.close");
        }
    }
}
