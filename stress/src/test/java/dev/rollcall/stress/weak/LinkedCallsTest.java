package dev.rollcall.stress.weak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.SessionManager;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The virtual machine links a call of a VarHandle when it is first executed, which takes memory; in a
 * critical section that may be after a change (D-18). So building a manager executes all that there are.
 */
class LinkedCallsTest {
    private static final Path CORE = Path.of("..", "core", "target", "classes");

    /** Marks a transport as gone, before anything has changed. */
    private static final String MARKS_GONE = "compareAndSet(Ldev/rollcall/Transport;ZZ)Z";

    /** What the other virtual machine runs. */
    static final class Built {
        private Built() {}

        public static void main(String[] arguments) {
            SessionManager.builder().callerSweeps().build().close();
        }
    }

    @Test
    void build_executesEveryCallOfAVarHandleOnce() throws Exception {
        Set<String> calls = Accesses.read(CORE).handleCalls();
        assertThat(calls).hasSizeGreaterThan(30).contains(MARKS_GONE);
        calls.removeAll(linkedByABuild());
        assertThat(calls)
                .as("calls that dev.rollcall.Rehearsal does not execute")
                .containsExactly(MARKS_GONE);
    }

    private static Set<String> linkedByABuild() throws Exception {
        Path tests = Path.of(
                Built.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:methodhandles=info",
                        "-cp",
                        CORE + File.pathSeparator + tests,
                        Built.class.getName())
                .redirectErrorStream(true)
                .start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(log).isZero();
        return Pattern.compile("_invokeGeneric java\\.lang\\.invoke\\.VarHandle\\.(\\S+)")
                .matcher(log)
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }
}
