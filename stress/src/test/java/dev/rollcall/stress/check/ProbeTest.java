package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.stress.StressMain;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An adapter that does not do its work is told so, by class and method. */
class ProbeTest {
    private static final String PACKAGE = "dev.rollcall.stress.check.BadAdapters$";

    private static void ask(String className) throws InterruptedException {
        Probe.ask(SubjectClass.named(className));
    }

    @Test
    void sound_passes() {
        assertThatCode(() -> ask(PACKAGE + "Sound")).doesNotThrowAnyException();
    }

    /** A session that is gone because the machine stood still for its timeout is no failure of the adapter. */
    @Test
    void sessionsThatTimedOutMeanwhile_areTriedAgain() {
        assertThatCode(() -> ask(PACKAGE + "TooSoon")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Throws | Throws.find threw java.lang.IllegalStateException: out of order at ",
                "ThrowsChecked | ThrowsChecked.find threw java.io.IOException: connection reset at ",
                "BrokenView | BrokenView.list threw java.util.ConcurrentModificationException",
                "AlwaysTooSoon | AlwaysTooSoon.find does not find a session that create has returned",
                "Hangs | Hangs.sweep did not return within 5 seconds",
                "NullId | NullId.create returned null",
                "NullAnswer | NullAnswer.keepAlive returned null",
                "NegativeSweep | NegativeSweep.sweep returned -7",
                "FindsNothing | FindsNothing.find does not find a session that create has returned",
                "NeverEnds | NeverEnds.sweep left a session that makeDue had made due",
                "NoPublicConstructor | NoPublicConstructor is not public, or has no public constructor without arguments",
                "Abstract | Abstract is abstract",
                "ThrowsInConstructor | ThrowsInConstructor.<init> threw java.lang.IllegalStateException: no database",
                "NoAdapter | NoAdapter does not implement dev.rollcall.stress.check.SessionSubject",
                "Nobody | there is no class dev.rollcall.stress.check.BadAdapters$Nobody on the class path; call java -cp",
            })
    void badAdapter_isNamedWithItsMethod(String adapter, String message) {
        assertThatThrownBy(() -> ask(PACKAGE + adapter))
                .isInstanceOf(AdapterFailure.class)
                .hasMessageContaining(message);
    }

    /** Or the command would be said to have succeeded. */
    @Test
    void adapterThatEndsTheVirtualMachine_failsTheCommand(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StressMain.class.getName(),
                        "check",
                        "--subject",
                        PACKAGE + "Exits",
                        "--out",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(command.waitFor()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("BadAdapters$Exits ended the virtual machine");
    }

    /** Compiled against an interface of the same name that has one method less. */
    @Test
    void adapterOfAnotherVersion_isNamedWithItsMethod(@TempDir Path folder) throws IOException {
        Path stub = folder.resolve("stub/dev/rollcall/stress/check/SessionSubject.java");
        Files.createDirectories(stub.getParent());
        Files.writeString(
                stub,
                "package dev.rollcall.stress.check; public interface SessionSubject extends AutoCloseable"
                        + " { enum Answer { YES, NO, UNTOLD } String create(); long count(); void close(); }");
        Path adapter = folder.resolve("Old.java");
        Files.writeString(
                adapter,
                "public final class Old implements dev.rollcall.stress.check.SessionSubject {"
                        + " public String create() { return \"1\"; } public long count() { return 0; }"
                        + " public void close() {} }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), stub.toString(), adapter.toString());
        assertThat(status).isZero();
        Path both = Files.createDirectories(folder.resolve("alone"));
        Files.copy(classes.resolve("Old.class"), both.resolve("Old.class"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {both.toUri().toURL()}, getClass().getClassLoader())) {
            Class<? extends SessionSubject> old = loader.loadClass("Old").asSubclass(SessionSubject.class);

            assertThatThrownBy(() -> Probe.ask(new SubjectClass(old)))
                    .isInstanceOf(AdapterFailure.class)
                    .hasMessageContaining("Old.find cannot be called; was it compiled against another version of"
                            + " dev.rollcall.stress.check.SessionSubject? java.lang.AbstractMethodError");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
