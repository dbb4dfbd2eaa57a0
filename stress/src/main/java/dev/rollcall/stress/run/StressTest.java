package dev.rollcall.stress.run;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
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
 * @param required the ids of the outcomes that must be seen: the acceptable ones of a sound test that are not {@link
 *     Rare}
 */
public record StressTest(
        String name,
        Class<?> file,
        Kind kind,
        List<Operation> race,
        List<Guarantee> proves,
        Reproduces control,
        List<String> required) {

    static final String ROOT = "dev.rollcall.stress.";

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
        return new StressTest(
                info.name(),
                file,
                kind,
                race,
                List.of(scenario.proves()),
                control,
                kind == Kind.CONTROL ? List.of() : required(info, variant));
    }

    private static List<String> required(TestInfo info, Class<?> variant) {
        List<String> rare = rare(variant);
        return acceptable(info).filter(id -> !rare.contains(id)).toList();
    }

    private static Stream<String> acceptable(TestInfo info) {
        return info.cases().stream()
                .filter(outcome -> outcome.expect() == Expect.ACCEPTABLE)
                .map(StateCase::matchPattern);
    }

    private static List<String> rare(Class<?> variant) {
        Rare rare = variant.getAnnotation(Rare.class);
        return rare == null ? List.of() : List.of(rare.value());
    }

    /** Whether it can run in a mode: jcstress by itself leaves out what has more actors than there are processors. */
    boolean runsIn(JvmMode mode) {
        return mode != JvmMode.OWN_FORKS
                || TestList.getInfo(name).threads() <= Runtime.getRuntime().availableProcessors();
    }

    /** The class that is the test. */
    Class<?> variantClass() {
        return load(TestList.getInfo(name).binaryName());
    }

    /** The outcomes that are acceptable but need not be seen. */
    List<String> rare() {
        return rare(variantClass());
    }

    private static Class<?> load(String binaryName) {
        try {
            return Class.forName(binaryName, false, StressTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("listed but not there: " + binaryName, e);
        }
    }
}
