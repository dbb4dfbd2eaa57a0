package dev.rollcall;

import java.util.Arrays;

/**
 * One snapshot of a manager's figures (guarantee G1). All of them were true at one instant between
 * the call of {@link SessionManager#counts()} and its return, hence
 * {@code attached + detached == live} and {@code created == live + ended}. Immutable.
 */
public final class SessionCounts {
    private final long attached;
    private final long detached;
    private final long created;
    private final long[] ended;
    private final long[] rejected;

    SessionCounts(long[] tallies) {
        this.attached = tallies[Tallies.ATTACHED];
        this.detached = tallies[Tallies.DETACHED];
        this.created = tallies[Tallies.CREATED];
        this.ended = Arrays.copyOfRange(tallies, Tallies.ENDED, Tallies.ENDED + EndCause.COUNT);
        this.rejected = Arrays.copyOfRange(tallies, Tallies.REJECTED, Tallies.REJECTED + RejectReason.COUNT);
    }

    /**
     * Sessions created and not ended.
     *
     * @return the live count
     */
    public long live() {
        return attached + detached;
    }

    /**
     * Live sessions owned by a transport.
     *
     * @return the attached count
     */
    public long attached() {
        return attached;
    }

    /**
     * Live sessions whose transport is gone.
     *
     * @return the detached count
     */
    public long detached() {
        return detached;
    }

    /**
     * Sessions ever created.
     *
     * @return a total since the manager was built
     */
    public long created() {
        return created;
    }

    /**
     * Sessions ever ended, by any cause.
     *
     * @return a total since the manager was built
     */
    public long ended() {
        return sum(ended);
    }

    /**
     * Sessions ever ended by one cause.
     *
     * @param cause the cause
     * @return a total since the manager was built
     */
    public long ended(EndCause cause) {
        return ended[cause.ordinal()];
    }

    /**
     * Creates ever refused, for any reason.
     *
     * @return a total since the manager was built
     */
    public long rejected() {
        return sum(rejected);
    }

    /**
     * Creates ever refused for one reason.
     *
     * @param reason the reason; zero for {@link RejectReason#WRONG_SECRET}, which refuses claims
     * @return a total since the manager was built
     */
    public long rejected(RejectReason reason) {
        return rejected[reason.ordinal()];
    }

    private static long sum(long[] figures) {
        long sum = 0;
        for (long figure : figures) {
            sum += figure;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionCounts that
                && attached == that.attached
                && detached == that.detached
                && created == that.created
                && Arrays.equals(ended, that.ended)
                && Arrays.equals(rejected, that.rejected);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new long[] {attached, detached, created, ended(), rejected()});
    }

    /** All figures that are not zero, for example {@code live=2 (attached=2, detached=0) …}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append("live=")
                .append(live())
                .append(" (attached=")
                .append(attached)
                .append(", detached=")
                .append(detached)
                .append("), created=")
                .append(created)
                .append(", ended=")
                .append(ended());
        String separator = " (";
        for (EndCause cause : EndCause.values()) {
            if (ended(cause) != 0) {
                text.append(separator).append(cause).append('=').append(ended(cause));
                separator = ", ";
            }
        }
        text.append(ended() == 0 ? "" : ")").append(", rejected=").append(rejected());
        separator = " (";
        for (RejectReason reason : RejectReason.values()) {
            if (rejected(reason) != 0) {
                text.append(separator).append(reason).append('=').append(rejected(reason));
                separator = ", ";
            }
        }
        return text.append(rejected() == 0 ? "" : ")").toString();
    }
}
