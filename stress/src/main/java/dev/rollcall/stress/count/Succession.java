package dev.rollcall.stress.count;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Scene;

/**
 * One session at a time: one actor creates each once the one before is seen to be gone, the other ends
 * it once it was counted.
 */
final class Succession {
    /** The scene takes longer to make than a lap takes. */
    private static final int LAPS = 16;

    private final Scene scene;
    private final long[] ids;
    private volatile int counted;

    Succession(CounterStrategy strategy) {
        scene = new Scene(2, strategy);
        ids = new long[] {scene.idInShard(0, 0), scene.idInShard(1, 0)};
        scene.create(ids[0]);
    }

    void destroyEach() {
        for (int lap = 0; lap < LAPS && counted == lap; lap++) {
            scene.manager.destroy(ids[lap & 1]);
            for (int tries = 0; tries < Scene.TRIES && counted == lap; tries++) {
                Thread.onSpinWait();
            }
        }
    }

    /** The first wrong count after a create, else the last one; -1 if the first session was not gone soon. */
    long createEach() {
        long count = -1;
        for (int lap = 0; lap < LAPS && isGone(ids[lap & 1]); lap++) {
            scene.create(ids[~lap & 1]);
            count = scene.manager.count();
            if (count != 1) {
                return count;
            }
            counted = lap + 1;
        }
        return count;
    }

    private boolean isGone(long id) {
        for (int tries = 0; tries < Scene.TRIES && scene.finds(id); tries++) {
            Thread.onSpinWait();
        }
        return !scene.finds(id);
    }
}
