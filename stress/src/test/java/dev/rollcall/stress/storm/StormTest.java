package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.stress.gateway.DefectiveGateways;
import dev.rollcall.stress.gateway.Gateway;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storm of seconds: passes on the gateway as it is, fails on defective ones, for their reason. */
class StormTest {
    private static final int CLIENTS = 12;

    /** Shorter patience than the command's: a defective gateway is waited for in vain. */
    private static Storm raged(Storm.Starter starter) throws Exception {
        StormPlan plan = StormPlan.own(CLIENTS, Duration.ofSeconds(2), 7);
        Storm storm = new Storm(plan, (options, settings) -> {
            options.reclaimTimeout = Duration.ofSeconds(1);
            options.idleTimeout = Duration.ofSeconds(6); // longer than a busy machine keeps a held socket waiting
            return starter.start(options, settings);
        });
        storm.run();
        return storm;
    }

    @Test
    void gateway_asItIs_passes() throws Exception {
        Storm storm = raged(Gateway::start);

        assertThat(new Outcome(storm).table()).contains("storm: passed").doesNotContain("FAILED");
        assertThat(storm.hasPassed()).isTrue();
        assertThat(Stage.json(new Outcome(storm).json()).path("green").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void gateway_defective_isCaught(DefectiveGateways defect) throws Exception {
        System.out.println("control: " + defect);
        Storm storm = raged(defect::start);

        assertThat(storm.hasPassed()).isFalse();
        assertThat(storm.holds(Check.LIVE)).isFalse();
        assertThat(storm.tally().happened().get("sessions that belong to nobody"))
                .isPositive();
        assertThat(new Outcome(storm).table())
                .contains("belong to nobody")
                .contains("again: java -jar stress/target/rollcall-stress.jar storm --seed 7");
        // It is the gateway that is wrong, not its manager.
        assertThat(storm.holds(Check.AUDIT)).isTrue();
        assertThat(storm.holds(Check.EVENTS)).isTrue();
    }

    @Test
    void plan_outOfBounds_isRefused() {
        assertThatThrownBy(() -> StormPlan.own(0, Duration.ofSeconds(1), 1)).hasMessage("clients 0 is not in 4 … 500");
        assertThatThrownBy(() -> StormPlan.own(4, Duration.ofDays(1), 1)).hasMessageContaining("seconds 86400");
        assertThatThrownBy(
                        () -> new StormPlan(4, Duration.ofSeconds(1), 1, 0, URI.create("ws://127.0.0.1:1/"), null, ""))
                .hasMessageContaining("--admin-url");
    }
}
