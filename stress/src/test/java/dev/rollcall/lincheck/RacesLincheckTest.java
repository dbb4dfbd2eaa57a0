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

    /**
     * The ids are neighbours in one chain, in the order 2, 3, 1. Creates and ends look for their place
     * before they lock, so a neighbour that comes or goes meanwhile makes them look again.
     */
    @Test
    void neighboursInAChain() {
        String after = "find(1); find(2); find(3); createHere(2); destroy(3); destroy(1); counts";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", after, "createHere(2)", "createHere(3)")
                .race("", after, "destroyFirst", "createHere(3)")
                .race("", after, "destroy(1)", "createHere(3)")
                .race("createHere(2)", after, "createHere(3)", "destroy(2)")
                .race("createHere(2)", after, "destroyFirst", "destroy(2); createHere(3)")
                .race("createHere(2); createHere(3)", after, "destroy(3)", "destroy(2)")
                .race("elapse", "elapse; sweep; counts", "createHere(2)", "sweep")
                .confirm(EndingAtOnce.class);
    }

    /**
     * The first session of transport 0 has it to itself, the others have places in a set. They come and
     * go so that places are given out again; then the loss of the transport must find them all.
     */
    @Test
    void placesOnATransport() {
        String before = "createHere(2); createHere(3)";
        String after = "countOf(0); countOf(1); gone(0); find(1); find(2); find(3); countOf(0)";
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race(before, after, "destroy(3); createHere(3)", "claimFirst(1)")
                .race(before, after, "destroy(2); createHere(2)", "destroy(3)")
                .race(before, after, "destroy(2); createHere(2)", "gone(0)")
                .race("createHere(2)", after, "destroyFirst; createHere(1)", "createHere(3)")
                .confirm(EndingAtOnce.class);
    }

    @Test
    void listings() {
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", "", "list", "createHere(2); destroy(1)")
                .race("", "", "list", "destroy(1); createHere(1); destroy(1)")
                .race("createHere(2)", "", "list", "destroy(1); createHere(3)")
                .race("createHere(2)", "", "listOf(0)", "claimFirst(1); destroy(2)")
                .race("createHere(2)", "", "listOf(0)", "claimFirst(1); claimFirst(0)")
                .race("createHere(2)", "", "listOf(0); listOf(1)", "gone(0)")
                .race("", "audit", "audit", "createHere(2); destroyFirst")
                .race("", "audit", "audit", "claimFirst(1); gone(0)")
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

    /** As before, the ids 1 and 2 on different shards. */
    public static class OnTwoShards extends AllOperations {
        public OnTwoShards() {
            super(2, 0, builder -> builder);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void figuresOfTwoShards() {
        ModelChecking.races(LifecycleModel.EndingAtOnce.class)
                .race("", "counts", "createHere(2); count", "destroyFirst; count")
                .race("", "counts", "createHere(2)", "find(2); count; counts")
                .race("", "counts", "destroyFirst", "find(1); count; counts")
                .race("", "counts", "createHere(2); destroyFirst", "counts; counts")
                .race("createHere(2)", "counts", "destroyFirst; createHere(3)", "count; countOf(0)")
                .race("createHere(2)", "counts", "gone(0); count", "find(1); find(2); counts")
                .race("createHere(2); elapse", "counts", "sweep; count", "find(2); find(1); counts")
                .race("createHere(2)", "counts", "close; count", "find(2); find(1); createHere(3)")
                .race("", "counts", "createHere(2)", "destroyFirst", "counts; counts")
                .race("", "counts", "createHere(2)", "destroyFirst", "find(2); find(1); count")
                .race("", "counts", "createHere(2)", "close", "createHere(3); find(2); find(2)")
                .race("", "counts", "createHere(2)", "gone(0)", "create(2, 1); find(2); countOf(0)")
                .confirm(OnTwoShards.class);
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
     * yet, which a keepalive gives away. Few interleavings do it, so this race gets many.
     */
    @Test
    void ownerWithoutLock() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class)
                .budget(0, 3_000)
                .race("", "describeFirst", "gone(0); claimFirst(1)", "ownerFirst; keepAliveFirst")
                .confirm(Reclaiming.class);
    }

    /** Two sessions at most, on two shards. */
    public static class Limited extends AllOperations {
        public Limited() {
            super(2, 0, builder -> builder.maxSessions(2));
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void limit() {
        String after = "createHere(3); createHere(2); counts";
        ModelChecking.races(LifecycleModel.Limited.class)
                .race("", after, "createHere(2); count", "createHere(3); count")
                .race("createHere(2)", after, "destroy(2); count", "createHere(3); count")
                .race("createHere(2)", after, "gone(0); count", "create(3, 1); count")
                .race("createHere(2); elapse", after, "sweep; count", "createHere(3); count")
                .race("createHere(2)", after, "close; count", "createHere(3); count")
                .race("", after, "createHere(2)", "createHere(3)", "destroyFirst; count")
                .confirm(Limited.class);
    }

    @Test
    void threeThreads_anything() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(EndingAtOnce.class);
    }
}
