package dev.rollcall;

import dev.rollcall.jfr.AuditFindingEvent;
import dev.rollcall.jfr.RefusedEvent;
import dev.rollcall.jfr.SessionEndedEvent;
import dev.rollcall.jfr.SweepEvent;
import dev.rollcall.jfr.TransportGoneEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's Flight Recorder is told, if this Java has one and a recording asks for it. Called
 * with no lock held. Recording cannot fail; a failure loses the event and nothing else.
 *
 * <p>Where there is no Flight Recorder, {@link #PRESENT} is a constant false, so the compilers drop
 * every call. Where there is one, each call costs the JDK's own test whether the event is enabled,
 * which is a constant false as well until the first recording of the process begins.
 */
final class FlightLog {
    /** Whether events can be recorded: this module has {@code jdk.jfr} to read. */
    private static final boolean PRESENT = isPresent();

    private FlightLog() {}

    /** Has the classes loaded, which may fail, before they are first used in an operation. */
    static void load() {}

    private static boolean isPresent() {
        try {
            return Objects.nonNull(Events.ENDED); // initializes the class, which may fail
        } catch (Throwable absent) { // or no memory just now: nobody may fail for want of a log
            return false;
        }
    }

    /** In a class of its own, because it cannot be linked where there is no Flight Recorder. */
    private static final class Events {
        /** Only asked whether their kind is enabled. */
        private static final SessionEndedEvent ENDED = new SessionEndedEvent();

        private static final SweepEvent SWEEP = new SweepEvent();
        private static final RefusedEvent REFUSED = new RefusedEvent();
        private static final TransportGoneEvent GONE = new TransportGoneEvent();
        private static final AuditFindingEvent FINDING = new AuditFindingEvent();
    }

    /** Whether sessions' ends are recorded just now. */
    static boolean recordsEnds() {
        return PRESENT && Events.ENDED.isEnabled();
    }

    static void ended(Session<?> session, @Nullable Transport<?> from, EndCause cause) {
        if (!recordsEnds() || !Rehearsal.isOver()) {
            return;
        }
        try {
            SessionEndedEvent event = new SessionEndedEvent();
            event.manager = session.shard().manager.name();
            event.session = SessionIds.masked(session.id);
            event.cause = cause.name();
            event.transport = from == null ? null : from.name();
            event.lifetime = session.info().age().toNanos();
            event.commit();
        } catch (Throwable ignored) {
            // See the class comment.
        }
    }

    /** Whether sweeps are recorded just now. */
    static boolean recordsSweeps() {
        return PRESENT && Events.SWEEP.isEnabled();
    }

    /** The thread that sweeps always wakes up somewhat late, so a sweep counts as late from a whole period on. */
    static void swept(String manager, long ended, long lateNanos, long periodNanos, long tookNanos) {
        if (!recordsSweeps() || (ended == 0 && lateNanos < periodNanos)) {
            return;
        }
        try {
            SweepEvent event = new SweepEvent();
            event.manager = manager;
            event.ended = ended;
            event.late = lateNanos;
            event.took = tookNanos;
            event.commit();
        } catch (Throwable ignored) {
            // See the class comment.
        }
    }

    static void gone(Transport<?> transport, boolean closed, long sessions) {
        if (!PRESENT || !Events.GONE.isEnabled()) {
            return;
        }
        try {
            TransportGoneEvent event = new TransportGoneEvent();
            event.manager = transport.manager.name();
            event.transport = transport.name();
            event.closed = closed;
            event.sessions = sessions;
            event.commit();
        } catch (Throwable ignored) {
            // See the class comment.
        }
    }

    static void refused(String operation, RejectReason reason, Transport<?> transport) {
        if (!PRESENT || !Events.REFUSED.isEnabled()) {
            return;
        }
        try {
            RefusedEvent event = new RefusedEvent();
            event.manager = transport.manager.name();
            event.operation = operation;
            event.reason = reason.name();
            event.transport = transport.name();
            event.commit();
        } catch (Throwable ignored) {
            // See the class comment.
        }
    }

    static void audited(String manager, AuditReport report) {
        if (report.isClean() || !PRESENT || !Events.FINDING.isEnabled()) {
            return;
        }
        try {
            for (AuditReport.Disagreement found : report.disagreements()) {
                AuditFindingEvent event = new AuditFindingEvent();
                event.manager = manager;
                event.subject = found.subject();
                event.fact = found.fact();
                event.expected = found.expected();
                event.found = found.found();
                event.commit();
            }
        } catch (Throwable ignored) {
            // See the class comment.
        }
    }
}
