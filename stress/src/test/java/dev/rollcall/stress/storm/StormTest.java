package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.stress.gateway.DefectiveGateways;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayOptions;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
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

    /** As it is run on a gateway of another make. */
    @Test
    void anothersGateway_fewActs_checksWhatTheyShow() throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.adminSecret = "another's";
        options.reclaimTimeout = Duration.ofSeconds(1);
        Set<Act> acts = EnumSet.of(Act.CREATE_FIN, Act.CREATE_100_RST);
        try (Gateway gateway = Gateway.start(options)) {
            Storm storm = new Storm(
                    new StormPlan(
                            CLIENTS,
                            Duration.ofSeconds(1),
                            7,
                            0,
                            acts,
                            gateway.url(),
                            gateway.adminUrl(),
                            options.adminSecret),
                    (unused, settings) -> gateway);
            storm.run();

            assertThat(new Outcome(storm).table()).contains("storm: passed");
            assertThat(storm.tally().happened())
                    .containsKeys("CREATE_FIN", "CREATE_100_RST")
                    .doesNotContainKeys("CREATE_RST", "HTTP");
            assertThat(storm.isMade(Check.LIVE)).isTrue();
            assertThat(storm.isMade(Check.CLAIMS)).isFalse();
            assertThat(storm.isMade(Check.AUDIT)).isFalse();
        }
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
    void play_error_isAViolation() {
        Storm storm = new Storm(StormPlan.own(CLIENTS, Duration.ofSeconds(1), 7), Gateway::start);

        storm.play(
                (stage, random) -> {
                    throw new AssertionError("on purpose");
                },
                "HTTP",
                null,
                null);

        assertThat(storm.tally().violations(Check.REPLIES))
                .containsExactly("HTTP: java.lang.AssertionError: on purpose");
    }

    @Test
    void plan_outOfBounds_isRefused() {
        assertThatThrownBy(() -> StormPlan.own(0, Duration.ofSeconds(1), 1)).hasMessage("clients 0 is not in 4 … 500");
        assertThatThrownBy(() -> StormPlan.own(4, Duration.ofDays(1), 1)).hasMessageContaining("seconds 86400");
        assertThatThrownBy(() -> new StormPlan(
                        4,
                        Duration.ofSeconds(1),
                        1,
                        0,
                        EnumSet.of(Act.HTTP),
                        URI.create("ws://127.0.0.1:1/"),
                        null,
                        ""))
                .hasMessageContaining("--admin-url");
    }
}
