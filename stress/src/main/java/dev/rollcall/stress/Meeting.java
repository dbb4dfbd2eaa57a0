package dev.rollcall.stress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the two actors of one sample meet, for races whose window is narrow and has no beginning that
 * the other actor could watch. Whoever comes first waits a moment, in vain if the other is not
 * running. It orders what was before the meeting and nothing after it.
 */
public final class Meeting {
    private final AtomicInteger arrived = new AtomicInteger();

    /** Waits a moment for the other actor. */
    public void arrive() {
        arrived.incrementAndGet();
        for (int tries = 0; tries < Scene.TRIES && arrived.get() < 2; tries++) {
            Thread.onSpinWait();
        }
    }
}
