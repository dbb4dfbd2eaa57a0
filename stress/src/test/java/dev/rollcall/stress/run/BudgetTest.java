package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void next_sharesWhatIsLeft() {
        Budget budget = new Budget(0, 10_000, 10);

        assertThat(budget.next(0)).isEqualTo(950);
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
    void left_isTheBudgetAtFirst() {
        assertThat(new Budget(0, 10_000, 10).left(0)).isEqualTo(new Budget.Left(10_000, false));
    }

    @Test
    void left_isNotTheBudget_ifTheShortestTestsTakeLonger() {
        assertThat(new Budget(0, 10_000, 100).left(0)).isEqualTo(new Budget.Left(15_000, false));
    }

    /** Each test takes two seconds longer than it was given. */
    @Test
    void left_onABusyMachine_doesNotRise_andSaysThatItIsMore() {
        Budget budget = new Budget(0, 10_000, 10);
        long now = 0;
        long told = Long.MAX_VALUE;
        boolean saidMore = false;
        for (int test = 0; test < 10; test++) {
            Budget.Left left = budget.left(now);
            assertThat(left.millis()).isLessThanOrEqualTo(told);
            told = left.millis();
            saidMore |= left.isAtLeast();
            int given = budget.next(now);
            now += given + 2_000;
            budget.spent(given, given + 2_000);
        }

        assertThat(saidMore).isTrue();
        assertThat(budget.left(now)).isEqualTo(new Budget.Left(0, false));
    }

    /** Nothing but the racing takes any time. */
    @Test
    void left_onAQuietMachine_isKept() {
        Budget budget = new Budget(0, 10_000, 10);
        long now = 0;
        for (int test = 0; test < 10; test++) {
            assertThat(budget.left(now).isAtLeast()).isFalse();
            int given = budget.next(now);
            now += given;
            budget.spent(given, given);
        }

        assertThat(now).isBetween(9_000L, 10_000L);
    }

    @Test
    void progress_tellsWhatIsLeft() {
        assertThat(Progress.text(new Budget.Left(83_000, false))).isEqualTo("1:23");
        assertThat(Progress.text(new Budget.Left(83_000, true))).isEqualTo("more than 1:23");
    }
}
