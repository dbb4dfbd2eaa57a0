package dev.rollcall.stress.check;

import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.check.SessionSubject.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One sample of a race: a manager, new or shared, with the sessions of this sample. Which manager, the system property
 * of {@link SubjectClass} says. An adapter that fails ends the virtual machine, which tells why on standard error:
 * jcstress would wait for the other actor for half a minute.
 */
public final class Sample extends Calls {
    /** Transports of every sample. */
    public static final String A = "A";

    /** Another one. */
    public static final String B = "B";

    /** How the line of a sample begins that says nothing. */
    static final String NOT_JUDGED = "not judged";

    /** Between two orders of which nobody told which it was. */
    static final String OR = ", or ";

    /** The line of a sample that took so long that time itself may have ended the session. */
    static final String TOO_SLOW = NOT_JUDGED + ": the session timeout may have passed meanwhile";

    private static final String OVERLAPPED = NOT_JUDGED + ": the next sample began before this one was over";

    private static final int LONGEST_LAG = 256;
    private static final String[] FIRST_IDS = {"101", "102", "103", "104"};
    private static final SubjectClass TYPE = SubjectClass.named(System.getProperty(SubjectClass.PROPERTY));
    private static final AtomicLong NEXT_ID = new AtomicLong(1_000);
    private static final AtomicLong OPENED = new AtomicLong();

    /** Of a manager that all samples share; one sample at a time, so jcstress orders these. */
    private static SessionSubject sharedSubject;

    private static Sample lastOfShared;

