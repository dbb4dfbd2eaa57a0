package dev.rollcall.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JvmTest {
    @ParameterizedTest
    @EnumSource
    void arguments_ofAny_touchAHeapOfOneSize(Jvm jvm) {
        String first = size(jvm, "-Xms");

        assertThat(jvm.arguments()).contains("-XX:+AlwaysPreTouch");
        assertThat(jvm.arguments())
                .as("starts where there is no such option, too")
                .containsSubsequence("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseTransparentHugePages");
        assertThat(size(jvm, "-Xmx")).isEqualTo(first).isNotEmpty();
    }

    private static String size(Jvm jvm, String option) {
        return jvm.arguments().stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()))
                .findFirst()
                .orElse("");
    }
}
