package dev.rollcall.lincheck;

import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The races of the scenario matrix, one by one, on the real manager: operations before, operations of
 * two or three threads at once, and the observations that tell a right outcome from a wrong one. The
 * tests of {@link OwnershipLincheckTest} and {@link LifetimeLincheckTest} look where nobody pointed.
 */
class RacesLincheckTest {
    /** Sessions end when their transport goes. */
    public static class EndingAtOnce extends AllOperations {
        public EndingAtOnce() {
            super(1, 0, builder -> builder);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void twoWaysToEnd() {
        String after = "describeFirst; find(1); counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("elapse", after, "destroyFirst; count", "sweep; count")
                .race("", after, "destroyFirst; count", "gone(0); count")
                .race("elapse", after, "sweep; count", "gone(0); count")
                .race("", after, "destroyFirst; find(1)", "destroyFirst; count")
                .race("elapse", after, "sweep; count", "sweep; describeFirst")
                .race("", after, "gone(0); countOf(0)", "gone(0); countOf(0)")
                .race("", after, "close; count", "destroyFirst; count")
                .race("elapse", after, "close; count", "sweep; find(1)")
                .race("", after, "close; count", "close; find(1)")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void keepaliveAndTimeout() {
        String after = "describeFirst; counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("elapse", after, "keepAliveFirst; describeFirst", "sweep")
                .race("elapse", after, "keepAlive(1)", "sweep; keepAlive(1)")
                .race("", after, "keepAliveFirst; find(1)", "destroyFirst; find(1)")
                .race("", after, "keepAliveFirst; find(1)", "gone(0); keepAliveFirst")
                .race("elapse", after, "setTimeout(2)", "sweep")
                .race("elapse", after, "setTimeout(0)", "sweep")
                .race("elapse; setTimeout(2)", after, "setTimeout(1)", "sweep; sweep")
                .race("setTimeout(0); elapse", after, "setTimeout(1)", "sweep; sweep")
                .race("", after, "keepAliveFirst", "elapse; sweep; keepAliveFirst")
                .race("elapse", after, "keepAliveFirst", "sweep; elapse; sweep")
                .race("setTimeout(2)", after, "setTimeout(1)", "elapse; sweep; elapse; sweep")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void createAndWhatShutsItOut() {
        String after = "describe(2); countOf(0); counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", after, "createHere(2); describe(2)", "gone(0); countOf(0)")
                .race("", after, "createHere(2); find(2)", "gone(0); find(2); count")
                .race("", after, "createHere(2); find(2)", "close; find(2); count")
                .race("", after, "createHere(2); find(2)", "drain; count; find(2)")
                .race("destroyFirst", after, "createHere(2); find(2)", "drain; count")
                .race("", after, "destroyFirst; createHere(2)", "drain; find(1); drain")
                .confirm(EndingAtOnce.class);
    }

    /** A create that is refused gives back what it has reserved on the transport, and nothing else. */
    @Test
    void refusalBesideACreate() {
        String after = "describe(2); countOf(1); counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", after, "create(1, 1)", "create(2, 1); countOf(1)")
                .race("", after, "create(1, 1)", "create(2, 1); gone(1)")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void refusalsAreTalliedEach() {
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("gone(1)", "counts", "create(2, 1)", "create(2, 1)")
                .race("", "counts", "create(1, 1)", "create(1, 1); counts")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void successionOfAnId() {
        String after = "describe(1); describeFirst; counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("destroyFirst", after, "createHere(1); find(1)", "create(1, 1); find(1)")
                .race("", after, "destroyFirst; createHere(1)", "createHere(1); find(1)")
                .race("", after, "destroy(1); createHere(1)", "destroyFirst; find(1)")
                .race("", after, "destroy(1); createHere(1)", "destroy(1); find(1)")
                .race("", after, "destroy(1); create(1, 1)", "gone(0); find(1)")
                .race("elapse", after, "destroy(1); createHere(1)", "sweep; find(1)")
                .race("", after, "destroy(1); createHere(1)", "keepAliveFirst; describe(1)")
                .race("", after, "destroy(1); createHere(1)", "claimFirst(1); describe(1)")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void threeAtOnce() {
        String after = "describeFirst; find(1); counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("elapse", after, "destroyFirst; count", "sweep", "gone(0); count")
                .race("", after, "claimFirst(1)", "gone(0)", "gone(1); describeFirst")
                .race("elapse", after, "keepAliveFirst", "setTimeout(2)", "sweep; describeFirst")
                .race("elapse", after, "keepAliveFirst; find(1)", "sweep", "sweep")
                .race("", after, "destroyFirst; createHere(1)", "createHere(1)", "find(1); count")
                .race("", after, "createHere(2)", "close", "find(2); find(2); count")
                .race("", after, "createHere(2)", "gone(0)", "describe(2); countOf(0)")
                .race("", after, "claimFirst(1)", "close; count", "destroyFirst")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void threeThreads_anything() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(EndingAtOnce.class);
    }
}
