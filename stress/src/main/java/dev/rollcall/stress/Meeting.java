package dev.rollcall.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the actors of one sample meet, so that they race in that sample and not only in the few
 * in which two threads that run through a million of them arrive together. Whoever comes first waits a
 * moment, in vain if the other is not running. Both then go on after a lag of their own, different in
 * each sample: a window may lie early in one operation and late in the other. It orders what was
 * before the meeting and nothing after it.
 */
public final class Meeting {
    /** About as long as an operation takes. */
    private static final int LONGEST_LAG = 4;

    private final AtomicInteger arrived = new AtomicInteger();
    private final int actors;

    /** Of two actors. */
    public Meeting() {
        this(2);
    }

    /** Of so many actors. */
    public Meeting(int actors) {
        this.actors = actors;
    }

    /** Waits a moment for the others. */
    public void arrive() {
        arrived.incrementAndGet();
        for (int tries = 0; tries < Scene.TRIES && arrived.get() < actors; tries++) {
            Thread.onSpinWait();
        }
        for (int lag = ThreadLocalRandom.current().nextInt(LONGEST_LAG); lag > 0; lag--) {
            Thread.onSpinWait();
        }
    }
}
