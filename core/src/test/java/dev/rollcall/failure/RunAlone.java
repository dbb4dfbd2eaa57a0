package dev.rollcall.failure;

import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints, after a test has failed, the command that runs it alone. JUnit finds this class by its service
 * file; the other modules copy both. Safe for use by several threads.
 */
public final class RunAlone implements TestExecutionListener {
    private final String command;
    private final PrintStream out;

    /** So that a test with parameters is named once, however many of them fail. */
    private final Set<String> printed = ConcurrentHashMap.newKeySet();

    /**
     * For JUnit. The build says how each module's tests are run; it says nothing to an IDE, which has its own way,
     * and nothing to the JVMs that run mutants, whose tests ought to fail. There nothing is printed.
     */
    public RunAlone() {
        this(System.getProperty("rollcall.alone", ""), System.out);
    }

    /**
     * With another command.
     *
     * @param command all of it but the name of the test, which follows without a space; empty to print nothing
     */
    RunAlone(String command, PrintStream out) {
        this.command = command;
        this.out = out;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (command.isEmpty() || result.getStatus() != TestExecutionResult.Status.FAILED) {
            return;
        }
        test.getSource()
                .flatMap(RunAlone::name)
                .filter(printed::add)
                // A shell would read the $ of a nested class as a variable.
                .ifPresent(name -> out.println("Alone: " + command + "'" + name + "'"));
    }

    private static Optional<String> name(TestSource source) {
        if (source instanceof MethodSource method) {
            return Optional.of(method.getClassName() + "#" + method.getMethodName());
        }
        return source instanceof ClassSource type ? Optional.of(type.getClassName()) : Optional.empty();
    }
}
