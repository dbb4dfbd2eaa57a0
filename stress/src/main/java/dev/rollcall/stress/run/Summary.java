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
        out.printf(
                "%n%-36s %9s %9s %9s %9s  %s%n",
                "race", "variants", "samples", "orders", "notices", "controls: caught once in how many samples");
        new TreeMap<>(files).forEach((file, entries) -> out.println(line(file, entries)));
        List<Verdict.Entry> failed = verdict.entries().stream()
                .filter(entry -> !entry.isPassed())
                .sorted(Comparator.comparing(entry -> entry.test().name()))
                .toList();
        failed.forEach(entry -> {
            out.printf("%nFAILED %s%n", entry.test().shortName());
            entry.failures().forEach(failure -> out.println("  " + failure));
        });
        verdict.missing().forEach(name -> out.printf("%nFAILED %s%n  is pinned but not there%n", name));
        if (!failed.isEmpty()) {
            out.printf(
                    "%nAlone: java -jar stress/target/rollcall-stress.jar -t \"%s\"%n",
                    failed.stream().map(entry -> entry.test().shortName()).collect(Collectors.joining("|")));
        }
        if (verdict.entries().isEmpty()) {
            out.printf("%nFAILED no test matched%n");
        }
        long controls = verdict.entries().stream()
                .filter(entry -> entry.test().kind() == Kind.CONTROL)
                .count();
        out.printf(
                "%nOrders: seen / must be seen + need not be seen.%n"
                        + "Notices: with 95 %% probability what comes once in so many samples of each variant.%n"
                        + "jcstress: %d passed, %d failed (%d controls among them)%n",
                verdict.passed(), verdict.failed(), controls);
    }

    private static String line(String file, List<Verdict.Entry> entries) {
        List<Verdict.Entry> sound = entries.stream()
                .filter(entry -> entry.test().kind() != Kind.CONTROL)
                .toList();
        long samples = sound.stream()
                .mapToLong(entry -> entry.observed().inAll().samples())
                .sum();
        String controls = entries.stream()
                .filter(entry -> entry.test().kind() == Kind.CONTROL)
                .map(entry -> entry.test().variant().replace("Control_", "") + ' ' + rate(entry.observed()))
                .collect(Collectors.joining(", "));
        boolean passed = entries.stream().allMatch(Verdict.Entry::isPassed);
        return String.format(
                "%-36s %5d %s %9s %9s %9s  %s",
                file, sound.size(), passed ? " ok" : "RED", rough(samples), orders(sound), notices(sound), controls);
    }

    /** The least that all variants would notice. */
    private static String notices(List<Verdict.Entry> sound) {
        return sound.stream()
                .map(Verdict.Entry::noticesOnceIn)
                .min(Comparator.naturalOrder())
                .map(Summary::rough)
                .orElse("");
    }

    /** How many of the orders that must be seen were seen, and how many need not be. */
    private static String orders(List<Verdict.Entry> sound) {
        int required = 0;
        int seen = 0;
        int rare = 0;
        for (Verdict.Entry entry : sound) {
            Observed.Seen all = entry.observed().inAll();
            required += entry.test().required().size();
            rare += entry.test().rare().size();
            for (String order : entry.test().required()) {
                seen += all.count(order) >= Verdict.LEAST_SEEN ? 1 : 0;
            }
        }
        return seen + "/" + required + (rare == 0 ? "" : "+" + rare);
    }

    /** The best of the modes: a defect need not show in each. */
    private static String rate(Observed observed) {
        return observed.modes().values().stream()
                .filter(seen -> seen.samples(Expect.ACCEPTABLE_INTERESTING) > 0)
                .map(seen -> seen.samples() / seen.samples(Expect.ACCEPTABLE_INTERESTING))
                .min(Comparator.naturalOrder())
                .map(Summary::rough)
                .orElse("never");
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
