package dev.rollcall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The specification of the session manager: a {@code HashMap}, an {@code int} and a clock, for one
 * thread. It says what each operation answers, changes and tells the listeners; how, and at what
 * cost, is the manager's business.
 */
final class SequentialModel {
    static final String TRUE = "true";
    static final String FALSE = "false";

    /** A connection. */
    static final class ModelTransport {
        final String name;
        boolean gone;

        ModelTransport(String name) {
            this.name = name;
        }
    }

    /** A session, from its creation on. Its owner is null unless attached, its cause unless ended. */
    static final class ModelSession {
        final long id;
        final long createdNanos;
        int secret;
        ModelTransport owner;
        EndCause cause;
        long sinceNanos;
        long sessionNanos;
        long reclaimNanos;
        int claims;

        ModelSession(long id, int secret, long now) {
            this.id = id;
            this.secret = secret;
            this.createdNanos = now;
        }

        boolean isLive() {
            return cause == null;
        }

        /** Activity or loss. Never moves back. */
        void since(long nanos) {
            sinceNanos = Math.max(sinceNanos, nanos);
        }

        SessionPhase phase() {
            return cause != null ? SessionPhase.ENDED : owner != null ? SessionPhase.ATTACHED : SessionPhase.DETACHED;
        }

        /** Not due before; {@link Long#MAX_VALUE} for never. */
        long deadline() {
            if (owner == null) {
                return plus(sinceNanos, reclaimNanos);
            }
            return sessionNanos == 0 ? Long.MAX_VALUE : plus(sinceNanos, sessionNanos);
        }
    }

    final long tickNanos;
    final long maxSessions;
    final Map<Long, ModelSession> sessions = new HashMap<>();
    final Map<EndCause, Integer> ended = new EnumMap<>(EndCause.class);
    final Map<RejectReason, Integer> rejectedCreates = new EnumMap<>(RejectReason.class);
    final Map<RejectReason, Integer> rejectedClaims = new EnumMap<>(RejectReason.class);
    int created;
    int detachments;
    int claims;
    int reclaims;
    int endedDetached;
    int count;

    /** Nanoseconds since the start. Stands still while the ticker is behind the latest sweep. */
    long now;

    /** What the ticker shows, which may go back. */
    long reading;

    /** What listeners are told; of different sessions in any order. */
    final List<String> events = new ArrayList<>();

    private long sweptAt;
    private boolean draining;
    private boolean closed;

    SequentialModel(long tickNanos, long maxSessions) {
        this.tickNanos = tickNanos;
        this.maxSessions = maxSessions;
    }

    void advance(long nanos) {
        reading += nanos;
        now = Math.max(sweptAt, reading);
    }

    /** Why a create with this id would be refused, or null. */
    RejectReason refusal(ModelTransport owner, long id) {
        if (closed) {
            return RejectReason.CLOSED;
        }
        if (draining) {
            return RejectReason.DRAINING;
        }
        if (owner.gone) {
            return RejectReason.TRANSPORT_GONE;
        }
        if (sessions.containsKey(id)) {
            return RejectReason.DUPLICATE_ID;
        }
        return count >= maxSessions ? RejectReason.LIMIT_REACHED : null;
    }

    String refuse(RejectReason reason) {
        rejectedCreates.merge(reason, 1, Integer::sum);
        return rejection(reason);
    }

    ModelSession create(ModelTransport owner, long id, int secret, long sessionNanos, long reclaimNanos) {
        ModelSession session = new ModelSession(id, secret, now);
        session.owner = owner;
        session.sinceNanos = now;
        session.sessionNanos = sessionNanos;
        session.reclaimNanos = reclaimNanos;
        sessions.put(id, session);
        created++;
        count++;
        tell(session, "created " + owner.name);
        return session;
    }

    String keepAlive(ModelSession session) {
        if (session == null || session.phase() != SessionPhase.ATTACHED) {
            return FALSE;
        }
        session.since(now);
        return TRUE;
    }

    String keepAlive(ModelSession session, ModelTransport by) {
        return session.owner == by ? keepAlive(session) : FALSE;
    }

