package dev.rollcall;

import java.util.List;

/**
 * What {@link SessionManager#audit} found.
 *
 * @param sessionsChecked how many live sessions were checked one by one
 * @param disagreements what disagrees with what; empty unless there is a defect in the library
 */
public record AuditReport(long sessionsChecked, List<Disagreement> disagreements) {
    /**
     * Two records of the same fact that differ.
     *
     * @param subject what the fact is about: a session (only the end of its id), a transport, a shard
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

    /**
     * A report.
     *
     * @param sessionsChecked how many sessions were checked
     * @param disagreements copied
     */
    public AuditReport {
        disagreements = List.copyOf(disagreements);
    }

    /**
     * Whether all records agree.
     *
     * @return true if there is no disagreement
     */
    public boolean isClean() {
        return disagreements.isEmpty();
    }
}
