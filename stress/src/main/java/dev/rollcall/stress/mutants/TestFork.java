package dev.rollcall.stress.mutants;

import com.google.gson.Gson;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The JVM in which one test method runs, with the classes of a mutant in front of core's. */
public final class TestFork {
    /**
     * What came of it.
     *
     * @param tests how many tests ran
     * @param failures those that failed
     * @param misplaced a class that should have been the mutant's and was not, or null
     */
    record Report(long tests, List<Failure> failures, String misplaced) {
        /**
         * A test that failed.
         *
         * @param isMutants false if it could not do its work, so that the defect need not be the reason
         */
        record Failure(boolean isMutants, String text) {}

        Finding finding(double seconds) {
            if (misplaced != null) {
                return Finding.broken("ran with the sound class " + misplaced, seconds);
            }
            if (tests == 0) {
                return Finding.broken("found no test", seconds);
            }
            if (failures.isEmpty()) {
                return Finding.nothing(tests, seconds);
            }
            Failure failure = failures.get(0);
            return failure.isMutants
                    ? new Finding(true, failure.text, 1, 1, seconds)
                    : Finding.broken("broke down: " + failure.text, seconds);
        }
    }

    private TestFork() {}

    /**
     * Runs a test.
     *
     * @param args where the report goes, the class, the method; then the place that the classes must
     *     come from which are named after it
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Report report = run(args[1], args[2], Arrays.asList(args).subList(3, args.length));
        Files.writeString(Path.of(args[0]), new Gson().toJson(report));
        // Threads that a defect has left waiting must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static Report run(String testClass, String name, List<String> mutated) throws ReflectiveOperationException {
        List<Method> methods = Arrays.stream(Class.forName(testClass).getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        if (methods.isEmpty()) {
            return new Report(0, List.of(), null);
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(methods.stream()
                        .map(method -> DiscoverySelectors.selectMethod(method.getDeclaringClass(), method))
                        .toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        List<Report.Failure> failures = summary.getFailures().stream()
                .map(failure -> failure(failure.getException()))
                .toList();
        summary.getFailures().forEach(failure -> failure.getException().printStackTrace());
        return new Report(summary.getTestsFoundCount(), failures, misplaced(mutated));
    }

    /** A class that does not fit the others, or a breakdown of the model checker, is no finding. */
    private static Report.Failure failure(Throwable thrown) {
        boolean isBroken = thrown instanceof LinkageError
                || thrown instanceof ReflectiveOperationException
                || thrown.getClass().getName().contains("InternalBug");
        String message = String.valueOf(thrown.getMessage());
        String text = thrown.getClass().getSimpleName() + ": "
                + message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .limit(2)
                        .reduce((first, second) -> first + ' ' + second)
                        .orElse("");
        return new Report.Failure(!isBroken, text);
    }

    private static String misplaced(List<String> mutated) throws ClassNotFoundException {
        if (mutated.isEmpty()) {
            return null;
        }
        URI place = URI.create(mutated.get(0));
        for (String name : mutated.subList(1, mutated.size())) {
            Class<?> type = Class.forName(name, false, TestFork.class.getClassLoader());
            String origin =
                    type.getProtectionDomain().getCodeSource().getLocation().toString();
            if (!URI.create(origin).getPath().equals(place.getPath())) {
                return name;
            }
        }
        return null;
    }
}
