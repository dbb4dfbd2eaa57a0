package dev.rollcall.stress.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program that shows a broken promise runs alone and shows it. */
class ProgramsTest {
    static List<Class<?>> programs() {
        return Stream.of(Shipped.values())
                .<Class<?>>flatMap(subject -> subject.programs().values().stream())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_runsAloneAndShowsIt(Class<?> program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("broken in [1-9]\\d* of \\d+ rounds");
    }
}
