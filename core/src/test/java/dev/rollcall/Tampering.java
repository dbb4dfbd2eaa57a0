package dev.rollcall;

/** Makes a manager's books wrong, for tests in other packages of what is told of an audit. */
public final class Tampering {
    private Tampering() {}

    /** Counts a create that never happened. */
    public static void countOnceMore(Session<?> session) {
        session.shard().created();
    }
}
