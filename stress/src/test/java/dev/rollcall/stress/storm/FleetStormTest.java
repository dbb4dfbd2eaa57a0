package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two gateways in processes of their own, of which one is killed while clients rest, and another one amid a storm. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetStormTest {
    private static final Pattern LOST = Pattern.compile("kill \\d.*: (\\d+) sessions lost");

    /** How many sessions went with each node that was killed. */
    private static List<Integer> lost(List<String> told) {
        return told.stream()
                .map(LOST::matcher)
                .filter(Matcher::find)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .toList();
    }

    @Test
    void nodeKilled_figureLimitAndDirectoryAreRight_sharedCounterIsNot() throws Exception {
        List<String> told = new ArrayList<>();
        try (FleetStorm storm = new FleetStorm(FleetPlan.of(2, 2, 0, 0, 20, Duration.ofSeconds(1)), told::add)) {
            storm.run();

            told.forEach(System.out::println);
            for (FleetCheck check : FleetCheck.values()) {
                assertThat(storm.ledger().failures(check)).as(check.claim()).isEmpty();
                assertThat(storm.ledger().holds(check)).as(check.claim()).isTrue();
            }
            assertThat(lost(told))
                    .hasSize(2)
                    .allSatisfy(sessions -> assertThat(sessions).isGreaterThanOrEqualTo(FleetPlan.LEAST_HELD));
            assertThat(storm.ledger().mostHeld()).isBetween(10L, 20L);
        }
    }
}
