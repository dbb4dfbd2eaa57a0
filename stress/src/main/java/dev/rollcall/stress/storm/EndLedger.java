package dev.rollcall.stress.storm;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Handles;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Keeps book of what a manager tells of its sessions: each is created once and ends once. */
final class EndLedger implements SessionListener<Handles> {
    private final Set<Session<Handles>> live = ConcurrentHashMap.newKeySet();
    private final LongAdder created = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final Tally tally;

    EndLedger(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void created(Session<Handles> session, Transport<Handles> transport) {
        created.increment();
        if (!live.add(session)) {
            tally.violation(Check.EVENTS, "created twice: " + session);
        }
    }

    @Override
    public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
        ended.increment();
        if (!live.remove(session)) {
            tally.violation(Check.EVENTS, "ended twice, or without having been created: " + session);
        }
    }

    /** Whether it was told of all that was counted. */
    boolean agreesWith(SessionCounts counts) {
        return live.size() == counts.live() && created() == counts.created() && ended() == counts.ended();
    }

    long created() {
        return created.sum();
    }

    long ended() {
        return ended.sum();
    }
}
