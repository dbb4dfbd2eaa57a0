package dev.rollcall.stress.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.Scene;
import org.junit.jupiter.api.Test;

/** Catchers for {@link MutantRunTest}; not tests of this module, so not named as one. */
class SampleChecks {
    @Test
    void liveAfterACreate() {
        Scene scene = new Scene();
        scene.create(1);
        assertThat(scene.manager.counts().live()).isOne();
    }

    @Test
    void redOnTheSoundCore() {
        assertThat(new Scene().manager.counts().live()).isOne();
    }
}
