package dev.rollcall.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A soak of seconds: passes on the manager as it is, fails on every defective façade, for its
 * reason.
 */
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(3);
    private static final int WORKERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static Soak ran(long seed, Defect defect) throws InterruptedException {
        Soak soak = new Soak(new SoakOptions(LENGTH, seed, WORKERS, defect));
        soak.run();
        return soak;
    }

    @Test
    void manager_asItIs_passes() throws InterruptedException {
        Soak soak = ran(new SecureRandom().nextInt(Integer.MAX_VALUE), Defect.NONE);
        assertThat(soak.summary()).doesNotContain("VIOLATION");
        assertThat(soak.hasPassed()).isTrue();
        assertThat(soak.json()).startsWith("{\n  \"passed\": ").contains("\n  \"failed\": 0,\n");
    }

    @ParameterizedTest
    @CsvSource({
        "dropped_event, but ended event is false",
        "doubled_event, ENDED after the end",
        "wrong_cause, ended event says ADMIN_DESTROYED",
        "two_winners, destroy won",
        "lost_keepalive, G3: timed out after",
        "lost_claim, claims returned true",
        "orphans, G5: ",
        "drifting_count, G1: created is not live + ended"
    })
    void manager_behindDefectiveFacade_fails(String defect, String violation) throws InterruptedException {
        System.out.println("control: " + defect);
        Soak soak = ran(7, Defect.valueOf(defect.toUpperCase(Locale.ROOT)));
        assertThat(soak.summary())
                .contains(violation)
                .contains("again: java -jar stress/target/rollcall-stress.jar soak --seed 7");
        assertThat(soak.hasPassed()).isFalse();
    }
}
