package dev.rollcall.benchmarks.figures;

import dev.rollcall.benchmarks.figures.Figures.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/** Adds an iteration's {@link Figures} to its results. */
public final class FiguresProfiler implements InternalProfiler {
    @Override
    public String getDescription() {
        return "Numbers that the benchmark found besides its time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        Figures.take();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> results = new ArrayList<>();
        Figures.take().forEach((name, figure) -> results.add(result(name, figure)));
        return results;
    }

    private static ScalarResult result(String name, Figure figure) {
        return new ScalarResult(name, figure.value(), figure.unit(), AggregationPolicy.AVG);
    }
}
