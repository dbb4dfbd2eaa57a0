package dev.rollcall.stress.run;

import java.util.List;

/** How much time the whole matrix gets, and in which JVM modes it runs. */
public enum Profile {
    /** In every build. */
    SHORT(80, JvmMode.TIERED, JvmMode.C2_RANDOMIZED),

    /** In the main job. */
    FULL(190, JvmMode.TIERED, JvmMode.C2_RANDOMIZED, JvmMode.C1),

    /** By hand. */
    LONG(4 * 3600, JvmMode.values());

    private final int seconds;
    private final List<JvmMode> modes;

    Profile(int seconds, JvmMode... modes) {
        this.seconds = seconds;
        this.modes = List.of(modes);
    }

    /** The time budget unless another one is asked for. */
    public int seconds() {
        return seconds;
    }

    /** The JVM modes; each test runs in each. */
    public List<JvmMode> modes() {
        return modes;
    }
}
