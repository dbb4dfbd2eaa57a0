package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private final AtomicLong all = new AtomicLong();
    private final Holdings holdings = new Holdings(all);

    @Test
    void forfeitIfAtLeast_tooFew_leavesThemHeld() {
        holdings.created(1);
        holdings.created(2);

        assertThat(holdings.forfeitIfAtLeast(3)).isEmpty();

        assertThat(holdings.ids()).containsExactly(1L, 2L);
        assertThat(holdings.created(3)).isEqualTo(3);
    }

    @Test
    void forfeitIfAtLeast_enough_returnsThemAndHoldsNoMore() {
        holdings.created(1);
        holdings.created(2);

        assertThat(holdings.forfeitIfAtLeast(2)).containsExactly(1L, 2L);

        assertThat(all).hasValue(0);
        assertThat(holdings.created(3)).isZero();
        assertThat(holdings.ids()).isEmpty();
    }
}
