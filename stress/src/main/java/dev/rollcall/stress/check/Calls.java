package dev.rollcall.stress.check;

import dev.rollcall.stress.check.SessionSubject.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The calls of an adapter. Whatever it throws, and every answer that makes no sense, is an {@link AdapterFailure}. */
class Calls {
    /** What fits a long. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final SessionSubject subject;

    Calls(SessionSubject subject) {
        this.subject = subject;
    }

    /** The adapter, for what it implements. */
    public final SessionSubject subject() {
        return subject;
    }

    /** See {@link SessionSubject#create}. */
    public String create() {
        return id("create", call("create", subject::create));
    }

    /** See {@link SessionSubject.OwnIds#create}. */
    public Answer create(String id) {
        return answer("create", () -> ((SessionSubject.OwnIds) subject).create(id));
    }

    /** See {@link SessionSubject#destroy}. */
    public Answer destroy(String id) {
        return answer("destroy", () -> subject.destroy(id));
    }

    /** See {@link SessionSubject#sweep}. */
    public int sweep() {
        int ended = call("sweep", subject::sweep);
        if (ended < SessionSubject.UNTOLD) {
            throw failure("sweep", "returned " + ended);
        }
        return ended;
    }

    /** See {@link SessionSubject#keepAlive}. */
    public Answer keepAlive(String id) {
        return answer("keepAlive", () -> subject.keepAlive(id));
    }

    /** See {@link SessionSubject#find}. */
    public boolean find(String id) {
        return call("find", () -> subject.find(id));
    }

    /** See {@link SessionSubject#count}. */
    public long count() {
        return call("count", subject::count);
    }

    /** See {@link SessionSubject#makeDue}. */
    public void makeDue(String id) {
        run("makeDue", () -> subject.makeDue(id));
    }

    /** See {@link SessionSubject#sessionTimeout}. */
    public Duration sessionTimeout() {
        Duration timeout = call("sessionTimeout", subject::sessionTimeout);
        if (timeout == null || timeout.isNegative() || timeout.isZero()) {
            throw failure("sessionTimeout", "returned " + timeout);
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    }

    /** See {@link SessionSubject.Transports#createOn}; null if it was refused. */
    public String createOn(String transport) {
        return call("createOn", () -> ((SessionSubject.Transports) subject).createOn(transport));
    }

    /** See {@link SessionSubject.Transports#gone}. */
    public void gone(String transport) {
        run("gone", () -> ((SessionSubject.Transports) subject).gone(transport));
    }

    /** See {@link SessionSubject.Transports#claim}. */
    public Answer claim(String id, String transport) {
        return answer("claim", () -> ((SessionSubject.Transports) subject).claim(id, transport));
    }

    /** See {@link SessionSubject.Transports#attachedTo}. */
    public long attachedTo(String transport) {
        return call("attachedTo", () -> ((SessionSubject.Transports) subject).attachedTo(transport));
    }

    /** See {@link SessionSubject.Reclaim#makeReclaimDue}. */
    public void makeReclaimDue(String id) {
        run("makeReclaimDue", () -> ((SessionSubject.Reclaim) subject).makeReclaimDue(id));
    }

    /** See {@link SessionSubject.Limit#limitTo}. */
    public void limitTo(int sessions) {
        run("limitTo", () -> ((SessionSubject.Limit) subject).limitTo(sessions));
    }

    /** See {@link SessionSubject.Events#ended}. */
    public List<String> ended() {
        return nonNull("ended", call("ended", () -> ((SessionSubject.Events) subject).ended()));
    }

    /** See {@link SessionSubject.SessionTimeouts#setTimeout}. */
    public Answer setTimeout(String id, Duration timeout) {
        return answer("setTimeout", () -> ((SessionSubject.SessionTimeouts) subject).setTimeout(id, timeout));
    }

    /** See {@link SessionSubject.Listing#list}. */
    public Collection<String> list() {
        return nonNull("list", call("list", () -> copy(((SessionSubject.Listing) subject).list())));
    }

    /** Users go through a listing beside others, too. */
    private static Collection<String> copy(Collection<String> listing) {
        return listing == null ? null : new ArrayList<>(listing);
    }

    /** See {@link SessionSubject.Shutdown#shutdown}. */
    public void shutdown() {
        run("shutdown", () -> ((SessionSubject.Shutdown) subject).shutdown());
    }

    /** See {@link SessionSubject.SecondCount#secondCount}. */
    public long secondCount() {
        return call("secondCount", () -> ((SessionSubject.SecondCount) subject).secondCount());
    }

    /** See {@link SessionSubject#close}. */
    public void close() {
        run("close", () -> {
            try {
                subject.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What becomes of a failure. */
    AdapterFailure failed(AdapterFailure failure) {
        return failure;
    }

    final AdapterFailure failure(String method, String what) {
        return failed(AdapterFailure.of(subject.getClass(), method, what));
    }

    private Answer answer(String method, Supplier<Answer> call) {
        return nonNull(method, call(method, call));
    }

    private String id(String method, String id) {
        if (id == null || id.isBlank()) {
            throw failure(method, "returned " + (id == null ? "null" : "a blank id"));
        }
        return id;
    }

    private <T> T nonNull(String method, T answer) {
        if (answer == null) {
            throw failure(method, "returned null");
        }
        return answer;
    }

    private void run(String method, Runnable call) {
        call(method, () -> {
            call.run();
            return true;
        });
    }

    private <T> T call(String method, Supplier<T> call) {
        try {
            return call.get();
        } catch (Throwable thrown) { // a checked one, too: other languages throw them undeclared
            throw failed(AdapterFailure.thrown(subject.getClass(), method, thrown));
        }
    }
}
