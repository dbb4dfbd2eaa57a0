package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

class HostProcessTest {
    @TempDir
    private Path folder;

    /** A host that hangs. */
    static final class HangingHost {
        private HangingHost() {}

        public static void main(String[] args) throws InterruptedException {
            System.err.println("hangs");
            new CountDownLatch(1).await();
        }
    }

    /** A host that breaks down. */
    static final class FailingHost {
        private FailingHost() {}

        public static void main(String[] args) {
            System.err.println("out of order");
        }
    }

    /** A host that is in order. */
    static final class GoodHost {
        private GoodHost() {}

        public static void main(String[] args) throws IOException {
            DataOutputStream results = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
            new TestResult(Status.NORMAL).write(results);
            results.flush();
        }
    }

    /** By itself the JVM warns on standard output. */
    @Test
    void result_ofHostWhoseJvmWarns_isItsResult() throws IOException {
        Path errors = folder.resolve("host.log");
        TestResult result;
        try (HostProcess host = host(List.of("-XX:MaxNewSize=1g"), GoodHost.class, errors)) {
            result = host.result(new Patience(System.nanoTime(), Duration.ZERO, Duration.ZERO));
        }
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.status()).isEqualTo(Status.NORMAL);
        assertThat(errors).content().contains("[warning]", "MaxNewSize");
    }

    /** As JDK_JAVA_OPTIONS may say it too, which come first. */
    @Test
    void result_ofHostToldToLog_isItsResult() throws IOException {
        try (HostProcess host = host(List.of("-Xlog:gc*"), GoodHost.class, folder.resolve("host.log"))) {
            TestResult result = host.result(new Patience(System.nanoTime(), Duration.ZERO, Duration.ZERO));

            assertThat(result.getMessages()).isEmpty();
            assertThat(result.status()).isEqualTo(Status.NORMAL);
        }
    }

    @Test
    void result_ofHostThatHangs_isAnErrorWithItsStacks() throws IOException {
        Path errors = folder.resolve("host.log");
        TestResult result;
        try (HostProcess host = host(HangingHost.class, errors)) {
            while (host.isAlive() && !Files.readString(errors).contains("hangs")) {
                Thread.onSpinWait();
            }
            // It has worked for so long that the first look is one too many.
            Duration before = Patience.WORK.negated();
            result = host.result(new Patience(System.nanoTime(), before, Duration.ZERO));

            assertThat(host.isAlive()).isFalse();
        }
        assertThat(result.status()).isEqualTo(Status.VM_ERROR);
        assertThat(String.join("\n", result.getMessages()))
                .startsWith("test host failed: ")
                .contains("HangingHost.main")
                .contains(errors.toString());
        assertThat(errors).content().contains("\"main\"", "HangingHost.main");
    }

    @Test
    void result_ofHostThatDies_isAnErrorWithItsLastWords() throws IOException {
        try (HostProcess host = host(FailingHost.class, folder.resolve("host.log"))) {
            TestResult result = host.result(new Patience(System.nanoTime(), Duration.ZERO, Duration.ZERO));

            assertThat(result.status()).isEqualTo(Status.VM_ERROR);
            assertThat(String.join("\n", result.getMessages())).contains("out of order");
        }
    }

    /** What it has written before its end is still to be read then. */
    @Test
    void cpu_ofHostThatHasEnded_isWhatWasKnownLast() throws IOException {
        try (HostProcess host = host(GoodHost.class, folder.resolve("host.log"))) {
            Duration known = host.cpu();
            while (host.isAlive()) {
                Thread.onSpinWait();
            }

            assertThat(host.cpu()).isEqualTo(known);
        }
    }

    @Test
    void ofThisProject_leavesOutAllOtherThreads() {
        String dump = """
                2026-01-01 00:00:00
                Full thread dump

                "actor1" #20 daemon
                   java.lang.Thread.State: RUNNABLE
                \tat dev.rollcall.Shard.create(Shard.java:1)

                "GC Thread#0" os_prio=0
                """;

        assertThat(StackDump.ofThisProject(dump)).hasSize(3).first().asString().startsWith("\"actor1\"");
    }

    private HostProcess host(Class<?> main, Path errors) throws IOException {
        return host(JvmMode.TIERED.arguments(), main, errors);
    }

    private HostProcess host(List<String> arguments, Class<?> main, Path errors) throws IOException {
        Path directives =
                Files.writeString(folder.resolve("directives.txt"), "[{match: \"nothing.of\", c2: {Log: false}}]");
        return new HostProcess(arguments, directives, errors, System.getProperty("java.class.path"), main);
    }
}
