package dev.rollcall.stress.check;

import java.util.List;

/**
 * What came of one command: the content of {@code check.json}.
 *
 * @param passed how many subjects held every promise that they offer
 * @param failed how many did not
 * @param expected whether each subject that comes with the suite did what is expected of it: sound ones hold, controls
 *     are caught
 * @param finished when, in UTC
 * @param jdk the virtual machine
 * @param os operating system and processor
 * @param processors how many
 * @param seconds how long it took
 * @param subjects one for each
 */
record CheckResult(
        long passed,
        long failed,
        boolean expected,
        String finished,
        String jdk,
        String os,
        int processors,
        long seconds,
        List<Subject> subjects) {
    /** What came of a promise. */
    enum Status {
        /** No sample broke it. */
        HELD,
        /** Some did. */
        BROKEN,
        /** The adapter does not offer what it takes. */
        NOT_OFFERED,
        /** It could not be judged: the adapter failed, or there were too few samples. */
        NOT_JUDGED
    }

    /**
     * One subject.
     *
     * @param name as the command line knows it
     * @param title for people
     * @param version of the library, or empty
     * @param adapter its class
     * @param assumes what the adapter assumes, and where the project promises less; or empty
     * @param unexpected what is not as expected of a subject that comes with the suite; empty if all is
     * @param cells one for each promise
     * @param races one for each race that was run
     */
    record Subject(
            String name,
            String title,
            String version,
            String adapter,
            String assumes,
            List<String> unexpected,
            List<Cell> cells,
            List<Race> races) {
        /** Whether every promise that is offered held. */
        boolean isHeld() {
            return cells.stream().allMatch(cell -> cell.status == Status.HELD || cell.status == Status.NOT_OFFERED);
        }
    }

    /**
     * One promise of one subject.
     *
     * @param promise which
     * @param status what came of it
     * @param race the race that broke it most often, or that judged it last
     * @param samples the samples of that race, or of all races that it held in
     * @param broken how many of them broke it
     * @param order an order of steps by which it breaks, or why it was not judged or not offered; if it held, an order of
     *     operations that hardly a sample had, if there is one
     * @param program the class of a program that shows it alone, or empty
     */
    record Cell(Promise promise, Status status, String race, long samples, long broken, String order, String program) {
        /** The share of samples that broke it, in percent. */
        double percent() {
            return samples == 0 ? 0 : 100.0 * broken / samples;
        }
    }

    /**
     * One race of one subject.
     *
     * @param name the race
     * @param samples how many were judged
     * @param lines what samples said, most frequent first
     * @param failure why it could not be run, or null
     */
    record Race(String name, long samples, List<Line> lines, String failure) {}

    /** What some samples said, and how many. */
    record Line(String text, long samples) {}
}
