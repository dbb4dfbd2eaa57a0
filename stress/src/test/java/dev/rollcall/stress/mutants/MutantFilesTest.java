package dev.rollcall.stress.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.run.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mutants of this module are, before any of them runs. */
class MutantFilesTest {
    private static final Path CORE = Path.of("../core");

    private static List<Mutant> mutants;

    @BeforeAll
    static void read() throws IOException {
        mutants = Mutant.readAll(Path.of("src/mutants"));
    }

    @ParameterizedTest
    @EnumSource
    void mutants_everyGuarantee_hasOneInEveryBuild(Guarantee guarantee) {
        assertThat(mutants)
                .filteredOn(mutant -> mutant.breaks().contains(guarantee))
                .anyMatch(mutant -> !mutant.catchers(true).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S1", "S2", "S3", "S4", "S5", "S6", "T", "W", "L1", "L2", "M1", "M2", "M3", "D-"})
    void mutants_everyInvariant_isViolatedBySome(String invariant) {
        assertThat(mutants)
                .anyMatch(mutant -> mutant.invariants().stream().anyMatch(each -> each.startsWith(invariant)));
    }

    @Test
    void mutants_all_applyToTheSources() throws IOException {
        for (Mutant mutant : mutants) {
            for (String file : mutant.files()) {
                String source = Files.readString(CORE.resolve("src/main/java").resolve(file));
                assertThat(mutant.applied(file, source)).as(mutant.name()).isNotEqualTo(source);
            }
        }
    }

    @Test
    void mutants_all_nameChecksThatThereAre() throws IOException {
        Catchers catchers = new Catchers(CORE, Path.of("."), Profile.SHORT, "small");
        for (Mutant mutant : mutants) {
            for (String name : mutant.catchers(false)) {
                assertThat(catchers.of(name).name()).as(mutant.name()).isEqualTo(name);
            }
        }
    }
}
