package dev.rollcall.stress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the jcstress matrix, or a part of it, and judges it: the root of the command line, and its command "races". */
public abstract class Races implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "REGEX",
            description = {
                "Which tests: searched for in their names. The whole name of a stress file means that file alone.",
                "Default: all."
            })
    private Pattern tests = Pattern.compile("");

    @Option(
            names = {"-l", "--list"},
            description = "Lists the tests that -t chooses, and runs none.")
    private boolean isList;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "How many JVM modes, and how long: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Profile profile = Profile.SHORT;

    private int seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go: verdict.json, index.html, results.bin.gz. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("jcstress");

    /** Checks what it is given. */
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Time for racing, in seconds, for the whole run. 0: what the profile says.",
            defaultValue = "0")
    void setSeconds(int seconds) {
        if (seconds < 0) {
            throw wrong("--seconds must not be negative: " + seconds);
        }
        this.seconds = seconds;
    }

    @Override
    public final Integer call() throws IOException {
        List<StressTest> chosen = StressTest.matching(tests);
        if (chosen.isEmpty()) {
            throw wrong("no test matches -t " + tests + "; -l lists all tests");
        }
        if (isList) {
            chosen.forEach(test -> spec.commandLine().getOut().println(test.shortName()));
            return 0;
        }
        return StressRun.run(new Arguments(tests, profile, seconds, out), System.out) ? 0 : 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
