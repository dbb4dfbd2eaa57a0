package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void next_sharesWhatIsLeft() {
        Budget budget = new Budget(0, 10_000, 10);

        assertThat(budget.next(0)).isEqualTo(800);
    }

    @Test
    void next_learnsWhatTestsCost() {
        Budget cheap = new Budget(0, 10_000, 10);
        Budget dear = new Budget(0, 10_000, 10);

        cheap.spent(500, 600);
        dear.spent(500, 1_500);

        assertThat(dear.next(1_500)).isLessThan(cheap.next(1_500));
    }

    @Test
    void next_neverStopsTesting() {
        Budget budget = new Budget(0, 10_000, 10);

        assertThat(budget.next(20_000)).isPositive();
    }

    @Test
    void leftMillis_isTheBudgetAtFirst() {
        assertThat(new Budget(0, 10_000, 10).leftMillis(0)).isEqualTo(10_000);
    }
}
