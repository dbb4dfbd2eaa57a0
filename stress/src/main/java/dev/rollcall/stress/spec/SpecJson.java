package dev.rollcall.stress.spec;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result for machines: {@code passed} and {@code failed} first, then one entry per model. */
final class SpecJson {
    private SpecJson() {}

    static String of(List<Checked> all, boolean isLarge, double seconds) {
        long passed = all.stream().filter(Checked::passed).count();
        return String.format(
                Locale.ROOT,
                """
                {
                  "passed": %d,
                  "failed": %d,
                  "profile": "%s",
                  "seconds": %.1f,
                  "jdk": %s,
                  "models": [
                %s
                  ]
                }
                """,
                passed,
                all.size() - passed,
                isLarge ? "large" : "small",
                seconds,
                quoted(System.getProperty("java.vm.name") + ' ' + Runtime.version()),
                all.stream().map(SpecJson::entry).collect(Collectors.joining(",\n")));
    }

    private static String entry(Checked checked) {
        Model model = checked.model();
        Outcome outcome = checked.outcome();
        boolean isViolated = model.invariants().contains(outcome.found())
                || model.properties().contains(outcome.found());
        return String.format(
                        Locale.ROOT,
                        """
                    {
                      "name": %s,
                      "module": %s,
                      "kind": "%s",
                      "story": %s,
                      "verdict": "%s",
                      "expected": %s,
                      "found": %s,
                      "violated": %s,
                      "counterexample": %d,
                      "states": %d,
                      "seconds": %.1f
                    }""",
                        quoted(model.name()),
                        quoted(model.module()),
                        model.isSound() ? "sound" : "variant",
                        quoted(model.story()),
                        checked.passed() ? "passed" : "failed",
                        quoted(model.expected()),
                        quoted(outcome.found()),
                        isViolated ? quoted(outcome.found()) : "null",
                        outcome.steps(),
                        outcome.states(),
                        checked.seconds())
                .indent(4)
                .stripTrailing();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                json.append('\\');
            }
            json.append(character < ' ' ? ' ' : character);
        }
        return json.append('"').toString();
    }
}
