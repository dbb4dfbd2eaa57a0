package dev.rollcall.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each kind of test that can fail is named as the build wants it named. */
class RunAloneTest {
    /** Not run by the build, which takes no nested class for a test. */
    static class Failing {
        @Test
        void passes() {}

        @Test
        void fails() {
            throw new AssertionError();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void failsTwice(int number) {
            assertThat(number).isEqualTo(2);
        }

        @Nested
        class Inner {
            @Test
            void fails() {
                throw new AssertionError();
            }
        }
    }

    static class NeverStarted {
        @BeforeAll
        static void fail() {
            throw new AssertionError();
        }

        @Test
        void passes() {}
    }

    private static List<String> printed(String command, Class<?> tests) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Without those that register themselves: the build must not print the failures of this test.
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(tests))
                                .build(),
                        new RunAlone(command, new PrintStream(bytes, true, UTF_8)));
        return bytes.toString(UTF_8).lines().toList();
    }

    @Test
    void failedTests_areNamedOnceEach() {
        String name = "Alone: run '" + Failing.class.getName();
        assertThat(printed("run ", Failing.class))
                .containsExactlyInAnyOrder(name + "#fails'", name + "#failsTwice'", name + "$Inner#fails'");
    }

    @Test
    void failureBeforeTheFirstTest_namesTheClass() {
        assertThat(printed("run ", NeverStarted.class))
                .containsExactly("Alone: run '" + NeverStarted.class.getName() + "'");
    }

    @Test
    void withoutACommand_nothingIsPrinted() {
        assertThat(printed("", Failing.class)).isEmpty();
    }
}