    String destroy(ModelSession session, ModelTransport by) {
        return session.owner == by ? end(session, EndCause.DESTROYED) : FALSE;
    }

    /** A claim; the secret is 0 if none is presented. */
    String claim(ModelSession session, ModelTransport to, int secret) {
        if (session == null || !session.isLive()) {
            return FALSE;
        }
        if (session.secret != 0 && session.secret != secret) {
            return refuseClaim(RejectReason.WRONG_SECRET);
        }
        if (closed) {
            return refuseClaim(RejectReason.CLOSED);
        }
        if (to.gone) {
            return refuseClaim(RejectReason.TRANSPORT_GONE);
        }
        tell(session, "claimed " + (session.owner == null ? "nobody" : session.owner.name) + " " + to.name);
        claims++;
        reclaims += session.owner == null ? 1 : 0;
        session.owner = to;
        session.since(now);
        session.claims++;
        return TRUE;
    }

    private String refuseClaim(RejectReason reason) {
        rejectedClaims.merge(reason, 1, Integer::sum);
        return rejection(reason);
    }

    String end(ModelSession session, EndCause cause) {
        if (session == null || !session.isLive()) {
            return FALSE;
        }
        endedDetached += session.owner == null ? 1 : 0;
        tell(session, "ended " + cause + " from " + (session.owner == null ? "nobody" : session.owner.name));
        session.owner = null;
        session.cause = cause;
        sessions.remove(session.id);
        count--;
        ended.merge(cause, 1, Integer::sum);
        return TRUE;
    }

    String gone(ModelTransport transport) {
        boolean first = !transport.gone;
        transport.gone = true;
        for (ModelSession session : List.copyOf(sessions.values())) {
            if (session.owner != transport) {
                continue;
            }
            if (session.reclaimNanos == 0) {
                end(session, EndCause.TRANSPORT_GONE);
            } else {
                session.owner = null;
                session.since(now);
                detachments++;
                tell(session, "detached " + transport.name);
            }
        }
        return String.valueOf(first);
    }

    String close(ModelTransport transport) {
        boolean first = !transport.gone;
        transport.gone = true;
        for (ModelSession session : List.copyOf(sessions.values())) {
            if (session.owner == transport) {
                end(session, EndCause.TRANSPORT_CLOSED);
            }
        }
        return String.valueOf(first);
    }

    /** Zero for none. */
    String setSecret(ModelSession session, int secret) {
        if (!session.isLive()) {
            return FALSE;
        }
        session.secret = secret;
        return TRUE;
    }

    String setSessionTimeout(ModelSession session, long nanos) {
        if (!session.isLive()) {
            return FALSE;
        }
        session.sessionNanos = nanos;
        return TRUE;
    }

    String setReclaimTimeout(ModelSession session, long nanos) {
        if (!session.isLive()) {
            return FALSE;
        }
        session.reclaimNanos = nanos;
        return TRUE;
    }

    /**
     * A sweep ends nothing before its deadline and everything a tick after it (G3). In between both
     * are right, so the model follows what the implementation chose.
     */
    String sweep(Predicate<ModelSession> chosen) {
        sweptAt = now;
        int swept = 0;
        for (ModelSession session : List.copyOf(sessions.values())) {
            long deadline = session.deadline();
            boolean mayEnd = deadline != Long.MAX_VALUE && now >= deadline;
            boolean mustEnd = mayEnd && now >= plus(deadline, tickNanos);
            if (mustEnd || (mayEnd && chosen.test(session))) {
                end(session, session.owner != null ? EndCause.TIMED_OUT : EndCause.RECLAIM_EXPIRED);
                swept++;
            }
        }
        return Integer.toString(swept);
    }

    String drain() {
        draining = true;
        return String.valueOf(count == 0);
    }

    void close() {
        closed = true;
        List.copyOf(sessions.values()).forEach(session -> end(session, EndCause.SHUTDOWN));
    }

    static String rejection(RejectReason reason) {
        return "rejected " + reason;
    }

    private void tell(ModelSession session, String event) {
        events.add(session.id + " " + event);
    }

    private static long plus(long nanos, long more) {
        return nanos > Long.MAX_VALUE - more ? Long.MAX_VALUE : nanos + more;
    }
}
