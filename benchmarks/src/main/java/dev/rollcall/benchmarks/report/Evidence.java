package dev.rollcall.benchmarks.report;

import java.time.Instant;
import java.util.List;

/**
 * What came of one kind of evidence.
 *
 * @param kind which
 * @param status whether it passed
 * @param amount how much was done, in words
 * @param controls the defects that it had to catch
 * @param caught how many it did, in words
 * @param seconds how long it took, NaN if nobody knows
 * @param finished when its results were written, null if it was not run
 */
public record Evidence(
        Kind kind,
        Status status,
        String amount,
        List<Control> controls,
        String caught,
        double seconds,
        Instant finished) {
    /** The kinds, in the order in which they are shown. */
    public enum Kind {
        TESTS(
                "Unit and property tests",
                "Compare the library with a sequential model, on a clock that the test advances, and test the suite's own"
                        + " tools. Controls: mutants of the library (PIT), each of which some test must notice.",
                true),
        MODEL_CHECKING(
                "Model checking (Lincheck)",
                "Runs the library's own classes under interleavings that the checker chooses, and compares them with the same"
                        + " model. Controls: small defective implementations, each of which must be refuted.",
                true),
        SPECIFICATION(
                "Formal specification (TLA+, TLC)",
                "Explores the protocol step by step, in all states within bounds. Controls: broken variants, each of which"
                        + " must be refuted by the property that it breaks.",
                true),
        WEAK_MEMORY(
                "Weak memory (litmus tests, Alloy)",
                "Check every order of memory accesses on which the library relies, in Java's access modes and as HotSpot"
                        + " compiles them for AArch64. Controls: variants with one weaker access, whose wrong outcome the named"
                        + " models, and only those, must allow.",
                true),
        RACES(
                "Races on real threads (jcstress)",
                "Run every pair of operations that can meet, many times and in several modes of the virtual machine."
                        + " Controls: defective implementations, named after real bugs.",
                false),
        SOAK(
                "Soak",
                "Runs all operations at random on many threads. Meanwhile it audits the count, and at the end it checks the"
                        + " history of every session. Controls: wrappers that make a mistake once in twenty calls.",
                true),
        MUTANTS(
                "Mutants of the library",
                "Small patches put defects into the library's sources. The scenarios, model checks and tests that each patch"
                        + " names have to notice it.",
                true),
        STORM(
                "Real sockets",
                "Clients create, claim, break off and misbehave on a gateway that speaks Janus' API. The sessions that live"
                        + " afterwards are compared with those that clients hold. Controls: gateways with defects of real"
                        + " ones.",
                true),
        FLEET(
                "Several gateways",
                "Gateways of one cluster are killed, stopped and cut off during a storm. What each of them reports about the"
                        + " whole is compared with what all clients hold. Control: a counter that they share.",
                false);

        private final String title;
        private final String about;
        private final boolean isInEveryBuild;

        Kind(String title, String about, boolean isInEveryBuild) {
            this.title = title;
            this.about = about;
            this.isInEveryBuild = isInEveryBuild;
        }

        /** Its name, for people. */
        public String title() {
            return title;
        }

        /** What it does. */
        public String about() {
            return about;
        }

        /** Whether it belongs to every build. */
        boolean isInEveryBuild() {
            return isInEveryBuild;
        }
    }

    /** What came of it. */
    public enum Status {
        PASSED("passed"),
        FAILED("FAILED"),
        NOT_RUN("not run in this profile");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * A defect that had to be caught.
     *
     * @param name its name
     * @param isCaught whether it was
     * @param how by what or how often, or empty
     */
    public record Control(String name, boolean isCaught, String how) {}

    static Evidence notRun(Kind kind) {
        return new Evidence(kind, Status.NOT_RUN, "", List.of(), "", Double.NaN, null);
    }

    static long caught(List<Control> controls) {
        return controls.stream().filter(Control::isCaught).count();
    }
}
