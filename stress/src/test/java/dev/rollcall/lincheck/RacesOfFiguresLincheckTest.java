package dev.rollcall.lincheck;

import dev.rollcall.lincheck.RacesLincheckTest.EndingAtOnce;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** More of {@link RacesLincheckTest}: what is found, listed and counted, in one chain, on one transport, on two shards. */
class RacesOfFiguresLincheckTest {
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
}
