package dev.rollcall.stress.drift;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Destroy races timeout for the same session, on two threads, round after round. A round begins
 * with one new session that is due, lets both ends go at once, and compares count and table when
 * both have returned.
 *
 * @param rounds how many rounds were run
 * @param wonByDestroy rounds in which only the destroy was told that it ended the session
 * @param wonByTimeout rounds in which only the watchdog said so
 * @param endedTwice rounds in which both did
 * @param endedNever rounds in which neither did
 * @param roundsBelow rounds that moved the count below the table
 * @param roundsAbove rounds that moved the count above the table
 * @param shown the count after the last round
 * @param live the table after the last round
 */
record EndingRace(
        long rounds,
        long wonByDestroy,
        long wonByTimeout,
        long endedTwice,
        long endedNever,
        long roundsBelow,
        long roundsAbove,
        long shown,
        long live) {
    private static final int SPINS_BEFORE_YIELD = 2_000;
    private static final int LONGEST_DELAY = 256;
    private static final int ROUNDS_PER_LOOK_AT_CLOCK = 64;

    /** How long a race that has not yet shown what it must goes on, as a multiple of its time. */
    private static final int PATIENCE = 30;

    /** The count less the table after the last round. */
    long drift() {
        return shown - live;
    }

    /**
     * Runs the race.
     *
     * @param nanos how long
     * @param enough whether a race has shown what it must; on a busy machine, where the two threads
     *     seldom run at once, that may take longer
     */
    static EndingRace run(DriftSubject subject, long seed, long nanos, Predicate<EndingRace> enough)
            throws InterruptedException {
        return new Race(subject, seed, nanos, enough).run();
    }

    /** Who was told that it ended a round's session. */
    private record Ended(boolean byDestroy, boolean byTimeout) {}

    /** One round more. */
    private EndingRace plus(Ended ended, long shownNow, long liveNow) {
        boolean both = ended.byDestroy() && ended.byTimeout();
        boolean neither = !ended.byDestroy() && !ended.byTimeout();
        long driftNow = shownNow - liveNow;
        return new EndingRace(
                rounds + 1,
                wonByDestroy + (ended.byDestroy() && !both ? 1 : 0),
                wonByTimeout + (ended.byTimeout() && !both ? 1 : 0),
                endedTwice + (both ? 1 : 0),
                endedNever + (neither ? 1 : 0),
                roundsBelow + (driftNow < drift() ? 1 : 0),
                roundsAbove + (driftNow > drift() ? 1 : 0),
                shownNow,
                liveNow);
    }

    /**
     * The main thread destroys; a second one is the watchdog. They meet before and after each
     * round.
     */
    private static final class Race {
        private static final long STOP = -1;

        private final DriftSubject subject;
        private final Random random;
        private final long nanos;
        private final Predicate<EndingRace> enough;
        private final AtomicLong start = new AtomicLong();
        private final AtomicLong done = new AtomicLong();

        /** Written by one thread before it passes `start` or `done`, read by the other after. */
        private int watchdogDelay;

        private int watchdogEnded;
        private Throwable watchdogFailure;

        Race(DriftSubject subject, long seed, long nanos, Predicate<EndingRace> enough) {
            this.subject = subject;
            this.random = new Random(seed);
            this.nanos = nanos;
            this.enough = enough;
        }

        EndingRace run() throws InterruptedException {
            Thread watchdog = new Thread(this::watch, "drift-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
            EndingRace soFar = new EndingRace(0, 0, 0, 0, 0, 0, 0, 0, 0);
            long begin = System.nanoTime();
            while (goesOn(soFar, System.nanoTime() - begin)) {
                for (int i = 0; i < ROUNDS_PER_LOOK_AT_CLOCK; i++) {
                    long round = soFar.rounds() + 1;
                    soFar = soFar.plus(oneRound(round), subject.shown(), subject.live());
                }
            }
            start.set(STOP);
            watchdog.join();
            return soFar;
        }

        private boolean goesOn(EndingRace soFar, long elapsed) {
            return elapsed < nanos || (elapsed < PATIENCE * nanos && !enough.test(soFar));
        }

        /** One race; returns who was told that it ended the session. */
        private Ended oneRound(long round) {
            subject.create(round);
            subject.passSessionTimeout(List.of(round));
            int delay = random.nextInt(-LONGEST_DELAY, LONGEST_DELAY);
            watchdogDelay = Math.max(0, delay);
            start.set(round);
            spin(Math.max(0, -delay));
            boolean destroyed = subject.destroy(round);
            await(done, round);
            if (watchdogFailure != null) {
                throw new IllegalStateException("the watchdog failed in round " + round, watchdogFailure);
            }
            boolean isByTimeout = watchdogEnded > 0 && (subject.tellsOfSweeps() || !destroyed);
            return new Ended(destroyed, isByTimeout);
        }

        private void watch() {
            for (long round = 1; await(start, round); round++) {
                spin(watchdogDelay);
                try {
                    watchdogEnded = subject.endIdle(List.of(round));
                } catch (RuntimeException | Error e) {
                    watchdogFailure = e;
                }
                done.set(round);
            }
        }

        /** Waits for the meeting; false if there will be none. */
        private static boolean await(AtomicLong meeting, long round) {
            long seen = meeting.get();
            for (int i = 0; seen != round && seen != STOP; i++) {
                if (i < SPINS_BEFORE_YIELD) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
                seen = meeting.get();
            }
            return seen == round;
        }

        /** Shifts the two ends against each other, so that every overlap of them is met. */
        private static void spin(int times) {
            for (int i = 0; i < times; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
