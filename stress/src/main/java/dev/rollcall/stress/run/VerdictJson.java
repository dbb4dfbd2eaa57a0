package dev.rollcall.stress.run;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;

/** The verdict for machines: {@code passed} and {@code failed} first, then one entry per test. */
final class VerdictJson {
    private VerdictJson() {}

    static String of(Verdict verdict, Profile profile, long seconds) {
        return object(
                        "",
                        number("passed", verdict.passed()),
                        number("failed", verdict.failed()),
                        text("profile", profile.name()),
                        number("seconds", seconds),
                        text("jdk", System.getProperty("java.vm.name") + ' ' + Runtime.version()),
                        text("os", System.getProperty("os.name") + ' ' + System.getProperty("os.arch")),
                        number("processors", Runtime.getRuntime().availableProcessors()),
                        key("missing") + array(verdict.missing(), VerdictJson::quoted),
                        key("jvmModes") + array(profile.modes(), mode -> quoted(mode.name())),
                        key("tests") + lines("  ", verdict.entries(), VerdictJson::entry))
                + "\n";
    }

    private static String entry(Verdict.Entry entry) {
        StressTest test = entry.test();
        Observed.Seen seen = entry.observed().inAll();
        String control = test.control() == null
                ? ""
                : ",\n      " + text("mechanism", test.control().mechanism().label()) + ",\n      "
                        + text("reproduces", test.control().source());
        return object(
                "    ",
                text("name", test.shortName()),
                text("file", test.file().getName()),
                text("kind", test.kind().name().toLowerCase(java.util.Locale.ROOT)),
                key("race") + array(test.race(), (Operation operation) -> quoted(operation.label())),
                key("guarantees") + array(test.proves(), (Guarantee guarantee) -> quoted(guarantee.name())) + control,
                text("verdict", entry.isPassed() ? "passed" : "failed"),
                key("failures") + array(entry.failures(), VerdictJson::quoted),
                number("samples", seen.samples()),
                number("noticesOnceIn", entry.noticesOnceIn()),
                number("interesting", seen.samples(Expect.ACCEPTABLE_INTERESTING)),
                key("outcomes") + lines("      ", seen.outcomes(), outcome -> outcome(entry, outcome)));
    }

    private static String outcome(Verdict.Entry entry, Observed.Outcome outcome) {
        return "{" + text("id", outcome.id())
                + ", " + text("grade", outcome.grade().name())
                + ", " + number("count", outcome.count())
                + ", " + key("required") + entry.test().required().contains(outcome.id())
                + ", " + key("modes") + modes(entry.observed(), outcome.id())
                + ", " + text("description", outcome.description()) + "}";
    }

    private static String modes(Observed observed, String id) {
        return observed.modes().entrySet().stream()
                .map(mode -> number(mode.getKey().name(), mode.getValue().count(id)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String object(String indent, String... members) {
        return "{\n" + indent + "  " + String.join(",\n" + indent + "  ", members) + "\n" + indent + "}";
    }

    private static <T> String lines(String indent, List<T> elements, Function<T, String> json) {
        return elements.stream()
                .map(element -> indent + "  " + json.apply(element))
                .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
    }

    private static <T> String array(List<T> elements, Function<T, String> json) {
        return elements.stream().map(json).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String name, String value) {
        return key(name) + quoted(value);
    }

    private static String number(String name, long value) {
        return key(name) + value;
    }

    private static String key(String name) {
        return quoted(name) + ": ";
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ') {
                json.append(String.format("\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
        return json.append('"').toString();
    }
}
