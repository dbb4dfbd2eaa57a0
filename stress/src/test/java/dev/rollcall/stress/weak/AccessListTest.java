package dev.rollcall.stress.weak;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.weak.Accesses.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The models are of the code that there is: each access of the library that orders memory stands in
 * {@code src/spec/litmus/accesses.txt}, with its mode and with the litmus tests that it is in.
 */
class AccessListTest {
    private static final Path LIST = LitmusTest.DIRECTORY.resolve("accesses.txt");
    /** In place of models, before the reason why no order of the access is relied on. */
    private static final String NOTHING = "nothing: ";

    private static final String HOW = " (" + LIST + ": its first lines say what an entry must have)";

    private static Accesses code;

    /** What the list says of each access. */
    private static Map<Access, List<String>> listed;

    private static Map<String, Litmus> tests;

    @BeforeAll
    static void read() throws IOException {
        code = Accesses.read(Path.of("..", "core", "target", "classes"));
        listed = parse(Files.readAllLines(LIST));
        tests = Litmus.readAll(LitmusTest.DIRECTORY).stream()
                .filter(litmus -> !litmus.isCalibration())
                .collect(toMap(Litmus::name, litmus -> litmus));
    }

    private static Map<Access, List<String>> parse(List<String> lines) {
        Map<Access, List<String>> entries = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split(" *\\| *", -1);
                assertThat(cells).as("an entry has four parts: " + line).hasSize(4);
                Access access = new Access(cells[0], cells[1], cells[2]);
                List<String> models =
                        cells[3].startsWith(NOTHING) ? List.of(cells[3]) : List.of(cells[3].split(", ", -1));
                assertThat(entries.put(access, models))
                        .as("listed twice: " + line)
                        .isNull();
            }
        }
        return entries;
    }

    @Test
    void everyAccessOfTheLibrary_isListedWithItsMode() {
        assertThat(code.found()).hasSizeGreaterThan(50);
        assertThat(lines(missing(code.found(), listed.keySet())))
                .as("accesses that are new or have another mode: model them in a litmus test, then list them" + HOW)
                .isEmpty();
        assertThat(lines(missing(listed.keySet(), code.found())))
                .as("listed, but no longer in the code: remove them, and from the litmus tests as well" + HOW)
                .isEmpty();
    }

    /** A fence on the other side of its store, a flag set after the wake-up: the litmus tests are of the former order. */
    @Test
    void accessesOfAMethod_areListedInTheirOrder() {
        Map<String, List<String>> orders = orders(listed.keySet());
        assertThat(orders(code.found()))
                .as("accesses whose order has changed: do the litmus tests of both still fit? Then list them so" + HOW)
                .allSatisfy((place, order) -> assertThat(order).isEqualTo(orders.get(place)));
    }

    private static Map<String, List<String>> orders(Set<Access> accesses) {
        return accesses.stream().collect(groupingBy(Access::place, TreeMap::new, mapping(Access::line, toList())));
    }

    private static Set<Access> missing(Set<Access> all, Set<Access> from) {
        Set<Access> missing = new TreeSet<>(all);
        missing.removeAll(from);
        return missing;
    }

    private static List<String> lines(Set<Access> accesses) {
        return accesses.stream().map(Access::line).toList();
    }

    @Test
    void everyEntry_namesModelsThatHaveTheAccessInThatMode() {
        List<String> wrong = new ArrayList<>();
        listed.forEach((access, models) -> models.forEach(model -> {
            String reason = reasonAgainst(access, model);
            if (!reason.isEmpty()) {
                wrong.add(access.line() + ": " + reason);
            }
        }));
        assertThat(wrong).as("entries whose models do not fit" + HOW).isEmpty();
    }

    /** Why a model does not cover an access, or nothing. */
    private static String reasonAgainst(Access access, String model) {
        if (model.startsWith(NOTHING)) {
            return "";
        }
        if (model.startsWith("tla ")) {
            Path file = LitmusTest.DIRECTORY.resolveSibling("models").resolve(model.substring(4) + ".cfg");
            return Files.exists(file) ? "" : "there is no " + file;
        }
        String[] parts = model.split(":", -1);
        Litmus litmus = tests.get(parts[0]);
        if (parts.length != 2 || litmus == null) {
            return "there is no litmus test " + model;
        }
        try {
            for (Instruction instruction : litmus.labelled(parts[1])) {
                if (!isAsWeak(instruction.access(), access.access())) {
                    return model + " is a " + instruction.access();
                }
            }
            return "";
        } catch (IllegalArgumentException e) {
            return litmus.name() + " has " + e.getMessage();
        }
    }

    /** A model that does with less also holds of more. */
    private static boolean isAsWeak(String modelled, String coded) {
        String[] model = modelled.split(" ", -1);
        String[] code = coded.split(" ", -1);
        return modelled.equals(coded)
                || (model[0].equals(code[0]) && !model[0].equals("fence") && strength(model[1]) < strength(code[1]));
    }

    private static int strength(String mode) {
        return switch (mode) {
            case "plain" -> 0;
            case "opaque" -> 1;
            case "acquire", "release" -> 2;
            case "volatile" -> 3;
            default -> throw new IllegalArgumentException(mode);
        };
    }

    @Test
    void everyLitmusTest_isOfMethodsThatExist_andOfAnAccess() {
        Set<String> used = new TreeSet<>();
        listed.values().forEach(models -> models.forEach(model -> used.add(model.split(":", -1)[0])));
        assertThat(tests.keySet()).as("tests that no access is covered by").isSubsetOf(used);
        List<String> stale = new ArrayList<>();
        tests.values().forEach(litmus -> {
            for (String method : litmus.source().split(", ", -1)) {
                if (!code.methods().contains(method)) {
                    stale.add(litmus.name() + ": " + method);
                }
            }
        });
        assertThat(stale)
                .as("methods that litmus tests name, and that are no more")
                .isEmpty();
    }
}
