package dev.rollcall.stress;

/**
 * Where the two actors of a sample meet again and again, once for each lap. A scene takes far longer to
 * make than an operation takes, and in a new one each operation meets memory that no processor has near.
 * So many laps in one scene show more than as many scenes with one race each. As at a {@link Meeting},
 * whoever comes first waits a moment, in vain if the other is not running: what a lap finds must be right
 * whether or not they are abreast.
 */
public final class Laps {
    private volatile int first;
    private volatile int second;

    /** The first actor is about to begin a lap, counted from 1. */
    public void beginFirst(int lap) {
        first = lap;
        for (int tries = 0; tries < Scene.TRIES && second < lap; tries++) {
            Thread.onSpinWait();
        }
    }

    /** The second actor is about to begin a lap, counted from 1. */
    public void beginSecond(int lap) {
        second = lap;
        for (int tries = 0; tries < Scene.TRIES && first < lap; tries++) {
            Thread.onSpinWait();
        }
    }
}
