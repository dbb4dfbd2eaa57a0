package dev.rollcall.stress;

import dev.rollcall.stress.run.Arguments;
import dev.rollcall.stress.run.StressRun;
import java.io.IOException;

/**
 * Runs the jcstress matrix and judges it.
 *
 * <pre>
 * java -jar stress/target/rollcall-stress.jar                      everything, short
 * java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeout  one race
 * java -jar stress/target/rollcall-stress.jar -t Control_          all controls
 * java -jar stress/target/rollcall-stress.jar --profile long       hours
 * </pre>
 *
 * The exit status is 0 if every test passed, 1 if the verdict is red, 2 if the call is wrong.
 */
public final class StressMain {
    private StressMain() {}

    /**
     * See above.
     *
     * @throws IOException if results cannot be written
     */
    public static void main(String[] args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Arguments.USAGE);
            System.exit(2);
            return;
        }
        System.exit(StressRun.run(arguments, System.out) ? 0 : 1);
    }
}
