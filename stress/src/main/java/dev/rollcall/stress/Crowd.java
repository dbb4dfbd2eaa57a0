package dev.rollcall.stress;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManagerBuilder;
import java.util.function.UnaryOperator;

/** A scene with more sessions than a manager ends in one critical section, all on transport A. */
public final class Crowd {
    /** More than a batch of 128 in each of two shards. */
    public static final int SESSIONS = 400;

    /** So many are destroyed or claimed one by one; all others are left to whatever ends them all. */
    private static final int TOUCHED = 40;

    public final Scene scene;

    /** So many shards. */
    public Crowd(int shards, UnaryOperator<SessionManagerBuilder<Void>> settings) {
        scene = new Scene(shards, settings);
        for (int id = 1; id <= SESSIONS; id++) {
            scene.create(id);
        }
    }

    /** Destroys some one by one, the last first, and returns how many it ended. */
    public int destroyLastFirst() {
        int destroyed = 0;
        for (int id = SESSIONS; id > SESSIONS - TOUCHED; id--) {
            destroyed += scene.manager.destroy(id) ? 1 : 0;
        }
        return destroyed;
    }

    /** Claims some one by one for transport B, the last first, and returns how many it moved. */
    public int claimLastFirst() {
        int claimed = 0;
        for (int id = SESSIONS; id > SESSIONS - TOUCHED; id--) {
            Session<Void> session = scene.manager.find(id);
            claimed +=
                    session != null && Scene.tryClaim(session, scene.transportB).equals(true) ? 1 : 0;
        }
        return claimed;
    }

    /** {@code "all once"} if all sessions have ended, so many for each of two causes; else what is wrong. At rest. */
    public Object ended(EndCause one, int byOne, EndCause other, int byOther) {
        String disagreement = scene.disagreement();
        if (disagreement != null) {
            return disagreement;
        }
        SessionCounts counts = scene.manager.counts();
        boolean allOnce = counts.live() == 0
                && byOne + byOther == SESSIONS
                && counts.ended(one) == byOne
                && counts.ended(other) == byOther;
        return allOnce ? "all once" : counts.toString();
    }
}
