package dev.rollcall.stress.check;

import dev.rollcall.stress.Guarantee;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a subject is held to: the guarantees, G1 in its parts. */
public enum Promise {
    COUNT_IN_MOTION(
            Guarantee.G1,
            "count in motion",
            "a session that a lookup found is counted, one found gone is not",
            SessionSubject.class),
    COUNT_AT_REST(
            Guarantee.G1,
            "count at rest",
            "when nothing moves, the count is the number of sessions: no drift",
            SessionSubject.class),
    LISTING(
            Guarantee.G1,
            "listing",
            "a session that lives all through a listing is listed once",
            SessionSubject.Listing.class),
    ONE_END(
            Guarantee.G2,
            "one end",
            "a session is there until it ends, once and for one caller, and stays ended",
            SessionSubject.class),
    KEEPALIVE(
            Guarantee.G3,
            "no lost keepalive",
            "who was told alive is not timed out before another session timeout",
            SessionSubject.class),
    CLAIM(
            Guarantee.G4,
            "whole claims",
            "a claim that succeeded has moved the session",
            SessionSubject.Transports.class),
    ORPHANS(
            Guarantee.G5,
            "no orphans",
            "no session is attached to a transport that is gone",
            SessionSubject.Transports.class),
    GRACE(
            Guarantee.G6,
            "full grace",
            "a claim and the end of the reclaim timeout cannot both succeed",
            SessionSubject.Reclaim.class),
    IDENTITY(
            Guarantee.G7,
            "own identity",
            "of creates with one id one wins; an end never hits the successor",
            SessionSubject.UniqueIds.class),
    EVENTS(Guarantee.G8, "ordered events", "the end of a session is told once", SessionSubject.Events.class),
    LIMIT(
            Guarantee.G9,
            "hard limit",
            "the limit is never exceeded, and room that is given back can be used",
            SessionSubject.Limit.class),
    CLOSE(
            Guarantee.G10,
            "clean close",
            "after shutdown there is no session and none can be created",
            SessionSubject.Shutdown.class);

    private static final String BROKEN = "BROKEN ";

    /** Between the promises that one sample broke. */
    private static final String AND = " | ";

    private final Guarantee guarantee;
    private final String label;
    private final String meaning;
    private final Class<?> needs;

    Promise(Guarantee guarantee, String label, String meaning, Class<?> needs) {
        this.guarantee = guarantee;
        this.label = label;
        this.meaning = meaning;
        this.needs = needs;
    }

    /** The guarantee that it is, or is a part of. */
    public Guarantee guarantee() {
        return guarantee;
    }

    /** For the head of a column. */
    public String label() {
        return label;
    }

    /** In a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The part of the adapter without which it is not offered. */
    Class<?> needs() {
        return needs;
    }

    /** The line of a sample that broke it: an order of steps that would do that. */
    public String broken(String order) {
        return BROKEN + name() + ": " + order;
    }

    /** Whether the line says that any promise was broken. */
    static boolean isBroken(String line) {
        return line.startsWith(BROKEN);
    }

    /**
     * The line of a sample that broke one promise for sure and perhaps another, which must not hide behind it.
     *
     * @param one the line of the first; null if it was not broken
     * @param others the line of all others
     */
    static String and(String one, String others) {
        if (one == null) {
            return others;
        }
        return isBroken(others) ? one + AND + others : one;
    }

    /** The order, if the line says that this promise was broken; else null. */
    String orderIn(String line) {
        String start = broken("");
        return Stream.of(line.split(Pattern.quote(AND)))
                .filter(part -> part.startsWith(start))
                .map(part -> part.substring(start.length()))
                .findFirst()
                .orElse(null);
    }

    /** The line of a sample that can break this promise only by an answer, which the manager may not give. */
    public String ifTold(SessionSubject.Answer answer, String line) {
        return answer == SessionSubject.Answer.UNTOLD && !isBroken(line) ? line + untold() : line;
    }

    private String untold() {
        return "; " + name() + " is not judged, for the answer is UNTOLD";
    }

    /** Whether the line says that nobody told what this promise is judged by. */
    boolean isUntoldIn(String line) {
        return line.endsWith(untold());
    }

    /** Whether the sample with this line was judged by this promise: one that is broken may keep others from being judged. */
    boolean isJudgedIn(String line) {
        boolean isHidden = isBroken(line)
                && this != COUNT_AT_REST
                && orderIn(line) == null
                && !line.startsWith(COUNT_AT_REST.broken(""));
        return !isHidden && !isUntoldIn(line);
    }
}
