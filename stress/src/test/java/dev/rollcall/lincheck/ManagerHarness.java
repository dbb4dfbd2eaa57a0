package dev.rollcall.lincheck;

import dev.rollcall.AuditReport;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.ShardChoice;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The real manager behind the vocabulary of {@link LifecycleModel}: small ids, numbered transports,
 * time in eras, results as values that can be compared. The ids 1, 2, 3 lie on the shards 0, 1, 0
 * (as far as there are two). Operations are declared by the classes that extend this.
 */
abstract class ManagerHarness {
    static final int TRANSPORTS = 2;
    static final int IDS = 3;

    /** A real id is its small number times this, and a little more to hit the right place. */
    static final int ID_SPACING = 100_000;

    /**
     * By ids, the bits above the bucket's. All lie in one bucket per shard, in the order 2, 3, 1, so
     * that who looks for 1 may stand on what is unlinked.
     */
    private static final int[] ORDER = {0, 0b01, 0b00, 0b10};

    private static final int BUCKET_BITS = 4;
    private static final int ORDER_BITS = 2;

    /** By shards, less one. Chosen once: every run of an interleaving must meet the same chains. */
    private static final List<long[]> CHOSEN = List.of(choose(1), choose(2));

    /** One step of the clock: so long that no rounding of deadlines matters. */
    private static final Duration ERA = Duration.ofHours(1);

    /** By eras. Half an era short, so that a deadline never falls on a reading of the clock. */
    private static final List<Duration> TIMEOUTS =
            List.of(Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(90));

    private final AtomicLong clock = new AtomicLong();
    private final SessionManager<Integer> manager;
    private final List<Transport<Integer>> transports = new ArrayList<>();
    private final long[] ids;
    private final Session<Integer> first;

    ManagerHarness(int shards, int reclaimEras, UnaryOperator<SessionManagerBuilder<Integer>> more) {
        manager = more.apply(SessionManager.<Integer>builder()
                        .shards(shards)
                        .sessionTimeout(TIMEOUTS.get(1))
                        .reclaimTimeout(TIMEOUTS.get(reclaimEras))
                        .ticker(clock::get)
                        .idSource(() -> 1)
                        .callerSweeps())
                .build();
        for (int number = 0; number < TRANSPORTS; number++) {
            transports.add(manager.openTransport(Integer.toString(number)));
        }
        ids = CHOSEN.get(shards - 1);
        first = manager.create(transports.get(0), options(1));
    }

    private static long[] choose(int shards) {
        long[] chosen = new long[IDS + 1];
        try (SessionManager<Integer> manager =
                SessionManager.<Integer>builder().shards(shards).callerSweeps().build()) {
            for (int id = 1; id <= IDS; id++) {
                chosen[id] = ShardChoice.id(
                        manager,
                        (id - 1) % shards,
                        ORDER[id] << BUCKET_BITS,
                        BUCKET_BITS + ORDER_BITS,
                        (long) id * ID_SPACING);
            }
        }
        return chosen;
    }

    private SessionOptions<Integer> options(int id) {
        return SessionOptions.<Integer>defaults().id(ids[id]).attachment(id);
    }

    /**
     * Any operation, while no other thread is at work.
     *
     * @param call the operation
     * @return what it returns, null if that is nothing
     * @throws Throwable what it throws
     */
    public Object atRest(AtRest call) throws Throwable {
        return AtRest.call(call, this);
    }

    String doCreate(int id, int transport) {
        try {
            manager.create(transports.get(transport), options(id));
            return "created";
        } catch (SessionRejectedException refused) {
            return refused.reason().name();
        }
    }

    Object doClaim(int id, int to) {
        try {
            return manager.claim(ids[id], transports.get(to));
        } catch (SessionRejectedException refused) {
            return refused.reason().name();
        }
    }

    Object doClaimFirst(int to) {
        try {
            return first.claim(transports.get(to));
        } catch (SessionRejectedException refused) {
            return refused.reason().name();
        }
    }

    boolean doKeepAlive(int id) {
        return manager.keepAlive(ids[id]);
    }

    boolean doKeepAliveFirst() {
        return first.keepAlive();
    }

    boolean doDestroy(int id) {
        return manager.destroy(ids[id]);
    }

    boolean doDestroyFirst() {
        return first.destroy();
    }

    boolean doKeepAliveFirstBy(int transport) {
        return first.keepAlive(transports.get(transport));
    }

    boolean doDestroyFirstBy(int transport) {
        return first.destroy(transports.get(transport));
    }

    boolean doFind(int id) {
        return manager.find(ids[id]) != null;
    }

    boolean doSetTimeout(int id, int eras) {
        Session<Integer> session = manager.find(ids[id]);
        return session != null && session.setSessionTimeout(TIMEOUTS.get(eras));
    }

    /** Null if there is no such session. */
    SessionInfo doDescribe(int id) {
        Session<Integer> session = manager.find(ids[id]);
        return session == null ? null : session.info();
    }

    SessionInfo doDescribeFirst() {
        return first.info();
    }

    /** The name of the owner, read without a lock; null if there is none. */
    String doOwnerFirst() {
        Transport<Integer> owner = first.transport();
        return owner == null ? null : owner.name();
    }

    boolean doGone(int transport) {
        return transports.get(transport).gone();
    }

    boolean doIsGone(int transport) {
        return transports.get(transport).isGone();
    }

    List<SessionInfo> doList() {
        return manager.sessionInfos();
    }

    /** The listed sessions' numbers, sorted: their order is not promised, nor the same each time. */
    List<Integer> doListOf(int transport) {
        List<Integer> numbers = new ArrayList<>();
        for (Session<Integer> session : transports.get(transport).sessions()) {
            numbers.add(session.attachment());
        }
        numbers.sort(null);
        return numbers;
    }

    long doCount() {
        return manager.count();
    }

    long doCountOf(int transport) {
        return transports.get(transport).count();
    }

    SessionCounts doCounts() {
        return manager.counts();
    }

    AuditReport doAudit() {
        return manager.audit();
    }

    /** At rest: whether {@code count()} is exact, by whatever strategy. */
    void requireCounted() {
        requireCounted(manager);
    }

    private static void requireCounted(SessionManager<?> manager) {
        if (manager.count() != manager.counts().live()) {
            throw new AssertionError(manager.count() + " by count(), " + manager.counts());
        }
    }

    /** At rest: what an operator's self-check says. */
    void requireClean() {
        requireClean(manager);
    }

    private static void requireClean(SessionManager<?> manager) {
        AuditReport report = manager.audit();
        if (!report.isClean()) {
            throw new AssertionError(report);
        }
    }

    void doElapse() {
        clock.addAndGet(ERA.toNanos());
    }

    int doSweep() {
        return manager.sweep();
    }

    void doClose() {
        manager.close();
    }

    boolean doDrain() throws InterruptedException {
        return manager.drain(Duration.ZERO);
    }
}
