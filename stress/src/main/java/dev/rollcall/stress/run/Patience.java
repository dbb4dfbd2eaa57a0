package dev.rollcall.stress.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for a test's result: by what the JVM that runs it has done, not by the clock
 * alone. On a busy machine a sound test may need minutes for what takes a second on a quiet one, and
 * a JVM that hangs either works without end or does nothing at all. Nor does time count in which whoever
 * waits was stopped as well: a machine that slept, a process group that was suspended.
 */
final class Patience {
    /** More processor time than any test takes beside what it is given. */
    static final Duration WORK = Duration.ofSeconds(90);

    /** Without so much progress in this time it stands still. */
    static final Duration IDLE = Duration.ofSeconds(60);

    private static final Duration PROGRESS = Duration.ofMillis(500);

    /** Looks come once a second. If one is later than this, nothing ran in between. */
    static final Duration SUSPENDED = Duration.ofSeconds(5);

    /** Whatever it does. */
    static final Duration WHOLE = Duration.ofMinutes(10);

    private final Duration work;
    private final Duration startCpu;
    private long lookedNanos;
    private long waitedNanos;
    private long progressNanos;
    private Duration progressCpu;
    private boolean isSuspended;

    /**
     * Begins to wait.
     *
     * @param cpu the processor time that the JVM has used so far
     * @param given how long the test may run, all of which its two actors may use
     */
    Patience(long nowNanos, Duration cpu, Duration given) {
        this.work = WORK.plus(given.multipliedBy(2));
        this.startCpu = cpu;
        this.lookedNanos = nowNanos;
        this.progressCpu = cpu;
    }

    /** Why not to wait any longer, if so. To be asked about once a second. */
    Optional<String> exhausted(long nowNanos, Duration cpu) {
        long since = nowNanos - lookedNanos;
        isSuspended |= since > SUSPENDED.toNanos();
        waitedNanos += Math.min(since, SUSPENDED.toNanos());
        lookedNanos = nowNanos;
        if (cpu.minus(progressCpu).compareTo(PROGRESS) >= 0) {
            progressNanos = waitedNanos;
            progressCpu = cpu;
        }
        Duration worked = cpu.minus(startCpu);
        if (worked.compareTo(work) > 0) {
            return Optional.of("no result after " + worked.toSeconds() + " s of processor time");
        }
        if (waitedNanos - progressNanos > IDLE.toNanos()) {
            return Optional.of("it has stood still for " + IDLE.toSeconds() + " s");
        }
        return waitedNanos > WHOLE.plus(given()).toNanos()
                ? Optional.of("no result after " + Duration.ofNanos(waitedNanos).toSeconds() + " s")
                : Optional.empty();
    }

    /** Whether nothing ran for a while: then what jcstress says about time means nothing. */
    boolean isSuspended() {
        return isSuspended;
    }

    private Duration given() {
        return work.minus(WORK);
    }
}