    private final Meeting meeting = new Meeting();
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>(FIRST_IDS.length));
    private final long countBefore;
    private final long secondBefore;
    private final long timeoutNanos;
    private final String suffix;
    private boolean isLimited;
    private boolean isOver;
    private boolean isOverlapped;

    /** When its sessions were active last. */
    private long activeNanos = System.nanoTime();

    /** More time changes nothing. */
    private boolean isDue;

    private Sample(SessionSubject subject, String suffix) {
        super(subject);
        this.suffix = suffix;
        this.countBefore = super.count();
        this.secondBefore = subject instanceof SessionSubject.SecondCount ? super.secondCount() : 0;
        this.timeoutNanos = sessionTimeout().toNanos();
    }

    /** A sample with no sessions yet. */
    public static Sample open() {
        OPENED.incrementAndGet();
        Hangs.watch(TYPE.type(), OPENED::get);
        try {
            return TYPE.isShared() ? openShared() : new Sample(TYPE.open(), "");
        } catch (AdapterFailure failure) {
            throw Hangs.exit(failure);
        }
    }

    private static Sample openShared() {
        if (lastOfShared != null) {
            lastOfShared.clear();
        }
        if (sharedSubject == null) {
            sharedSubject = TYPE.open();
        }
        Sample next = new Sample(sharedSubject, "-" + NEXT_ID.incrementAndGet());
        // jcstress makes two at a time before it begins, to see how much memory they take.
        if (lastOfShared != null && !lastOfShared.isOver) {
            lastOfShared.isOverlapped = true;
            next.isOverlapped = true;
        }
        lastOfShared = next;
        return next;
    }

    /** Ends what this sample has left; a manager that keeps a session all the same is replaced. */
    private void clear() {
        for (String id : ids) {
            if (find(id)) {
                destroy(id);
                if (find(id)) {
                    close();
                    sharedSubject = null;
                    return;
                }
            }
        }
        if (isLimited) {
            super.limitTo(Integer.MAX_VALUE);
        }
    }

    /** Creates a session of this sample, with an id of the manager's choice. */
    @Override
    public String create() {
        return known(super.create());
    }

    /** Creates a session of this sample on a transport; null if it was refused. */
    @Override
    public String createOn(String transport) {
        String id = super.createOn(transport + suffix);
        return id == null ? null : known(id);
    }

    @Override
    public void gone(String transport) {
        super.gone(transport + suffix);
    }

    @Override
    public Answer claim(String id, String transport) {
        return super.claim(id, transport + suffix);
    }

    @Override
    public long attachedTo(String transport) {
        return super.attachedTo(transport + suffix);
    }

    /** An id for a session that this sample is going to create. */
    public String newId() {
        return known(TYPE.isShared() ? Long.toString(NEXT_ID.incrementAndGet()) : FIRST_IDS[ids.size()]);
    }

    private String known(String id) {
        ids.add(id);
        return id;
    }

    /** The count, less what it was before this sample. */
    @Override
    public long count() {
        return super.count() - countBefore;
    }

    /** The limit leaves room for so many sessions of this sample. */
    @Override
    public void limitTo(int sessions) {
        isLimited = true;
        super.limitTo((int) countBefore + sessions);
    }

    @Override
    public void makeDue(String id) {
        super.makeDue(id);
        isDue = true;
    }

    /**
     * On the system's clock this may take longer than the session timeout, which is no excuse: the session has to end now
     * in any case, unless {@link #revive} keeps it alive.
     */
    @Override
    public void makeReclaimDue(String id) {
        super.makeReclaimDue(id);
        isDue = true;
    }

    /** A keepalive of a session that was due, and now has to live on. */
    public Answer revive(String id) {
        isDue = false;
        activeNanos = System.nanoTime();
        return keepAlive(id);
    }

    /** Where the actors meet. The windows of a heavy manager are as long as its operations, so the lags are too. */
    public void meet() {
        meeting.arrive();
        if (TYPE.isShared()) {
            for (int lag = ThreadLocalRandom.current().nextInt(LONGEST_LAG); lag > 0; lag--) {
                Thread.onSpinWait();
            }
        }
    }

    /** The order of the operations, by an answer: one of two, or both if nobody told. */
    public static String order(Answer told, String ifYes, String ifNo) {
        return switch (told) {
            case YES -> ifYes;
            case NO -> ifNo;
            case UNTOLD -> ifYes + OR + ifNo;
        };
    }

    /** Whether a create was told that it succeeded, and yet its session is not there. */
    public boolean isMissing(String id, Answer created) {
        return created == Answer.YES && !find(id);
    }

    /** Whether a lookup finds the session soon. */
    public boolean findsSoon(String id) {
        for (int tries = 0; tries < Scene.TRIES; tries++) {
            if (find(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a lookup misses the session soon. */
    public boolean missesSoon(String id) {
        for (int tries = 0; tries < Scene.TRIES; tries++) {
            if (!find(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a session whose transport is gone lives on, although no reclaim timeout lets it. */
    public boolean outlivesItsTransport(String id) {
        if (subject() instanceof SessionSubject.Reclaim && find(id)) {
            makeReclaimDue(id);
            sweep();
        }
        return find(id);
    }

    /**
     * The line of this sample, when its actors are done: an order that explains it, or what it broke. Whatever else it
     * broke, the count at rest is judged. The sample is over then, and so is its manager if it has one of its own.
     */
    public String judged(Supplier<String> line) {
        isOver = true;
        String judged = isOverlapped ? OVERLAPPED : inTime(withCountAtRest(line.get()));
        if (!TYPE.isShared()) {
            close();
        }
        return judged;
    }

    /** Whatever was broken, a session that has timed out meanwhile may explain it. */
    private String inTime(String line) {
        boolean mayHaveTimedOut = !isDue && System.nanoTime() - activeNanos >= timeoutNanos / 2;
        return Promise.isBroken(line) && mayHaveTimedOut ? TOO_SLOW : line;
    }

    private String withCountAtRest(String line) {
        String off = Promise.isBroken(line) && Promise.COUNT_AT_REST.orderIn(line) == null ? countOff() : null;
        return off == null ? line : Promise.and(line, Promise.COUNT_AT_REST.broken(off));
    }

    /**
     * The line of this sample, in which one session has ended for sure and two callers may have been told that they
     * ended it.
     *
     * @param one what the first was told
     * @param other what the other was told
     * @param id the session
     * @param order an order of the operations that explains what was seen
     */
    public String atRestEnded(Answer one, Answer other, String id, String order) {
        String told = null;
        if (one == Answer.YES && other == Answer.YES) {
            told = Promise.ONE_END.broken("both callers are told that they ended it");
        } else if (one == Answer.NO && other == Answer.NO) {
            told = Promise.ONE_END.broken("nobody is told that they ended it, and yet it has ended");
        }
        return Promise.and(told, atRestEnded(id, order));
    }

    /** What a sweep was told of the one session that was due. */
    public static Answer told(int ended) {
        return ended == SessionSubject.UNTOLD ? Answer.UNTOLD : Answer.of(ended > 0);
    }

    /**
     * The line of this sample, if nothing was wrong so far: compares all records, at rest.
     *
     * @param order an order of the operations that explains what was seen
     */
    public String atRest(String order) {
        String off = countOff();
        return off == null ? order : Promise.COUNT_AT_REST.broken(order + "; " + off);
    }

    /** By how much the count is off at rest, in words; null if it is right. */
    private String countOff() {
        long live = ids.stream().filter(this::find).count();
        long count = count();
        if (count != live) {
            long off = Math.abs(count - live);
            return "at rest the count is " + off + " too " + (count > live ? "high" : "low")
                    + (count < 0 ? ", below zero" : "");
        }
        if (subject() instanceof SessionSubject.SecondCount) {
            long second = secondCount() - secondBefore;
            if (second != live) {
                return "at rest the second figure is " + Math.abs(second - live) + " too "
                        + (second > live ? "high" : "low");
            }
        }
        return null;
    }

    /** As {@link #atRest}, of a session that was created and has ended for sure: its end must have been told once. */
    public String atRestEnded(String id, String order) {
        int told = subject() instanceof SessionSubject.Events ? Collections.frequency(ended(), id) : 1;
        return Promise.and(
                told == 1 ? null : Promise.EVENTS.broken(order + "; the end was told " + told + " times"),
                atRest(order));
    }

    @Override
    AdapterFailure failed(AdapterFailure failure) {
        return Hangs.exit(failure);
    }
}
