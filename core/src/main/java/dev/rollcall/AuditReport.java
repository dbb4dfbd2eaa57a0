package dev.rollcall;

import java.util.List;

/** What {@link SessionManager#audit} found. Immutable. */
public final class AuditReport {
    private final long sessionsChecked;
    private final List<Disagreement> disagreements;

    /**
     * Two records of the same fact that differ.
     *
     * @param subject what the fact is about: a session (only the end of its id), a transport, a
     *     shard
     * @param fact which fact
     * @param expected what one record says
     * @param found what the other says
     */
    public record Disagreement(String subject, String fact, String expected, String found) {
        @Override
        public String toString() {
            return subject + ": " + fact + ": expected " + expected + ", found " + found;
        }
    }

    AuditReport(long sessionsChecked, List<Disagreement> disagreements) {
        this.sessionsChecked = sessionsChecked;
        this.disagreements = List.copyOf(disagreements);
    }

    /**
     * How many live sessions were checked one by one.
     *
     * @return the number of sessions
     */
    public long sessionsChecked() {
        return sessionsChecked;
    }

    /**
     * What disagrees with what.
     *
     * @return nothing unless there is a defect in the library
     */
    public List<Disagreement> disagreements() {
        return disagreements;
    }

    /**
     * Whether all records agree.
     *
     * @return true if there is no disagreement
     */
    public boolean isClean() {
        return disagreements.isEmpty();
    }

    /** For the log, for example {@code 1200 sessions checked, no disagreement}. */
    @Override
    public String toString() {
        return sessionsChecked + " sessions checked, "
                + (isClean() ? "no disagreement" : disagreements.size() + " disagreements: " + disagreements);
    }
}
