package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ModelRun.Operation;
import dev.rollcall.ModelRun.Setup;
import dev.rollcall.ModelRun.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of all operations, compared with {@link SequentialModel} after each one: answers,
 * events, counts(), count(), listing, lookups, handles, transports, audit (G1–G10 for one thread).
 *
 * <p>A failure names its seed and the shortest sequence found that still fails. {@code
 * -Drollcall.seed=N} starts from another seed, {@code -Drollcall.sequences=N} runs more per setup.
 */
class ModelTest {
    private static final long FIRST_SEED = Long.getLong("rollcall.seed", 1);
    private static final int SEQUENCES = Integer.getInteger("rollcall.sequences", 24);
    private static final int STEPS = 120;

    private static final Duration[] TICKS = {Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofHours(1)};

    /** How often each operation is drawn; draining and closing leave little to do afterwards. */
    private static final int[] WEIGHTS = {12, 12, 5, 5, 6, 6, 3, 3, 2, 2, 5, 4, 3, 3, 1, 4, 4, 1, 8, 10, 1, 14, 0, 0};

    static Stream<Arguments> setups() {
        long[] clocks = {0, Long.MIN_VALUE, Long.MAX_VALUE - 1_000_000, -1, 1L << 62};
        Stream.Builder<Arguments> setups = Stream.builder();
        for (long clock : clocks) {
            for (int shards : new int[] {1, 2, 8}) {
                setups.add(Arguments.of(clock, shards));
            }
        }
        return setups.build();
    }

    @ParameterizedTest(name = "clock {0}, {1} shards")
    @MethodSource("setups")
    void everyOperation_inRandomSequences_agreesWithTheModel(long clock, int shards) {
        CounterStrategy[] strategies = CounterStrategy.values();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
            Setup setup = new Setup(
                    seed,
                    clock,
                    shards,
                    strategies[(int) Math.floorMod(seed, (long) strategies.length)],
                    TICKS[(int) Math.floorMod(seed, (long) TICKS.length)],
                    seed % 2 == 0 ? 6 : 1000);
            List<Step> steps = steps(setup);
            AssertionError failure = failure(setup, steps);
            if (failure != null) {
                List<Step> shortest = Shrinker.shrink(steps, shorter -> failure(setup, shorter) != null);
                throw new AssertionError(report(setup, shortest), failure(setup, shortest));
            }
        }
    }

    @Test
    void shrinker_failureNeedsTwoSteps_leavesThoseTwo() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            steps.add(new Step(Operation.SWEEP, i, 0, 0));
        }
        List<Step> shortest =
                Shrinker.shrink(steps, shorter -> shorter.contains(steps.get(17)) && shorter.contains(steps.get(71)));
        assertThat(shortest).containsExactly(steps.get(17), steps.get(71));
    }

    private static AssertionError failure(Setup setup, List<Step> steps) {
        ModelRun run = new ModelRun(setup);
        for (int i = 0; i < steps.size(); i++) {
            try {
                run.perform(steps.get(i));
            } catch (AssertionError | RuntimeException e) {
                return new AssertionError("step " + i + ", " + steps.get(i) + ", " + run, e);
            }
        }
        return null;
    }

    private static List<Step> steps(Setup setup) {
        Random random = new Random(setup.seed() * 31 + setup.shards());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(new Step(draw(random), random.nextInt(), random.nextInt(), random.nextInt()));
        }
        // Half of the sequences end by draining or closing, with some operations still to come.
        if (random.nextBoolean()) {
            Operation last = random.nextBoolean() ? Operation.DRAIN : Operation.CLOSE;
            steps.set(STEPS - 1 - random.nextInt(STEPS / 3), new Step(last, 0, 0, 0));
        }
        return steps;
    }

    private static Operation draw(Random random) {
        int sum = 0;
        for (int weight : WEIGHTS) {
            sum += weight;
        }
        int drawn = random.nextInt(sum);
        int index = 0;
        while (drawn >= WEIGHTS[index]) {
            drawn -= WEIGHTS[index];
            index++;
        }
        return Operation.values()[index];
    }

    private static String report(Setup setup, List<Step> steps) {
        StringBuilder text = new StringBuilder("manager and model disagree; " + setup + ", shortest sequence found:");
        steps.forEach(step -> text.append("\n    ").append(step));
        return text.toString();
    }
}
