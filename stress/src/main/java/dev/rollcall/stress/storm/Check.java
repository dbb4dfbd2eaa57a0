package dev.rollcall.stress.storm;

/** What the storm checks. */
enum Check {
    LIVE("the sessions that live are those that clients hold"),
    SUMS("created = live + ended, all live ones attached"),
    EVENTS("one created and at most one ended event a session"),
    AUDIT("an audit finds no drift"),
    REPLIES("every reply and every error is the documented one"),
    IDENTITY("of eight creates with one id exactly one wins"),
    CLAIMS("a claim within the grace succeeds, and moves the session"),
    TIMEOUTS("nothing times out before its deadline"),
    HELD("a session that is kept alive is never lost"),
    CUT_OFF("silent, slow and oversized clients are cut off"),
    SOCKETS("the sockets that are open are those that clients hold"),
    THREADS("no thread is left over"),
    HEAP("the heap is back to where it was");

    private final String claim;

    Check(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }

    /** Whether it takes a look inside the gateway. */
    boolean isInside() {
        return switch (this) {
            case SUMS, EVENTS, AUDIT, SOCKETS, THREADS, HEAP -> true;
            case LIVE, REPLIES, IDENTITY, CLAIMS, TIMEOUTS, HELD, CUT_OFF -> false;
        };
    }
}
