package dev.rollcall;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker for tests: it stands still until it is told to move. Together with {@link
 * SessionManagerBuilder#callerSweeps} it makes timeouts happen when a test wants them, without
 * waiting:
 *
 * <pre>{@code
 * ManualTicker ticker = new ManualTicker();
 * SessionManager<String> manager = SessionManager.<String>builder()
 *         .sessionTimeout(Duration.ofSeconds(60))
 *         .ticker(ticker)
 *         .callerSweeps()
 *         .build();
 * Session<String> session = manager.create(manager.openTransport("ws-1"));
 * ticker.advance(Duration.ofSeconds(61));
 * manager.sweep();
 * assertEquals(EndCause.TIMED_OUT, session.endCause());
 * }</pre>
 *
 * <p>All methods are thread-safe.
 */
public final class ManualTicker implements Ticker {
    private final AtomicLong reading;

    /** A ticker that reads zero. */
    public ManualTicker() {
        this(0);
    }

    /**
     * A ticker with another first reading, for example one just below {@link Long#MAX_VALUE} to
     * test that a wrap-around does no harm.
     *
     * @param startNanos the first reading, in nanoseconds
     */
    public ManualTicker(long startNanos) {
        reading = new AtomicLong(startNanos);
    }

    @Override
    public long nanos() {
        return reading.get();
    }

    /**
     * Moves the ticker on.
     *
     * @param by how far; a negative duration moves it back, which a manager treats as standing
     *     still
     * @throws ArithmeticException if the duration does not fit a {@code long} of nanoseconds
     */
    public void advance(Duration by) {
        advanceNanos(by.toNanos());
    }

    /**
     * Moves the ticker on. Past {@link Long#MAX_VALUE} it wraps around.
     *
     * @param by how far, in nanoseconds
     */
    public void advanceNanos(long by) {
        reading.addAndGet(by);
    }

    /**
     * Sets the reading.
     *
     * @param nanos the reading from now on
     */
    public void set(long nanos) {
        reading.set(nanos);
    }
}
