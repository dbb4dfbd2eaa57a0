package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.figures.FiguresProfiler;
import dev.rollcall.benchmarks.peers.Peer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

class RequestLoadTest {
    private static final Duration STALL = Duration.ofMillis(20);

    /** One request of a hundred stalls; those behind it waited too, which must show, and took no longer themselves. */
    @Test
    void run_oneRequestStalls_theOnesBehindItAreSlowToo() {
        FiguresProfiler profiler = new FiguresProfiler();
        AtomicInteger requests = new AtomicInteger();
        RequestLoad load = new RequestLoad(new Slice(new StallingOnce(requests), 1, 0));

        profiler.beforeIteration(null, null);
        load.run(() -> requests.get() >= 200);
        load.note("test");

        double stallMicros = STALL.toNanos() / 1_000.0;
        var figures = profiler.afterIteration(null, null, null);
        assertThat(figures)
                .filteredOn(figure -> figure.getLabel().matches("test\\.(keepalive|create)\\.p50"))
                .hasSize(2)
                .extracting(ScalarResult::getScore)
                .allMatch(micros -> micros > stallMicros / 10);
        assertThat(figures)
                .filteredOn(figure -> figure.getLabel().equals("test.create.alone.p50"))
                .singleElement()
                .extracting(ScalarResult::getScore)
                .matches(micros -> micros < stallMicros / 10);
        assertThat(requests).hasValueGreaterThan(1_000);
    }

    /** Of three runs, two have a create that takes long: more than any percentile says. */
    @Test
    void run_oneCreateOfMostRunsStalls_isTheLongest() {
        Map<String, Double> micros = microsOfRuns(10_000, 0, 1, 1);

        assertThat(micros.get("test.create.alone.longest")).isGreaterThanOrEqualTo(STALL.toNanos() / 1_000.0);
        assertThat(micros.get("test.create.alone.p99")).isLessThan(STALL.toNanos() / 1_000.0);
    }

    /** A run that stalls throughout decides the percentile over three, and not the median over them. */
    @Test
    void run_oneOfThreeStalls_isNotTheMedian() {
        Map<String, Double> micros = microsOfRuns(2_000, 0, 5, 0);

        assertThat(micros.get("test.create.p99.9")).isGreaterThanOrEqualTo(STALL.toNanos() / 1_000.0);
        assertThat(micros.get("test.create.of-runs.p99.9")).isLessThan(STALL.toNanos() / 1_000.0);
    }

    /** The figures of runs of so many requests, in each of which so many creates stall. */
    private static Map<String, Double> microsOfRuns(int requests, int... stallsOfRuns) {
        FiguresProfiler profiler = new FiguresProfiler();
        AtomicInteger stalls = new AtomicInteger();
        RequestLoad load = new RequestLoad(new Slice(new StallingCreates(stalls), 1, 0));
        profiler.beforeIteration(null, null);
        for (int stallsOfRun : stallsOfRuns) {
            stalls.set(stallsOfRun);
            AtomicInteger polls = new AtomicInteger();
            load.run(() -> polls.incrementAndGet() > requests);
        }
        load.note("test");
        return profiler.afterIteration(null, null, null).stream()
                .collect(Collectors.toMap(ScalarResult::getLabel, ScalarResult::getScore));
    }

    /** So many creates take long. */
    private record StallingCreates(AtomicInteger stalls) implements Peer.Client {
        @Override
        public void create(int seat) {
            if (stalls.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                stall();
            }
        }

        @Override
        public boolean destroy(int seat) {
            return true;
        }

        @Override
        public boolean keepAlive(int seat) {
            return true;
        }
    }

    private static void stall() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < STALL.toNanos()) {
            LockSupport.parkNanos(STALL.toNanos());
        }
    }

    /** The hundredth keepalive takes long. */
    private record StallingOnce(AtomicInteger requests) implements Peer.Client {
        @Override
        public void create(int seat) {
            requests.incrementAndGet();
        }

        @Override
        public boolean destroy(int seat) {
            return true;
        }

        @Override
        public boolean keepAlive(int seat) {
            if (requests.incrementAndGet() == 100) {
                stall();
            }
            return true;
        }
    }
}
