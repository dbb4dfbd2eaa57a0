package dev.rollcall.lincheck;

import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Races of three threads, which two processors hardly ever show: few operations each, chosen so that
 * all three meet on one session or one figure.
 */
class ThreeThreadsLincheckTest {
    /** The issue that started it: three ways to end one session at once. */
    public static class Endings extends ManagerHarness {
        public Endings() {
            super(1, 0, builder -> builder);
        }

        @Operation
        public boolean destroyFirst() {
            return doDestroyFirst();
        }

        @Operation
        public boolean goneHere() {
            return doGone(0);
        }

        @Operation
        public void elapse() {
            doElapse();
        }

        @Operation
        public int sweep() {
            return doSweep();
        }

        @Operation
        public SessionInfo describeFirst() {
            return doDescribeFirst();
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void endings() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(Endings.class);
    }

    /** Two losses and a claim between them. */
    public static class Moves extends ManagerHarness {
        public Moves() {
            super(1, 1, builder -> builder);
        }

        @Operation
        public Object claimAway() {
            return doClaim(1, 1);
        }

        @Operation
        public boolean gone(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doGone(transport);
        }

        @Operation
        public SessionInfo describeFirst() {
            return doDescribeFirst();
        }

        @Operation
        public long countOf(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doCountOf(transport);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void moves() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class).threads(3, 2).confirm(Moves.class);
    }

    /** An id changes hands while it is looked up. */
    public static class Succession extends ManagerHarness {
        public Succession() {
            super(1, 0, builder -> builder);
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void succession() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(Succession.class);
    }

    /** Creates on two shards, and the count across them. */
    public static class Snapshots extends ManagerHarness {
        public Snapshots() {
            super(2, 0, builder -> builder);
        }

        @Operation
        public String create(
                @Param(gen = IntGen.class, conf = "1:2") int id,
                @Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doCreate(id, transport);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void snapshots() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(Snapshots.class);
    }

    /** Close and a loss against creates that are under way. */
    public static class LateCreates extends ManagerHarness {
        public LateCreates() {
            super(2, 0, builder -> builder);
        }

        @Operation
        public String create(
                @Param(gen = IntGen.class, conf = "1:2") int id,
                @Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doCreate(id, transport);
        }

        @Operation
        public boolean goneHere() {
            return doGone(0);
        }

        @Operation
        public void close() {
            doClose();
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public SessionInfo describe(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDescribe(id);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void lateCreates() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(LateCreates.class);
    }

    /** A keepalive and a change of timeout against two sweeps. */
    public static class Sweeps extends ManagerHarness {
        public Sweeps() {
            super(1, 0, builder -> builder);
        }

        @Operation
        public void elapse() {
            doElapse();
        }

        @Operation
        public int sweep() {
            return doSweep();
        }

        @Operation
        public boolean keepAliveFirst() {
            return doKeepAliveFirst();
        }

        @Operation
        public boolean setTimeout(@Param(gen = IntGen.class, conf = "0:2") int eras) {
            return doSetTimeout(1, eras);
        }

        @Operation
        public SessionInfo describeFirst() {
            return doDescribeFirst();
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void sweeps() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).threads(3, 2).confirm(Sweeps.class);
    }
}
