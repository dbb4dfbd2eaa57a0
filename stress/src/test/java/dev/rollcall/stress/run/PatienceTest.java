package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration USED_BEFORE = Duration.ofSeconds(500);
    private static final Duration GIVEN = Duration.ofSeconds(5);

    private final Patience patience = new Patience(0, USED_BEFORE, GIVEN);

    /** The clock and what the JVM has used since, in seconds. */
    private boolean isExhausted(double now, double used) {
        return reason(now, used) != null;
    }

    private String reason(double now, double used) {
        return patience.exhausted((long) (now * 1e9), USED_BEFORE.plusMillis((long) (used * 1e3)))
                .orElse(null);
    }

    /** A fiftieth of a processor: what took a second on a quiet machine takes minutes. */
    @Test
    void exhausted_starvedButMoving() {
        for (int now = 0; now < 590; now++) {
            assertThat(isExhausted(now, now / 50.0)).isFalse();
        }
    }

    /** Looks once a second until so many seconds have passed; the reason in the end, if there is one. */
    private String after(int seconds, double usedASecond) {
        String reason = null;
        for (int now = 1; now <= seconds && reason == null; now++) {
            reason = reason(now, usedASecond * now);
        }
        return reason;
    }

    @Test
    void exhausted_spinningForEver() {
        assertThat(after(50, 2)).as("what it is given is not counted").isNull();
        assertThat(reason(51, 102)).isEqualTo("no result after 102 s of processor time");
    }

    @Test
    void exhausted_deadlocked() {
        assertThat(after(60, 0.001)).isNull();
        assertThat(reason(61, 0.061)).isEqualTo("it has stood still for 60 s");
    }

    @Test
    void exhausted_afterAll() {
        assertThat(after(610, 0.1)).isNull();
        assertThat(reason(611, 61.1)).isEqualTo("no result after 611 s");
    }

    @Test
    void exhausted_suspended_countsNoTimeInWhichNothingRan() {
        assertThat(after(10, 1)).isNull();
        assertThat(patience.isSuspended()).isFalse();

        assertThat(reason(10_000, 10)).isNull();
        assertThat(patience.isSuspended()).isTrue();
    }
}
