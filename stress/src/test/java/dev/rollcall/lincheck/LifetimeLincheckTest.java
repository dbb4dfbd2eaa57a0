package dev.rollcall.lincheck;

import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The real manager against {@link LifecycleModel}: timeouts, the reclaim timeout, shutdown and the
 * limit, on one shard and on two, two threads at a time.
 */
class LifetimeLincheckTest {
    /** G3: keepalives and changes of the timeout against sweeps. */
    abstract static class Idleness extends ManagerHarness {
        Idleness(int shards) {
            super(shards, 0, builder -> builder);
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
        public boolean keepAlive(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doKeepAlive(id);
        }

        @Operation
        public boolean setTimeout(@Param(gen = IntGen.class, conf = "0:2") int eras) {
            return doSetTimeout(1, eras);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public SessionInfo describeFirst() {
            return doDescribeFirst();
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }
    }

    public static class IdlenessOnOneShard extends Idleness {
        public IdlenessOnOneShard() {
            super(1);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    public static class IdlenessOnTwoShards extends Idleness {
        public IdlenessOnTwoShards() {
            super(2);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void idleness_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(IdlenessOnOneShard.class);
    }

    @Test
    void idleness_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(IdlenessOnTwoShards.class);
    }

    /** G4, G6: losses, claims and the reclaim timeout. */
    public static class Grace extends ManagerHarness {
        public Grace() {
            super(1, 1, builder -> builder);
        }

        @Operation
        public boolean goneHere() {
            return doGone(0);
        }

        @Operation
        public Object claim(
                @Param(gen = IntGen.class, conf = "1:2") int id, @Param(gen = IntGen.class, conf = "0:1") int to) {
            return doClaim(id, to);
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
        public boolean keepAlive(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doKeepAlive(id);
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
    void grace() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class).confirm(Grace.class);
    }

    /** G10: close and drain against what they shut out. */
    abstract static class Shutdown extends ManagerHarness {
        Shutdown(int shards) {
            super(shards, 0, builder -> builder);
        }

        @Operation
        public String create(
                @Param(gen = IntGen.class, conf = "1:2") int id,
                @Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doCreate(id, transport);
        }

        @Operation
        public Object claim(
                @Param(gen = IntGen.class, conf = "1:2") int id, @Param(gen = IntGen.class, conf = "0:1") int to) {
            return doClaim(id, to);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public void close() {
            doClose();
        }

        @Operation
        public boolean drain() throws InterruptedException {
            return doDrain();
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }
    }

    public static class ShutdownOnOneShard extends Shutdown {
        public ShutdownOnOneShard() {
            super(1);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    public static class ShutdownOnTwoShards extends Shutdown {
        public ShutdownOnTwoShards() {
            super(2);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void shutdown_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(ShutdownOnOneShard.class);
    }

    @Test
    void shutdown_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(ShutdownOnTwoShards.class);
    }

    /** G9: creates at the limit against every way to give a permit back. */
    abstract static class Limit extends ManagerHarness {
        Limit(int shards) {
            super(shards, 0, builder -> builder.maxSessions(2));
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
        public long count() {
            return doCount();
        }
    }

    public static class LimitOnOneShard extends Limit {
        public LimitOnOneShard() {
            super(1);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    public static class LimitOnTwoShards extends Limit {
        public LimitOnTwoShards() {
            super(2);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void limit_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.Limited.class).confirm(LimitOnOneShard.class);
    }

    @Test
    void limit_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.Limited.class).confirm(LimitOnTwoShards.class);
    }
}
