package dev.rollcall.stress.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A day of a gateway, minute by minute, on one thread: clients connect, more of them by day than by
 * night, and leave in one of three ways. Most destroy their session; some lose their connection;
 * some fall silent and time out. The same seed gives every manager the same day.
 *
 * @param created how many sessions were created
 * @param destroyed how many clients destroyed theirs
 * @param timedOut how many sessions the watchdog ended
 * @param transportGone how many sessions lost their transport
 * @param expectedLive how many sessions are left by the replay's own book
 * @param minutes when the samples were taken
 * @param shown the manager's count at each sample
 * @param live the manager's table at each sample
 */
record Day(
        long created,
        long destroyed,
        long timedOut,
        long transportGone,
        long expectedLive,
        List<Long> minutes,
        List<Long> shown,
        List<Long> live) {
    private static final int MINUTES = 24 * 60;
    private static final int SAMPLE_MINUTES = 10;
    private static final int MEAN_ARRIVALS = 30;
    private static final int LONGEST_STAY_MINUTES = 60;
    private static final double GONE_SHARE = 0.12;
    private static final double SILENT_SHARE = 0.08;

    /** How a client leaves. */
    private enum Leave {
        DESTROY,
        LOSE_TRANSPORT,
        FALL_SILENT
    }

    /** The count less the table, when the day is over. */
    long drift() {
        return shown.get(shown.size() - 1) - live.get(live.size() - 1);
    }

    /** The largest distance between the count and the table at any sample. */
    long largestDrift() {
        long largest = 0;
        for (int i = 0; i < shown.size(); i++) {
            largest = Math.max(largest, Math.abs(shown.get(i) - live.get(i)));
        }
        return largest;
    }

    long lastShown() {
        return shown.get(shown.size() - 1);
    }

    long lastLive() {
        return live.get(live.size() - 1);
    }

    static Day replay(DriftSubject subject, long seed) {
        return new Replay(subject, seed).run();
    }

    private static final class Replay {
        private final DriftSubject subject;
        private final Random random;
        private final Map<Integer, Deque<Long>> leaving = new HashMap<>();
        private final Map<Long, Leave> present = new LinkedHashMap<>();
        private final List<Long> minutes = new ArrayList<>();
        private final List<Long> shown = new ArrayList<>();
        private final List<Long> live = new ArrayList<>();
        private long created;
        private long destroyed;
        private long timedOut;
        private long transportGone;

        Replay(DriftSubject subject, long seed) {
            this.subject = subject;
            this.random = new Random(seed);
        }

        Day run() {
            sample(0);
            for (int minute = 1; minute <= MINUTES; minute++) {
                arrive(minute);
                List<Long> silent = leave(minute);
                subject.passSessionTimeout(silent);
                // Those who are still there have been active all the while.
                present.keySet().forEach(subject::keepAlive);
                timedOut += subject.endIdle(silent);
                if (minute % SAMPLE_MINUTES == 0) {
                    sample(minute);
                }
            }
            return new Day(created, destroyed, timedOut, transportGone, present.size(), minutes, shown, live);
        }

        private void arrive(int minute) {
            double wave = 1 - Math.cos(2 * Math.PI * minute / MINUTES);
            int arrivals = (int) Math.round(MEAN_ARRIVALS * wave * (0.5 + random.nextDouble()));
            for (int i = 0; i < arrivals; i++) {
                long id = ++created;
                subject.create(id);
                present.put(id, leaveOf(random.nextDouble()));
                int until = minute + 1 + random.nextInt(LONGEST_STAY_MINUTES);
                leaving.computeIfAbsent(until, unused -> new ArrayDeque<>()).add(id);
            }
        }

        private static Leave leaveOf(double draw) {
            if (draw < GONE_SHARE) {
                return Leave.LOSE_TRANSPORT;
            }
            return draw < GONE_SHARE + SILENT_SHARE ? Leave.FALL_SILENT : Leave.DESTROY;
        }

        /** Clients leave; returns those who left without a word. */
        private List<Long> leave(int minute) {
            List<Long> silent = new ArrayList<>();
            Deque<Long> due = leaving.remove(minute);
            if (due == null) {
                return silent;
            }
            for (long id : due) {
                switch (present.remove(id)) {
                    case DESTROY -> {
                        if (subject.destroy(id)) {
                            destroyed++;
                        }
                    }
                    case LOSE_TRANSPORT -> {
                        subject.transportGone(id);
                        transportGone++;
                    }
                    case FALL_SILENT -> silent.add(id);
                }
            }
            return silent;
        }

        private void sample(int minute) {
            minutes.add((long) minute);
            shown.add(subject.shown());
            live.add(subject.live());
        }
    }
}
