package dev.rollcall.lincheck;

import dev.rollcall.AuditReport;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionManagerBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Every operation that {@link LifecycleModel} knows. */
abstract class AllOperations extends ManagerHarness {
    AllOperations(int shards, int reclaimEras, UnaryOperator<SessionManagerBuilder<Integer>> more) {
        super(shards, reclaimEras, more);
    }

    @Operation
    public String create(
            @Param(gen = IntGen.class, conf = "1:3") int id, @Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doCreate(id, transport);
    }

    @Operation
    public String createHere(@Param(gen = IntGen.class, conf = "1:3") int id) {
        return doCreate(id, 0);
    }

    @Operation
    public Object claim(
            @Param(gen = IntGen.class, conf = "1:3") int id, @Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doClaim(id, transport);
    }

    @Operation
    public Object claimFirst(@Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doClaimFirst(transport);
    }

    @Operation
    public boolean keepAlive(@Param(gen = IntGen.class, conf = "1:3") int id) {
        return doKeepAlive(id);
    }

    @Operation
    public boolean keepAliveFirst() {
        return doKeepAliveFirst();
    }

    @Operation
    public boolean destroy(@Param(gen = IntGen.class, conf = "1:3") int id) {
        return doDestroy(id);
    }

    @Operation
    public boolean destroyFirst() {
        return doDestroyFirst();
    }

    @Operation
    public boolean keepAliveFirstBy(@Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doKeepAliveFirstBy(transport);
    }

    @Operation
    public boolean destroyFirstBy(@Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doDestroyFirstBy(transport);
    }

    @Operation
    public boolean setTimeout(@Param(gen = IntGen.class, conf = "0:2") int eras) {
        return doSetTimeout(1, eras);
    }

    @Operation
    public boolean find(@Param(gen = IntGen.class, conf = "1:3") int id) {
        return doFind(id);
    }

    @Operation
    public SessionInfo describe(@Param(gen = IntGen.class, conf = "1:3") int id) {
        return doDescribe(id);
    }

    @Operation
    public SessionInfo describeFirst() {
        return doDescribeFirst();
    }

    @Operation
    public String ownerFirst() {
        return doOwnerFirst();
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
    public long count() {
        return doCount();
    }

    @Operation
    public long countOf(@Param(gen = IntGen.class, conf = "0:1") int transport) {
        return doCountOf(transport);
    }

    @Operation
    public SessionCounts counts() {
        return doCounts();
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

    @Operation
    public void elapse() {
        doElapse();
    }

    @Operation
    public int sweep() {
        return doSweep();
    }

    @Operation
    public void close() {
        doClose();
    }

    @Operation
    public boolean drain() throws InterruptedException {
        return doDrain();
    }
}
