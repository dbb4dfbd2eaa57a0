package dev.rollcall.stress.run;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;

/** The verdict for people: one line per stress file, then what failed. */
final class Summary {
    private Summary() {}

    static void print(Verdict verdict, PrintStream out) {
        Map<String, List<Verdict.Entry>> files = verdict.entries().stream()
                .collect(Collectors.groupingBy(entry -> file(entry.test()), LinkedHashMap::new, Collectors.toList()));
        out.printf("%n%-36s %9s %9s  %s%n", "race", "variants", "samples", "controls: caught how often");
        new TreeMap<>(files).forEach((file, entries) -> out.println(line(file, entries)));
        List<Verdict.Entry> failed = verdict.entries().stream()
                .filter(entry -> !entry.isPassed())
                .sorted(Comparator.comparing(entry -> entry.test().name()))
                .toList();
        failed.forEach(entry -> {
            out.printf("%nFAILED %s%n", entry.test().shortName());
            entry.failures().forEach(failure -> out.println("  " + failure));
        });
        if (verdict.entries().isEmpty()) {
            out.printf("%nFAILED no test matched%n");
        }
        long controls = verdict.entries().stream()
                .filter(entry -> entry.test().kind() == Kind.CONTROL)
                .count();
        out.printf(
                "%njcstress: %d passed, %d failed (%d controls among them)%n",
                verdict.passed(), verdict.failed(), controls);
    }

    private static String line(String file, List<Verdict.Entry> entries) {
        long sound = entries.stream()
                .filter(entry -> entry.test().kind() != Kind.CONTROL)
                .count();
        long samples = entries.stream()
                .filter(entry -> entry.test().kind() != Kind.CONTROL)
                .mapToLong(entry -> entry.observed().samples())
                .sum();
        String controls = entries.stream()
                .filter(entry -> entry.test().kind() == Kind.CONTROL)
                .map(entry -> entry.test().variant().replace("Control_", "")
                        + ' '
                        + rough(entry.observed().samples(Expect.ACCEPTABLE_INTERESTING)))
                .collect(Collectors.joining(", "));
        boolean passed = entries.stream().allMatch(Verdict.Entry::isPassed);
        return String.format("%-36s %6d %s %9s  %s", file, sound, passed ? "ok" : "RED", rough(samples), controls);
    }

    private static String file(StressTest test) {
        String packageName = test.file().getPackageName();
        return packageName.substring(packageName.lastIndexOf('.') + 1)
                + '/'
                + test.file().getSimpleName();
    }

    /** Three digits are enough for a person. */
    static String rough(long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        return count < 10_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
    }
}
