package dev.rollcall;

/**
 * What a session id is: a number in 1 … 2<sup>53</sup>−1, which is exact in JSON. It is a
 * capability: whoever knows it may act on the session. So texts that may reach a log show only its
 * end.
 */
final class SessionIds {
    /** Smaller ids can be guessed anyway and are shown whole. */
    private static final long SHOWN_WHOLE = 1_000_000;

    private static final long SHOWN_TAIL = 10_000;

    private SessionIds() {}

    static void check(String operation, long id) {
        if (id < 1 || id > SessionManager.MAX_ID) {
            throw new IllegalArgumentException(
                    "cannot " + operation + ": session id " + id + " is outside 1 … " + SessionManager.MAX_ID);
        }
    }

    /** An id as error messages show it: its last four digits, formatted alike in every locale. */
    static String masked(long id) {
        return id < SHOWN_WHOLE
                ? Long.toString(id)
                : "…" + Long.toString(SHOWN_TAIL + id % SHOWN_TAIL).substring(1);
    }
}
