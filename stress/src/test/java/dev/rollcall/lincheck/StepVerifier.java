package dev.rollcall.lincheck;

import dev.rollcall.lincheck.StepSpecification.Call;
import dev.rollcall.lincheck.StepSpecification.Position;
import dev.rollcall.lincheck.StepSpecification.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Decides whether a history is explained by a {@link StepSpecification}, by searching all orders of
 * steps. Two ways to the same configuration are followed once (after J. M. Wing and C. Gong,
 * "Testing and Verifying Concurrent Objects", JPDC 17, 1993, and G. Lowe, "Testing for
 * Linearizability", CCPE 29(4), 2017).
 */
public final class StepVerifier extends CachedVerifier {
    private final StepSpecification<?> specification;

    /**
     * Called by Lincheck.
     *
     * @param specification a {@link StepSpecification} with a constructor without parameters
     * @throws ReflectiveOperationException if it has none
     */
    public StepVerifier(Class<?> specification) throws ReflectiveOperationException {
        this((StepSpecification<?>) specification.getDeclaredConstructor().newInstance());
    }

    StepVerifier(StepSpecification<?> specification) {
        this.specification = specification;
    }

    @Override
    public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
        List<List<TimedCall>> threads = new ArrayList<>();
        for (int thread = 0; thread < scenario.getThreads().size(); thread++) {
            threads.add(calls(
                    scenario.getThreads().get(thread),
                    results.getThreadsResultsWithClock().get(thread)));
        }
        return isExplained(threads);
    }

    private static List<TimedCall> calls(List<Actor> actors, List<ResultWithClock> results) {
        List<TimedCall> calls = new ArrayList<>();
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            ResultWithClock result = results.get(i);
            calls.add(new TimedCall(
                    call(actor, value(result.getResult())),
                    result.getClockOnStart().getClock()));
        }
        return calls;
    }

    private static Call call(Actor actor, Object result) {
        List<Object> arguments = actor.getArguments();
        return arguments.size() == 1 && arguments.get(0) instanceof AtRest call
                ? new Call(call.operation().getName(), call.arguments(), result)
                : new Call(actor.getMethod().getName(), arguments, result);
    }

    /**
     * A void or failed operation's result is the text of that fact, which no specification returns.
     */
    private static Object value(LincheckResult result) {
        return result instanceof ValueResult value ? value.getValue() : result.toString();
    }

    boolean isExplained(List<List<TimedCall>> threads) {
        return new Search<>(specification, threads).isExplained();
    }

    /**
     * A call and how many operations of each thread had returned when it was made.
     *
     * @param call the call
     * @param returned per thread
     */
    record TimedCall(Call call, int[] returned) {}

    private static final class Search<S> {
        private final StepSpecification<S> specification;
        private final List<List<TimedCall>> threads;
        private final Deque<Configuration<S>> open = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();

        Search(StepSpecification<S> specification, List<List<TimedCall>> threads) {
            this.specification = specification;
            this.threads = threads;
        }

        boolean isExplained() {
            List<Position<S>> nowhere = new ArrayList<>();
            threads.forEach(thread -> nowhere.add(null));
            reach(new Configuration<>(specification.initial(), new int[threads.size()], nowhere));
            while (!open.isEmpty()) {
                Configuration<S> configuration = open.pop();
                if (isFinal(configuration)) {
                    return true;
                }
                for (int thread = 0; thread < threads.size(); thread++) {
                    follow(configuration, thread);
                }
            }
            return false;
        }

        private void reach(Configuration<S> configuration) {
            if (seen.add(configuration.toString())) {
                open.push(configuration);
            }
        }

        private boolean isFinal(Configuration<S> configuration) {
            for (int thread = 0; thread < threads.size(); thread++) {
                if (configuration.returned[thread] < threads.get(thread).size()) {
                    return false;
                }
            }
            return true;
        }

        private void follow(Configuration<S> configuration, int thread) {
            Position<S> position = configuration.positions.get(thread);
            if (position == null) {
                int next = configuration.returned[thread];
                if (next == threads.get(thread).size()) {
                    return;
                }
                TimedCall timed = threads.get(thread).get(next);
                if (!mayStart(configuration, timed)) {
                    return;
                }
                position = specification.start(timed.call);
            }
            for (Step<S> step : position.steps(configuration.state)) {
                reach(configuration.after(thread, step));
            }
        }

        /** Real-time order: what had returned before the call comes before its first step. */
        private boolean mayStart(Configuration<S> configuration, TimedCall timed) {
            for (int thread = 0; thread < timed.returned.length; thread++) {
                if (configuration.returned[thread] < timed.returned[thread]) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Configuration<S>(S state, int[] returned, List<Position<S>> positions) {
        Configuration<S> after(int thread, Step<S> step) {
            int[] returnedAfter = returned.clone();
            List<Position<S>> positionsAfter = new ArrayList<>(positions);
            positionsAfter.set(thread, step.position());
            if (step.position() == null) {
                returnedAfter[thread]++;
            }
            return new Configuration<>(step.state(), returnedAfter, positionsAfter);
        }

        @Override
        public String toString() {
            return Arrays.toString(returned) + positions + state;
        }
    }
}
