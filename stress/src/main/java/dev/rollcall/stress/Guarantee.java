package dev.rollcall.stress;

/** The manager's guarantees, as its documentation numbers and words them. */
public enum Guarantee {
    G1(
            "exact count",
            "`counts()` is one linearizable snapshot: it includes every session that a lookup has returned "
                    + "and none that a lookup has reported as gone"),
    G2(
            "one end",
            "a session ends once, with one cause and one event; at most one caller of `destroy` is told "
                    + "that it ended the session"),
    G3(
            "no lost keepalive",
            "a session never times out before its timeout has passed since the last keepalive that returned "
                    + "true; if sweeps run on time, it does so at most a tick and the duration of a sweep later"),
    G4(
            "whole claims",
            "a claim that returned true has moved the session; the loss of its former transport no longer "
                    + "affects it"),
    G5("no orphans", "once `transport.gone()` has returned, no session is attached to that transport, ever"),
    G6("full grace", "the reclaim timeout starts at the moment of the loss, anew for each loss"),
    G7("own identity", "of concurrent creates with the same id, one wins; a stale handle never touches its successor"),
    G8(
            "ordered events",
            "each listener sees a session's events in order, exactly once, with no lock held; a listener that "
                    + "throws harms nobody"),
    G9("hard limit", "`maxSessions` is never exceeded, and no permit is lost"),
    G10("clean close", "`close()` ends every session, and none is created afterwards"),
    G11(
            "progress",
            "lookup and keepalive never block; no lock is held while your code runs; only a count amid heavy churn "
                    + "holds one for longer than a bounded batch"),
    G12(
            "cost",
            "lookup, keepalive, create, destroy and claim are O(1); the loss of a transport is O(its "
                    + "sessions); a sweep is amortized O(1) for each session and timeout; `counts()` is O(shards)");

    private final String label;
    private final String statement;

    Guarantee(String label, String statement) {
        this.label = label;
        this.statement = statement;
    }

    /** What it promises, in two words. */
    public String label() {
        return label;
    }

    /** What it promises, as the project's first page says it, code in backquotes. */
    public String statement() {
        return statement;
    }
}
