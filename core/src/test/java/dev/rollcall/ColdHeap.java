package dev.rollcall;

import java.util.Map;

/**
 * What {@link FullHeapTest} runs once in a JVM of its own, without rehearsing: with the heap full, a process does for the
 * first time what only the last session of a crowded transport does.
 */
final class ColdHeap {
    /** More than fit into a set that is kept when it is empty. */
    private static final int CROWD = 70;

    private static final Map<String, Operation> OPERATIONS =
            Map.of("destroy", (last, other) -> last.destroy(), "claim", Session::claim);

    private ColdHeap() {}

    private interface Operation {
        boolean perform(Session<Object> last, Transport<Object> other);
    }

    static Iterable<String> names() {
        return OPERATIONS.keySet();
    }

    /** Arguments: the operation. */
    public static void main(String[] arguments) {
        ChildJvm.watch();
        Operation operation = OPERATIONS.get(arguments[0]);
        SessionManager<Object> manager = SessionManager.builder()
                .shards(1)
                .callerSweeps()
                .maxSessions(CROWD)
                .build();
        Transport<Object> crowded = manager.openTransport("crowded");
        Transport<Object> other = manager.openTransport("other");
        for (int i = 1; i < CROWD; i++) {
            manager.create(crowded);
        }
        Session<Object> last = manager.create(crowded); // not the first one, which needs no set
        for (Session<Object> session : crowded.sessions()) {
            if (session != last) {
                session.destroy();
            }
        }
        // The JVM made its first four errors in advance.
        for (int i = 0; i < 4; i++) {
            Ballast.fill(0);
            Ballast.free();
        }
        Ballast.fill(0);
        boolean isFull = Ballast.isFull();
        boolean hasFailed = false;
        try {
            operation.perform(last, other);
        } catch (OutOfMemoryError full) {
            hasFailed = true;
        }
        Ballast.free();
        check(isFull, "the heap is full");
        check(manager.audit().isClean(), manager.audit());
        check(manager.counts().live() == manager.sessions().size(), manager.counts());
        check(crowded.count() + other.count() == manager.counts().live(), crowded.count());
        if (hasFailed) {
            check(operation.perform(last, other), "a call that failed has changed nothing");
        }
        crowded.gone();
        other.gone();
        check(manager.counts().live() == 0, manager.counts());
        Transport<Object> next = manager.openTransport("next");
        for (int i = 0; i < CROWD; i++) {
            manager.create(next);
        }
        manager.close();
        check(manager.counts().live() == 0, manager.counts());
    }

    private static void check(boolean isSo, Object found) {
        if (!isSo) {
            throw new AssertionError(found);
        }
    }
}
