package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A virtual machine whose providers have no AES in counter mode, as a restricted one may not. */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class WithoutAesTest {
    @Test
    void build_ownIdSource_needsNoCipher() throws Exception {
        assertThat(ChildJvm.run(OwnIds.class)).isEqualToIgnoringNewLines("found 7");
    }

    /** Every time, not only the first. */
    @Test
    void build_noIdSource_saysWhatToDo() throws Exception {
        String remedy = "IllegalStateException: no AES in counter mode; give the builder an id source";
        assertThat(ChildJvm.run(DefaultIds.class).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith(remedy));
    }

    /** Builds a manager with ids of its own. */
    static final class OwnIds {
        public static void main(String[] arguments) {
            Security.removeProvider("SunJCE");
            try (SessionManager<String> manager =
                    SessionManager.<String>builder().idSource(() -> 7).build()) {
                manager.create(manager.openTransport("ws"));
                out().println("found " + manager.find(7).id());
            }
        }
    }

    /** Tries twice to build a manager with default ids. */
    static final class DefaultIds {
        public static void main(String[] arguments) {
            Security.removeProvider("SunJCE");
            for (int i = 0; i < 2; i++) {
                try {
                    SessionManager.builder().tick(Duration.ofSeconds(1)).build();
                    out().println("built");
                } catch (Throwable thrown) {
                    out().println(thrown);
                }
            }
        }
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }
}
