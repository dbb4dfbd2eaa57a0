package dev.rollcall.stress.check;

import dev.rollcall.stress.check.SessionSubject.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks an adapter, on one thread, whether it does its work at all, so that a race is not what finds out. It asks nothing
 * that a guarantee promises: a count that drifts on one thread is for the races to show.
 */
final class Probe {
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final long LOOKS = TimeUnit.SECONDS.toMillis(Hangs.PATIENCE_SECONDS) / BETWEEN_LOOKS_MILLIS;

    private static final int STATUS = 1;

    /** How often a step is taken that took so long that its session may have timed out. */
    private static final int TRIES = 5;

    private final SubjectClass type;
    private int lastNumber;

    private Probe(SubjectClass type) {
        this.type = type;
    }

    /**
     * Asks.
     *
     * @throws AdapterFailure if it does not do its work, does not return, or throws
     */
    static void ask(SubjectClass type) throws InterruptedException {
        Probe probe = new Probe(type);
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                probe.askAll();
            } catch (Throwable e) { // a checked one, too: other languages throw them undeclared
                thrown[0] = e;
            }
        });
        thread.setName("adapter-probe");
        thread.setDaemon(true);
        Thread guard = new Thread(() -> {
            System.err.println(Hangs.MARK + type.type().getName() + " ended the virtual machine");
            Runtime.getRuntime().halt(STATUS);
        });
        Runtime.getRuntime().addShutdownHook(guard);
        try {
            watch(type, thread);
        } finally {
            removeUnlessDown(guard);
        }
        if (thrown[0] instanceof AdapterFailure failure) {
            throw failure;
        }
        if (thrown[0] != null) {
            throw new IllegalStateException(thrown[0]);
        }
    }

    /** An adapter that calls {@code System.exit(0)} must not make the command succeed. */
    private static void removeUnlessDown(Thread guard) {
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException down) {
            // The guard is at work.
        }
    }

    private static void watch(SubjectClass type, Thread thread) throws InterruptedException {
        thread.start();
        String before = "";
        for (int same = 0; same < LOOKS && thread.isAlive(); ) {
            thread.join(BETWEEN_LOOKS_MILLIS);
            String method = Hangs.methodIn(List.<StackTraceElement[]>of(thread.getStackTrace()));
            same = method.equals(before) ? same + 1 : 0;
            before = method;
        }
        if (thread.isAlive()) {
            throw AdapterFailure.of(type.type(), before.isEmpty() ? "<init>" : before, Hangs.didNotReturn());
        }
    }

    private void askAll() {
        Calls calls = new Calls(type.open());
        try {
            Duration timeout = calls.sessionTimeout();
            calls.count();
            inTime(timeout, () -> askEnds(calls));
            inTime(timeout, () -> askTimeout(calls));
            if (type.offers(SessionSubject.OwnIds.class)) {
                inTime(timeout, () -> askOwnIds(calls));
            }
            if (type.offers(SessionSubject.Transports.class)) {
                inTime(timeout, () -> askTransports(calls));
            }
            if (type.offers(SessionSubject.Listing.class)) {
                inTime(timeout, () -> askListing(calls));
            }
            if (type.offers(SessionSubject.SessionTimeouts.class)) {
                inTime(timeout, () -> askSessionTimeouts(calls));
            }
            if (type.offers(SessionSubject.SecondCount.class)) {
                calls.secondCount();
            }
        } finally {
            calls.close();
        }
        askClosing();
    }

    /** Takes a step, and takes it again if it failed and the session timeout may have passed meanwhile. */
    private static void inTime(Duration timeout, Runnable step) {
        for (int tries = 1; ; tries++) {
            long start = System.nanoTime();
            try {
                step.run();
                return;
            } catch (AdapterFailure failure) {
                boolean isPrompt = System.nanoTime() - start < timeout.toNanos() / 2;
                if (isPrompt || tries == TRIES) {
                    throw failure;
                }
            }
        }
    }

    private String number() {
        lastNumber++;
        return Integer.toString(lastNumber);
    }

    private void askOwnIds(Calls calls) {
        String id = number();
        require(calls.create(id) != Answer.NO, "create", "refused an id that no session has");
        require(calls.find(id), "find", "does not find a session that was created with its id");
        calls.destroy(id);
    }

    private void askListing(Calls calls) {
        String id = calls.create();
        require(calls.list().contains(id), "list", "lacks a session that create has returned");
        calls.destroy(id);
    }

    private void askSessionTimeouts(Calls calls) {
        String id = calls.create();
        require(calls.setTimeout(id, Duration.ofDays(1)) != Answer.NO, "setTimeout", "denied a live session");
        calls.destroy(id);
    }

    private void askEnds(Calls calls) {
        String id = calls.create();
        require(calls.find(id), "find", "does not find a session that create has returned");
        require(calls.keepAlive(id) != Answer.NO, "keepAlive", "denied a live session");
        require(calls.destroy(id) != Answer.NO, "destroy", "denied a live session");
        require(!calls.find(id), "find", "finds a session that destroy has ended");
        require(calls.destroy(id) != Answer.YES, "destroy", "says twice that it ended one session");
        require(calls.keepAlive(id) != Answer.YES, "keepAlive", "serves a session that destroy has ended");
        if (type.offers(SessionSubject.Events.class)) {
            require(calls.ended().contains(id), "ended", "lacks a session that destroy has ended");
        }
    }

    private void askTimeout(Calls calls) {
        String id = calls.create();
        calls.sweep();
        require(calls.find(id), "sweep", "ended a session that was not due");
        calls.makeDue(id);
        calls.sweep();
        require(!calls.find(id), "sweep", "left a session that makeDue had made due");
    }

    private void askTransports(Calls calls) {
        String former = "probe-" + number();
        String next = "probe-" + number();
        String id = calls.createOn(former);
        require(id != null, "createOn", "refused a new transport");
        require(calls.attachedTo(former) == 1, "attachedTo", "is not 1 for a transport with one session");
        require(calls.claim(id, next) != Answer.NO, "claim", "denied a live session");
        require(calls.attachedTo(next) == 1, "attachedTo", "is not 1 after a claim");
        calls.gone(next);
        require(calls.attachedTo(next) == 0, "attachedTo", "is not 0 for a transport that is gone");
        if (type.offers(SessionSubject.Reclaim.class)) {
            require(calls.find(id), "gone", "ended a session that has a reclaim timeout");
            calls.makeReclaimDue(id);
            calls.sweep();
        }
        require(!calls.find(id), "find", "finds a session whose transport is gone");
    }

    /** On managers of their own. */
    private void askClosing() {
        if (type.offers(SessionSubject.Limit.class)) {
            Calls limited = new Calls(type.open());
            limited.limitTo(1);
            require(limited.create("1") != Answer.NO, "create", "refused the first session of a limit of 1");
            require(limited.create("2") != Answer.YES, "create", "exceeded a limit of 1");
            limited.close();
        }
        if (type.offers(SessionSubject.Shutdown.class)) {
            Calls closed = new Calls(type.open());
            closed.create("1");
            closed.shutdown();
            require(!closed.find("1"), "shutdown", "left a session");
            closed.close();
        }
    }

    private void require(boolean holds, String method, String what) {
        if (!holds) {
            throw AdapterFailure.of(type.type(), method, what);
        }
    }
}
