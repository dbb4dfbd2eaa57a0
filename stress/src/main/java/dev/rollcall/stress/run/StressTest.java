package dev.rollcall.stress.run;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * One test as the annotation processor listed it, with what its file says about it.
 *
 * @param name jcstress' name, package and all
 * @param file the class that holds it, the stress file
 * @param kind what it is for
 * @param race the operations that take part in its file
 * @param proves the guarantees that its file names
 * @param control what it reproduces, or null if it is no control
 */
public record StressTest(
        String name, Class<?> file, Kind kind, List<Operation> race, List<Guarantee> proves, Reproduces control) {

    private static final String ROOT = "dev.rollcall.stress.";

    /** The races of the command {@code check}, which are judged for a subject, without controls of their own. */
    private static final String SUBJECTS = ROOT + "check.";

    /** Without the root package, for people. */
    public String shortName() {
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    /** The variant: the nested class's name. */
    public String variant() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** All tests on the class path but those of {@code check}, by name. */
    public static List<StressTest> all() {
        List<StressTest> tests = new ArrayList<>();
        for (String name : TestList.tests()) {
            if (!name.startsWith(SUBJECTS)) {
                tests.add(of(TestList.getInfo(name)));
            }
        }
        tests.sort(Comparator.comparing(StressTest::name));
        return tests;
    }

    /**
     * The tests in whose names a pattern is found, by name. Where what it finds is the whole name of one stress file
     * and but a part of another's, the first is meant: DestroyVsTimeout is not DestroyVsTimeoutAtLimit.
     */
    public static List<StressTest> matching(Pattern pattern) {
        List<StressTest> all = all();
        Set<String> files =
                all.stream().map(test -> test.file().getSimpleName()).collect(Collectors.toSet());
        return all.stream().filter(test -> test.isMeant(pattern, files)).toList();
    }

    private boolean isMeant(Pattern pattern, Set<String> files) {
        return pattern.matcher(name)
                .results()
                .map(found -> found.group().substring(found.group().lastIndexOf('.') + 1))
                .anyMatch(found -> found.equals(file.getSimpleName()) || !files.contains(found));
    }

    private static StressTest of(TestInfo info) {
        Class<?> variant = load(info.binaryName());
        Class<?> file = variant.getEnclosingClass();
        Scenario scenario = file == null ? null : file.getAnnotation(Scenario.class);
        if (scenario == null) {
            throw new IllegalStateException(info.name() + " is not nested in a class with @Scenario");
        }
        Reproduces control = variant.getAnnotation(Reproduces.class);
        Kind kind = control != null
                ? Kind.CONTROL
                : file.getPackageName().equals(ROOT + "count") ? Kind.ANOMALY : Kind.SCENARIO;
        List<Operation> race = Stream.of(scenario.race(), scenario.against())
                .flatMap(Stream::of)
                .distinct()
                .toList();
        return new StressTest(info.name(), file, kind, race, List.of(scenario.proves()), control);
    }

    private static Class<?> load(String binaryName) {
        try {
            return Class.forName(binaryName, false, StressTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("listed but not there: " + binaryName, e);
        }
    }
}
