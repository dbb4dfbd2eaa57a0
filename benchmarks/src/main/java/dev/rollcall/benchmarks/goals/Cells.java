package dev.rollcall.benchmarks.goals;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Jvm;
import java.util.Set;

/** The cells that questions are about. */
public final class Cells {
    /** A random one of the live sessions is replaced. */
    public static final String REPLACE = "LifecycleBenchmark.replace";

    /** A session ends as soon as it was created. */
    public static final String CREATE_DESTROY = "LifecycleBenchmark.createDestroy";

    /** A keepalive by id. */
    public static final String BY_ID = "KeepaliveBenchmark.byId";

    /** A keepalive by handle. */
    public static final String BY_HANDLE = "KeepaliveBenchmark.byHandle";

    /** Writers beside one reader of the count. */
    public static final String WRITE = "CountBenchmark.write";

    /** A sweep that finds nothing due. */
    public static final String SWEEP = "SweepBenchmark.nothingDue";

    /** A sweep that finds everything kept alive. */
    public static final String SWEEP_KEPT_ALIVE = "SweepBenchmark.everythingKeptAlive";

    /** The end of all sessions by timeout. */
    public static final String EXPIRY = "ExpiryBenchmark.expireAll";

    /** Requests beside sweeps. */
    public static final String REQUESTS = "LatencyBenchmark.requests";

    /** The loss of a transport. */
    public static final String GONE = "TransportGoneBenchmark.gone";

    /** A claim. */
    public static final String CLAIM = "ClaimBenchmark.claim";

    /** Heap of sessions that share a transport. */
    public static final String MEMORY = "MemoryBenchmark.sharedTransport";

    /** Heap of sessions that have a transport each. */
    public static final String MEMORY_ALONE = "MemoryBenchmark.ownTransport";

    /** A session of a subject of the stress module's check is replaced. */
    public static final String SUBJECT_REPLACE = "SubjectBenchmark.replace";

    /** One is kept alive. */
    public static final String SUBJECT_KEEP_ALIVE = "SubjectBenchmark.keepAlive";

    /** Their count is read. */
    public static final String SUBJECT_COUNT = "SubjectBenchmark.count";

    /** A thousand live. */
    public static final long FEW = 1_000;

    /** A million live. */
    public static final long MANY = 1_000_000;

    /** A reader of the count; a thread that sweeps. */
    private static final Set<String> WITH_HELPER = Set.of(WRITE, REQUESTS);

    private static final Set<String> HANDED_OVER = Set.of(REPLACE, CREATE_DESTROY);

    /** Subjects with a thread of their own to which each create or destroy hands something over. */
    private static final Set<String> WITH_THREAD = Set.of(Subject.NETTY_WHEEL.name(), Subject.JETTY.name());

    private Cells() {}

    /**
     * Whether threads write to what others read, so that it matters how far apart their processors are. The collector G1
     * has such threads, too.
     */
    public static boolean isShared(Cell cell) {
        return cell.threads() > 1
                || WITH_HELPER.contains(cell.benchmark())
                || cell.jvm() == Jvm.G1
                || (HANDED_OVER.contains(cell.benchmark())
                        && WITH_THREAD.contains(cell.params().get("subject")));
    }

    /** Creates and destroys. */
    public static Cell replace(Subject subject, long live, int threads) {
        return Cell.of(REPLACE, threads, subject, live);
    }

    /** Keepalives by id on one thread. */
    public static Cell byId(Subject subject, long live) {
        return Cell.of(BY_ID, 1, subject, live);
    }

    /** Keepalives by handle on one thread. */
    public static Cell byHandle(Subject subject, long live) {
        return Cell.of(BY_HANDLE, 1, subject, live);
    }

    /**
     * Writers beside one reader of the count.
     *
     * @param shards 0 for the manager's own choice
     * @param reads how many a second
     */
    public static Cell write(Subject subject, int threads, int shards, int reads) {
        return Cell.of(WRITE, threads, subject, FEW).with("shards", shards).with("reads", reads);
    }

    /** The end of a million sessions. */
    public static Cell expiry(Subject subject) {
        return Cell.of(EXPIRY, 1, subject, MANY);
    }

    /** Requests beside sweeps over a million sessions, which are due or have been kept alive. */
    public static Cell requests(Subject subject, boolean isDue) {
        return Cell.of(REQUESTS, 1, subject, MANY).with("due", isDue);
    }

    /** A sweep that finds nothing due. */
    public static Cell sweep(Subject subject, long live) {
        return Cell.of(SWEEP, 1, subject, live);
    }

    /** The loss of a transport with one session. */
    public static Cell gone(Subject subject, long live, int shards) {
        return Cell.of(GONE, 1, subject, live).with("shards", shards);
    }

    /**
     * What an operation of a subject of the stress module's check costs, among a thousand sessions.
     *
     * @param subject its name on the command line
     */
    public static Cell checked(String benchmark, String subject) {
        return Cell.of(benchmark, 1, subject, FEW);
    }

    /** Heap of so many sessions. */
    public static Cell memory(String benchmark, Subject subject, long live) {
        return Cell.of(benchmark, 1, subject, live);
    }
}
