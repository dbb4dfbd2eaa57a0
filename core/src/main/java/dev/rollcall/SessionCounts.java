package dev.rollcall;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * One snapshot of a manager's figures (guarantee G1). All of them were true at one instant between
 * the call of {@link SessionManager#counts()} and its return. So these laws hold:
 *
 * <ul>
 *   <li>{@code live == attached + detached}
 *   <li>{@code created == live + ended}
 *   <li>{@code detachments == detached + reclaims + endedDetached}
 * </ul>
 *
 * <p>Totals are since the manager was built. Immutable; equal if all figures are.
 */
public final class SessionCounts {
    private final long[] tallies;

    /** {@code tallies} as {@link Tallies#addTo} adds them up; not copied. */
    SessionCounts(long[] tallies) {
        this.tallies = tallies;
    }

    /**
     * Sessions created and not ended.
     *
     * @return the live count
     */
    public long live() {
        return attached() + detached();
    }

    /**
     * Live sessions owned by a transport.
     *
     * @return the attached count
     */
    public long attached() {
        return tallies[Tallies.ATTACHED];
    }

    /**
     * Live sessions whose transport is gone.
     *
     * @return the detached count
     */
    public long detached() {
        return tallies[Tallies.DETACHED];
    }

    /**
     * Sessions ever created.
     *
     * @return a total
     */
    public long created() {
        return tallies[Tallies.CREATED];
    }

    /**
     * Sessions ever ended, by any cause.
     *
     * @return a total
     */
    public long ended() {
        return sum(Tallies.ENDED, EndCause.COUNT);
    }

    /**
     * Sessions ever ended by one cause.
     *
     * @param cause the cause
     * @return a total
     */
    public long ended(EndCause cause) {
        return tallies[Tallies.ENDED + cause.ordinal()];
    }

    /**
     * Sessions ever ended, by any cause, while they were detached.
     *
     * @return a total
     */
    public long endedDetached() {
        return tallies[Tallies.ENDED_DETACHED];
    }

    /**
     * How often a session ever lost its transport and was detached. One that ended at once
     * instead, because it had no reclaim timeout, is not among them.
     *
     * @return a total
     */
    public long detachments() {
        return tallies[Tallies.DETACHMENTS];
    }

    /**
     * Claims that ever succeeded, of attached and of detached sessions.
     *
     * @return a total
     */
    public long claims() {
        return tallies[Tallies.CLAIMS];
    }

    /**
     * Claims of detached sessions that ever succeeded.
     *
     * @return a total
     */
    public long reclaims() {
        return tallies[Tallies.RECLAIMS];
    }

    /**
     * Creates ever refused, for any reason.
     *
     * @return a total
     */
    public long rejectedCreates() {
        return sum(Tallies.REJECTED_CREATES, RejectReason.COUNT);
    }

    /**
     * Creates ever refused for one reason.
     *
     * @param reason the reason
     * @return a total
     */
    public long rejectedCreates(RejectReason reason) {
        return tallies[Tallies.REJECTED_CREATES + reason.ordinal()];
    }

    /**
     * Claims ever refused, for any reason. A claim of a session that had ended is not refused: it
     * returns {@code false} and is not counted.
     *
     * @return a total
     */
    public long rejectedClaims() {
        return sum(Tallies.REJECTED_CLAIMS, RejectReason.COUNT);
    }

    /**
     * Claims ever refused for one reason.
     *
     * @param reason the reason
     * @return a total
     */
    public long rejectedClaims(RejectReason reason) {
        return tallies[Tallies.REJECTED_CLAIMS + reason.ordinal()];
    }

    /** How many events these figures stand for. */
    long events() {
        return created() + detachments() + claims() + ended();
    }

    private long sum(int first, int length) {
        long sum = 0;
        for (int i = first; i < first + length; i++) {
            sum += tallies[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionCounts that && Arrays.equals(tallies, that.tallies);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tallies);
    }

    /**
     * All figures that matter, for example
     * {@code live=2 (attached=2, detached=0), created=2, ended=0}.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("live=").append(live());
        text.append(" (attached=").append(attached()).append(", detached=").append(detached());
        text.append("), created=").append(created());
        text.append(", ended=").append(ended());
        appendParts(text, EndCause.values(), this::ended);
        appendIfNotZero(text, "detachments", detachments());
        appendIfNotZero(text, "claims", claims());
        appendIfNotZero(text, "rejected creates", rejectedCreates());
        appendParts(text, RejectReason.values(), this::rejectedCreates);
        appendIfNotZero(text, "rejected claims", rejectedClaims());
        appendParts(text, RejectReason.values(), this::rejectedClaims);
        return text.toString();
    }

    private static void appendIfNotZero(StringBuilder text, String name, long figure) {
        if (figure != 0) {
            text.append(", ").append(name).append('=').append(figure);
        }
    }

    /** In brackets, those that are not zero; nothing if all are. */
    private static <E extends Enum<E>> void appendParts(StringBuilder text, E[] keys, ToLongFunction<E> figure) {
        String separator = " (";
        for (E key : keys) {
            if (figure.applyAsLong(key) != 0) {
                text.append(separator).append(key).append('=').append(figure.applyAsLong(key));
                separator = ", ";
            }
        }
        text.append(separator.equals(", ") ? ")" : "");
    }
}
