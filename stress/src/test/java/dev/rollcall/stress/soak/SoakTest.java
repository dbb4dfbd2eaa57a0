package dev.rollcall.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A soak of seconds: passes on the manager as it is, fails on every defective façade, for its
 * reason.
 */
class SoakTest {
    private static Soak ran(String... args) throws InterruptedException {
        Soak soak = new Soak(SoakOptions.parse(args, Soak.DEFAULT_SEED));
        soak.run();
        return soak;
    }

    @Test
    void manager_asItIs_passes() throws InterruptedException {
        Soak soak = ran("--seconds", "3");
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
        Soak soak = ran("--seconds", "3", "--defect", defect, "--seed", "7");
        assertThat(soak.summary()).contains(violation).contains("again: --seed 7");
        assertThat(soak.hasPassed()).isFalse();
    }

    @Test
    void options_malformed_areRefused() {
        assertThatThrownBy(() -> SoakOptions.parse(new String[] {"--seconds"}, 1))
                .hasMessageContaining("--seconds");
        assertThatThrownBy(() -> SoakOptions.parse(new String[] {"--sekonds", "1"}, 1))
                .hasMessageContaining("--sekonds");
    }
}
