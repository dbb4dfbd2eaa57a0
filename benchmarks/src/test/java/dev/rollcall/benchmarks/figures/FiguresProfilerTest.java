package dev.rollcall.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

class FiguresProfilerTest {
    private final FiguresProfiler profiler = new FiguresProfiler();

    @Test
    void afterIteration_whatWasNoted_becomesResultsOnce() {
        profiler.beforeIteration(null, null);
        Figures.note("size", 1, "B");
        Figures.note("size", 2, "B");

        assertThat(profiler.afterIteration(null, null, null)).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo("size");
            assertThat(result.getScore()).isEqualTo(2);
            assertThat(result.getScoreUnit()).isEqualTo("B");
        });
        assertThat(profiler.afterIteration(null, null, null)).isEmpty();
    }

    @Test
    void beforeIteration_whatPopulatingNoted_isForgotten() {
        Figures.note("size", 1, "B");
        profiler.beforeIteration(null, null);

        assertThat(profiler.afterIteration(null, null, null))
                .extracting(ScalarResult::getLabel)
                .isEmpty();
    }
}
