package dev.rollcall.count;

/**
 * A live count kept beside the table. The manager calls {@link #up} before a session can be found
 * and {@link #down} after it is gone, each exactly once per session, from any thread.
 */
public interface LiveCounter {
    /** A session is about to become findable. */
    void up();

    /** A session is gone from the table. */
    void down();

    /**
     * The count, with the promise of the {@link dev.rollcall.CounterStrategy} that the counter
     * implements.
     *
     * @return the number of ups less the number of downs
     */
    long live();
}
