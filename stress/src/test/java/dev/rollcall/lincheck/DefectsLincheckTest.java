package dev.rollcall.lincheck;

import dev.rollcall.lincheck.LifecycleModel.EndingAtOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That the model checking can go red: the sound miniature is confirmed, each of its defects
 * refuted.
 */
class DefectsLincheckTest {
    private static ModelChecking modelChecking() {
        return ModelChecking.inSteps(EndingAtOnce.class).budget(100, 150);
    }

    @Test
    void sound_isConfirmed() {
        modelChecking().budget(20, 150).confirm(Defects.Sound.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Defects.UnvalidatedTallies.class,
                Defects.UncheckedAbsence.class,
                Defects.EndedBeforeLock.class,
                Defects.UnconditionalDecrement.class,
                Defects.ForgettingTimeout.class,
                Defects.GoneCheckedOutsideLock.class,
                Defects.IdCheckedOutsideLock.class,
                Defects.CounterAfterTable.class,
                Defects.LostKeepalive.class,
                Defects.StaleLoss.class,
                Defects.StaleClaim.class
            })
    void defect_isRefuted(Class<?> defect) {
        modelChecking().refute(defect);
    }
}
