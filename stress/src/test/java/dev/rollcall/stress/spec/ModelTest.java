package dev.rollcall.stress.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Path SPEC = Path.of("src", "spec");
    private static final Path FILE = Path.of("models", "limit.cfg");

    private static List<String> lines(String expect, String profile, String... checks) {
        List<String> lines = new ArrayList<>(List.of(
                "\\* module:  Guarantees",
                "\\* profile: " + profile,
                "\\* expect:  " + expect,
                "\\* story:   two ids, room for one",
                "",
                "SPECIFICATION Spec",
                "CONSTANTS",
                "    Limit = 1"));
        lines.addAll(List.of(checks));
        return lines;
    }

    @Test
    void parse_soundModel() {
        Model model = Model.parse(
                FILE, lines("sound", "large", "INVARIANTS", "    TypeOK G9", "    G7", "PROPERTIES", "    G3"));
        assertThat(model.name()).isEqualTo("limit");
        assertThat(model.module()).isEqualTo("Guarantees");
        assertThat(model.story()).isEqualTo("two ids, room for one");
        assertThat(model.isSound()).isTrue();
        assertThat(model.isLarge()).isTrue();
        assertThat(model.invariants()).containsExactly("TypeOK", "G9", "G7");
        assertThat(model.properties()).containsExactly("G3");
    }

    @Test
    void parse_variant() {
        Model model = Model.parse(FILE, lines("G9", "small", "INVARIANTS", "    G9"));
        assertThat(model.isSound()).isFalse();
        assertThat(model.isLarge()).isFalse();
        assertThat(model.expected()).isEqualTo("G9");
    }

    @Test
    void parse_variantThatChecksMoreOrLessThanItsProperty_fails() {
        assertRefused(lines("G9", "small", "INVARIANTS", "    G9 G7"), "nothing else: G9");
        assertRefused(lines("G9", "small", "INVARIANTS", "    G7"), "nothing else: G9");
    }

    @Test
    void parse_incompleteModel_fails() {
        assertRefused(lines("sound", "small"), "limit: checks nothing");
        assertRefused(lines("sound", "medium", "INVARIANTS", "    G9"), "profile is neither small nor large: medium");
        assertRefused(lines("", "small", "INVARIANTS", "    G9"), "no line \"\\* expect:\"");
    }

    private static void assertRefused(List<String> lines, String message) {
        assertThatThrownBy(() -> Model.parse(FILE, lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void complete_withoutVariantsOrWithoutSoundModels_fails() {
        Model sound = Model.parse(FILE, lines("sound", "small", "INVARIANTS", "    G9"));
        Model variant = Model.parse(FILE, lines("G9", "small", "INVARIANTS", "    G9"));
        assertThat(SpecCheck.complete(List.of(sound, variant))).hasSize(2);
        assertThatThrownBy(() -> SpecCheck.complete(List.of(sound))).hasMessageContaining("no variant");
        assertThatThrownBy(() -> SpecCheck.complete(List.of(variant))).hasMessageContaining("no sound model");
        assertThatThrownBy(() -> SpecCheck.complete(List.of())).hasMessageContaining("among 0 models");
    }

    /** A defect without a model would be dead text, one that is not in the module would refute nothing. */
    @Test
    void models_useEveryDefectOfTheirModules() throws IOException {
        List<String> used = new ArrayList<>();
        for (Model model : Model.readAll(SPEC.resolve("models"))) {
            Matcher defect = Pattern.compile("Defect = \"(\\w+)\"").matcher(Files.readString(model.file()));
            assertThat(defect.find()).as(model.name()).isTrue();
            assertThat(defect.group(1).equals("none")).as(model.name()).isEqualTo(model.isSound());
            if (!model.isSound()) {
                used.add(defect.group(1));
            }
        }
        List<String> defects = defects(
                "RollcallState",
                "Rollcall",
                "Answers",
                "SplitTable",
                "CoarseClock",
                "LookThenLock",
                "Blocks",
                "Releasing",
                "WeakTable",
                "Fleet");
        assertThat(used).containsAll(defects);
        assertThat(defects).containsAll(used);
    }

    private static List<String> defects(String... modules) throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : modules) {
            String text = Files.readString(SPEC.resolve(module + ".tla"));
            Matcher use = Pattern.compile("Defect (?:=|#|\\\\notin) (\\{[^}]*}|\"\\w+\")")
                    .matcher(text);
            while (use.find()) {
                Pattern.compile("\\w+").matcher(use.group(1)).results().forEach(name -> names.add(name.group()));
            }
        }
        return names.stream().filter(name -> !name.equals("none")).distinct().toList();
    }

    @Test
    void models_proveEveryGuaranteeThatSomeVariantBreaks() throws IOException {
        List<Model> models = Model.readAll(SPEC.resolve("models"));
        List<String> held = new ArrayList<>();
        models.stream().filter(model -> model.isSound() && !model.isLarge()).forEach(model -> {
            held.addAll(model.invariants());
            held.addAll(model.properties());
        });
        assertThat(models)
                .filteredOn(model -> !model.isSound())
                .allSatisfy(model -> assertThat(held).contains(model.refutedBy()));
    }

    /** The page names every model, variable and guarantee, so that none is forgotten there. */
    @Test
    void readme_namesEveryModelAndVariable() throws IOException {
        String page = Files.readString(SPEC.resolve("README.md"));
        for (Model model : Model.readAll(SPEC.resolve("models"))) {
            assertThat(page).contains("`" + model.name() + "`");
        }
        for (String module :
                List.of("RollcallState", "SplitTable", "CoarseClock", "LookThenLock", "Blocks", "Releasing", "Fleet")) {
            String text = Files.readString(SPEC.resolve(module + ".tla"));
            String block = text.substring(text.indexOf("\nVARIABLES"), text.indexOf("==", text.indexOf("\nVARIABLES")));
            Pattern.compile("(?m)^    (\\w+),? +\\\\\\*")
                    .matcher(block)
                    .results()
                    .forEach(variable -> assertThat(page).as(module).contains("`" + variable.group(1) + "`"));
        }
    }
}
