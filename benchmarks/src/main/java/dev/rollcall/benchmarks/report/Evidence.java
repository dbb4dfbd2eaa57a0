package dev.rollcall.benchmarks.report;

import java.time.Instant;
import java.util.List;

/**
 * One kind of evidence, as the report shows it.
 *
 * @param name the kind
 * @param about what it does
 * @param status what came of it
 * @param amount how much it did
 * @param controls the defects that it had to catch
 * @param caught how many it did, in words
 * @param seconds how long it took, NaN if nobody knows
 * @param finished when its results were written, null if it was not run
 */
record Evidence(
        String name,
        String about,
        Status status,
        String amount,
        List<Control> controls,
        String caught,
        double seconds,
        Instant finished) {
    /** What came of a kind of evidence. */
    enum Status {
        PASSED,
        FAILED,
        NOT_RUN
    }

    /**
     * A defect that had to be caught.
     *
     * @param name its name
     * @param isCaught whether it was
     * @param how by what or how often, or empty
     */
    record Control(String name, boolean isCaught, String how) {}

    static Evidence notRun(String name, String about) {
        return new Evidence(name, about, Status.NOT_RUN, "", List.of(), "", Double.NaN, null);
    }

    static String share(List<Control> controls) {
        return controls.stream().filter(Control::isCaught).count() + " of " + controls.size();
    }
}
