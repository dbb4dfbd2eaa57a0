package dev.rollcall.lincheck;

import dev.rollcall.lincheck.RacesLincheckTest.EndingAtOnce;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** More of {@link RacesLincheckTest}: who has a session, while its owner is lost, replaced or at work. */
class RacesOfClaimsLincheckTest {
    @Test
    void claimAndLoss() {
        String after = "describeFirst; countOf(0); countOf(1)";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", after, "claimFirst(1); describeFirst", "gone(0); countOf(0)")
                .race("", after, "claimFirst(1); describeFirst", "gone(1); countOf(1)")
                .race("", after, "claimFirst(1); describeFirst", "claimFirst(0); describeFirst")
                .race("", after, "claimFirst(1); find(1)", "destroyFirst; countOf(1)")
                .race("elapse", after, "claimFirst(1); find(1)", "sweep; countOf(1)")
                .race("", after, "claimFirst(1); find(1)", "close; countOf(1)")
                .race("", after, "createHere(2); claimFirst(1)", "close; countOf(1)")
                .race("", after, "claimFirst(1); isGone(1)", "gone(1); claimFirst(1)")
                .race("", after, "claimFirst(1); ownerFirst", "ownerFirst; ownerFirst")
                .race("", after, "gone(0)", "keepAliveFirst; ownerFirst")
                .race("", after, "destroyFirst", "destroyFirst; ownerFirst")
                .confirm(EndingAtOnce.class);
    }

    /** The owner destroys its session, or keeps it alive, while another transport claims it. */
    @Test
    void claimAndOwner() {
        String after = "describeFirst; count; countOf(0); countOf(1)";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", after, "claimFirst(1); describeFirst", "destroyFirstBy(0); describeFirst")
                .race("", after, "claimFirst(1); destroyFirstBy(1)", "destroyFirstBy(0); describeFirst")
                .race("", after, "claimFirst(1); destroyFirstBy(0)", "destroyFirstBy(1); ownerFirst")
                .race("", after, "gone(0); describeFirst", "destroyFirstBy(0); describeFirst")
                .race("elapse", after, "sweep; describeFirst", "destroyFirstBy(0); describeFirst")
                .race("", after, "claimFirst(1); elapse; sweep", "keepAliveFirstBy(0); ownerFirst")
                .race("", after, "claimFirst(1); ownerFirst", "keepAliveFirstBy(1); keepAliveFirstBy(0)")
                .race("", after, "claimFirst(1); claimFirst(0)", "keepAliveFirstBy(0); keepAliveFirstBy(1)")
                .race("", after, "gone(0)", "keepAliveFirstBy(0); describeFirst")
                .race("", after, "claimFirst(1)", "keepAliveFirst", "keepAliveFirstBy(0); describeFirst")
                .confirm(EndingAtOnce.class);
    }

    /** Sessions may be claimed for an era after the loss of their transport. */
    public static class Reclaiming extends AllOperations {
        public Reclaiming() {
            super(1, 1, builder -> builder);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void reclaim() {
        String after = "describeFirst; countOf(1); counts";
        ModelChecking.races(LifecycleModel.Reclaiming.class)
                .race("gone(0); elapse", after, "claimFirst(1); describeFirst", "sweep")
                .race("gone(0); elapse", after, "destroyFirst; count", "sweep; count")
                .race("elapse", after, "gone(0); describeFirst", "sweep; sweep")
                .race("", after, "gone(0)", "elapse; sweep; describeFirst")
                .race("", after, "gone(0); describeFirst", "claimFirst(1); describeFirst")
                .race("gone(0)", after, "claimFirst(1); countOf(1)", "gone(1); describeFirst")
                .race("gone(0)", after, "keepAliveFirst; describeFirst", "claimFirst(1)")
                .race("gone(0); elapse; claimFirst(1)", after, "gone(1)", "sweep; describeFirst")
                .race("", after, "gone(0)", "claimFirst(1); gone(1)", "elapse; sweep")
                .race("gone(0); elapse", after, "claimFirst(1)", "sweep", "gone(1); countOf(1)")
                .race("", after, "gone(0)", "claimFirst(1)", "close; count")
                .race("gone(0)", after, "claimFirst(1)", "keepAliveFirst; ownerFirst")
                .race("", after, "gone(0); claimFirst(1)", "keepAliveFirst; ownerFirst")
                .race("", after, "gone(0); claimFirst(1)", "keepAliveFirstBy(1); keepAliveFirst")
                .race("gone(0)", after, "claimFirst(1)", "destroyFirstBy(0); destroyFirstBy(1)")
                .confirm(Reclaiming.class);
    }

    /**
     * A handle reads state, owner and state again, without a lock. Without the second look a loss and the
     * first half of a claim fit in between, and the owner that is told is one that the session does not have
     * yet, which a keepalive gives away. Few interleavings do it, so these races get many.
     */
    @Test
    void ownerWithoutLock() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class)
                .budget(0, 3_000)
                .race("", "describeFirst", "gone(0); claimFirst(1)", "ownerFirst; keepAliveFirst")
                .confirm(Reclaiming.class);
    }

    /** The same of a keepalive by the owner, which a claim in between must not make true. */
    @Test
    void keepAliveByOwnerWithoutLock() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class)
                .budget(0, 3_000)
                .race("", "describeFirst", "gone(0); claimFirst(1)", "keepAliveFirstBy(1); keepAliveFirst")
                .confirm(Reclaiming.class);
    }
}
