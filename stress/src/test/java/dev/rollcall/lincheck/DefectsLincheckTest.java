package dev.rollcall.lincheck;

import dev.rollcall.lincheck.LifecycleModel.EndingAtOnce;
import dev.rollcall.lincheck.LifecycleModel.Limited;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The controls, that the model checking can go red: each defect is refuted by the race that claims it, and the
 * sound miniature is confirmed by all those races, so that nothing but the defect can be the reason.
 */
class DefectsLincheckTest {
    static final List<Claim> CLAIMS = List.of(
            new Claim(Defects.UnvalidatedTallies.class, "", "", "createHere(2); destroy(1)", "count"),
            new Claim(Defects.UncheckedAbsence.class, "", "", "createHere(3)", "find(1)"),
            new Claim(Defects.EndedBeforeLock.class, "", "", "destroy(1)", "find(1); count"),
            new Claim(Defects.UnconditionalDecrement.class, "", "count", "destroy(1)", "destroy(1)"),
            new Claim(Defects.ForgettingTimeout.class, "elapse", "count", "sweep", "find(1)"),
            new Claim(Defects.GoneCheckedOutsideLock.class, "", "find(2); count", "createHere(2)", "goneHere"),
            new Claim(Defects.IdCheckedOutsideLock.class, "", "count", "createHere(2)", "createHere(2)"),
            new Claim(Defects.CounterAfterTable.class, "", "", "createHere(2)", "find(2); count"),
            new Claim(Defects.LostKeepalive.class, "elapse", "find(1)", "keepAlive(1)", "sweep"),
            new Claim(Defects.StaleLoss.class, "", "find(1)", "claimAway", "goneHere"),
            new Claim(Defects.StaleClaim.class, "elapse", "find(1)", "claimAway", "sweep"),
            new Claim(Defects.EarlierActivity.class, "", "find(1)", "keepAlive(1)", "elapse; keepAlive(1); sweep"),
            new Claim(Defects.StaleHandle.class, "", "find(1)", "destroy(1); createHere(1)", "destroyFirst"),
            new Claim(LookingDefects.StampIgnored.class, "", "find(3)", "createHere(3)", "destroy(1)"),
            new Claim(LookingDefects.ValidatedAfterUse.class, "", "find(3)", "createHere(3)", "destroy(1)"),
            new Claim(
                    LookingDefects.LinkedBeforeRefused.class,
                    "",
                    "find(1)",
                    "createHere(1)",
                    "elapse; keepAlive(1); sweep"),
            new Claim(LookingDefects.SplitForgetsTimer.class, "", "elapse; sweep", "createHere(3)", "find(1)"),
            new Claim(LookingDefects.NotFiledAgain.class, "elapse", "elapse; sweep", "keepAlive(1)", "sweep"),
            new Claim(LookingDefects.FiledLate.class, "elapse", "elapse; sweep", "keepAlive(1)", "sweep"),
            new Claim(
                    LookingDefects.PlaceFreedTwice.class,
                    "",
                    "goneHere; find(3)",
                    "claimAway; createHere(3)",
                    "destroy(1)"),
            new Claim(LookingDefects.PlaceReused.class, "", "goneHere; find(1)", "createHere(3)", "destroy(3)"),
            new Claim(LookingDefects.HashBitsDropped.class, "", "goneHere; find(1)", "createHere(3)", "find(1)"));

    static final List<Claim> CLAIMS_AT_THE_LIMIT = List.of(
            new Claim(Defects.LimitCheckedBeforeTaken.class, "", "count", "createHere(2)", "createHere(3)"),
            new Claim(Defects.UnownedGivenBack.class, "", "count", "createHere(1); createHere(2)", "createHere(3)"));

    /**
     * A defect and the race that claims to catch it.
     *
     * @param defect the control
     * @param before operations that come first
     * @param after operations that come last
     * @param one operations of one thread
     * @param other operations of another thread
     */
    record Claim(Class<?> defect, String before, String after, String one, String other) {
        @Override
        public String toString() {
            return defect.getSimpleName();
        }
    }

    private static ModelChecking races(Class<? extends LifecycleModel> specification, List<Claim> claims) {
        ModelChecking checking = ModelChecking.races(specification);
        claims.forEach(claim -> checking.race(claim.before, claim.after, claim.one, claim.other));
        return checking;
    }

    @Test
    void sound_isConfirmed() {
        races(EndingAtOnce.class, CLAIMS).confirm(Defects.Sound.class);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("CLAIMS")
    void defect_isRefuted(Claim claim) {
        races(EndingAtOnce.class, List.of(claim)).refute(claim.defect);
    }

    @Test
    void soundAtTheLimit_isConfirmed() {
        races(Limited.class, CLAIMS_AT_THE_LIMIT).confirm(Defects.SoundLimited.class);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("CLAIMS_AT_THE_LIMIT")
    void defectAtTheLimit_isRefuted(Claim claim) {
        races(Limited.class, List.of(claim)).refute(claim.defect);
    }
}
