package dev.rollcall.lincheck;

import dev.rollcall.AuditReport;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The real manager against {@link LifecycleModel}: whose a session is, whose an id, and how many
 * there are, on one shard and on two, two threads at a time. {@link LifetimeLincheckTest} has what
 * depends on time and on limits, {@link RacesLincheckTest} the known races.
 */
class OwnershipLincheckTest {
    /** A listing or a self-check takes as many steps as ten other operations. */
    private static final int LISTED_SCENARIOS = 6;

    private static final int LISTED_INTERLEAVINGS = 50;

    /** G1, G2, G7: an id is created, ended and created again while it is looked up and counted. */
    abstract static class Identity extends ManagerHarness {
        Identity(int shards) {
            super(shards, 0, builder -> builder);
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
        public boolean keepAlive(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doKeepAlive(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }
    }

    public static class IdentityOnOneShard extends Identity {
        public IdentityOnOneShard() {
            super(1);
        }
    }

    public static class IdentityOnTwoShards extends Identity {
        public IdentityOnTwoShards() {
            super(2);
        }
    }

    @Test
    void identity_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(IdentityOnOneShard.class);
    }

    @Test
    void identity_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(IdentityOnTwoShards.class);
    }

    /** G4, G5: sessions are moved and created while their transports go. */
    abstract static class Ownership extends ManagerHarness {
        Ownership(int shards) {
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
        public boolean gone(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doGone(transport);
        }

        @Operation
        public boolean isGone(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doIsGone(transport);
        }

        @Operation
        public SessionInfo describe(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDescribe(id);
        }

        @Operation
        public long countOf(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doCountOf(transport);
        }

        @Operation
        public SessionCounts counts() {
            return doCounts();
        }
    }

    public static class OwnershipOnOneShard extends Ownership {
        public OwnershipOnOneShard() {
            super(1);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    public static class OwnershipOnTwoShards extends Ownership {
        public OwnershipOnTwoShards() {
            super(2);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void ownership_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(OwnershipOnOneShard.class);
    }

    @Test
    void ownership_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(OwnershipOnTwoShards.class);
    }

    /** G7: a handle of a session whose id has a successor. */
    public static class StaleHandle extends ManagerHarness {
        public StaleHandle() {
            super(1, 0, builder -> builder);
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean keepAliveFirst() {
            return doKeepAliveFirst();
        }

        @Operation
        public boolean destroyFirst() {
            return doDestroyFirst();
        }

        @Operation
        public Object claimFirst(@Param(gen = IntGen.class, conf = "0:1") int to) {
            return doClaimFirst(to);
        }

        @Operation
        public SessionInfo describeFirst() {
            return doDescribeFirst();
        }

        @Operation
        public SessionInfo describe(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDescribe(id);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void staleHandle() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(StaleHandle.class);
    }

    /** Listings and the self-check while sessions come, go and move. */
    abstract static class Listings extends ManagerHarness {
        Listings(int shards) {
            super(shards, 0, builder -> builder);
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
        public Object claim(
                @Param(gen = IntGen.class, conf = "1:2") int id, @Param(gen = IntGen.class, conf = "0:1") int to) {
            return doClaim(id, to);
        }

        @Operation
        public List<SessionInfo> list() {
            return doList();
        }

        @Operation
        public List<Integer> listOf(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doListOf(transport);
        }

        @Operation
        public AuditReport audit() {
            return doAudit();
        }
    }

    public static class ListingsOnOneShard extends Listings {
        public ListingsOnOneShard() {
            super(1);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    public static class ListingsOnTwoShards extends Listings {
        public ListingsOnTwoShards() {
            super(2);
        }

        @Validate
        public void validate() {
            requireClean();
        }
    }

    @Test
    void listings_onOneShard() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class)
                .budget(LISTED_SCENARIOS, LISTED_INTERLEAVINGS)
                .confirm(ListingsOnOneShard.class);
    }

    @Test
    void listings_onTwoShards() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class)
                .budget(LISTED_SCENARIOS, LISTED_INTERLEAVINGS)
                .confirm(ListingsOnTwoShards.class);
    }
}
