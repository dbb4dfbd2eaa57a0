package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchmarkAccessTest {
    @Test
    void withoutTallies_createAndDestroy_tallyNothing() {
        SessionManagerBuilder<Void> builder =
                SessionManager.<Void>builder().counter(CounterStrategy.TABLE).callerSweeps();
        try (SessionManager<Void> manager =
                BenchmarkAccess.withoutTallies(builder).build()) {
            Transport<Void> transport = manager.openTransport("test");
            Session<Void> ended = manager.create(transport);
            manager.create(transport);
            ended.destroy();

            assertThat(manager.count()).isEqualTo(1);
            assertThat(manager.counts().created()).isZero();
            assertThat(manager.counts().ended()).isZero();
        }
    }

    @Test
    void fastTicker_everyReading_isAWholeNumberOfUnits() {
        Ticker ticker = BenchmarkAccess.fastTicker();

        assertThat(ticker.nanos() % Quanta.NANOS).isZero();
    }
}
