package dev.rollcall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A manager with a limit and a listener that needs nothing, for operations that fail in the middle;
 * and what must hold of it afterwards.
 */
final class World {
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);

    final ManualTicker ticker;
    final SessionManager<Told> manager;
    final Transport<Told> first;
    final Transport<Told> second;

    /** The handles that were returned. */
    final List<Session<Told>> sessions = new ArrayList<>();

    /** Of all sessions, those too whose create failed. */
    final List<Told> told = new ArrayList<>();

    private final int limit;
    private long lastId;

    World(int shards, int limit, Duration reclaimTimeout) {
        this(shards, limit, reclaimTimeout, new ManualTicker());
    }

    private World(int shards, int limit, Duration reclaimTimeout, ManualTicker ticker) {
        this(
                limit,
                ticker,
                SessionManager.<Told>builder()
                        .callerSweeps()
                        .ticker(ticker)
                        .shards(shards)
                        .maxSessions(limit)
                        .sessionTimeout(SESSION_TIMEOUT)
                        .reclaimTimeout(reclaimTimeout)
                        .counter(CounterStrategy.ADDER)
                        .idSource(new SecureIds())
                        .listener(Told.LISTENER)
                        .build());
    }

    /** Of a manager that was made elsewhere, with this limit, this ticker and our listener. */
    World(int limit, ManualTicker ticker, SessionManager<Told> manager) {
        this.limit = limit;
        this.ticker = ticker;
        this.manager = manager;
        first = manager.openTransport("first");
        second = manager.openTransport("second");
    }

    /** Options for one more session, with an id of its own. */
    SessionOptions<Told> newcomer() {
        return withGeneratedId().id(++lastId);
    }

    SessionOptions<Told> withGeneratedId() {
        Told newcomer = new Told();
        told.add(newcomer);
        return SessionOptions.<Told>defaults().attachment(newcomer);
    }

    World create(int howMany, Transport<Told> owner) {
        for (int i = 0; i < howMany; i++) {
            sessions.add(manager.create(owner, newcomer()));
        }
        return this;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, of its own elements
    Session<Told>[] handles() {
        return sessions.toArray(new Session[0]);
    }

    /** Room for as many handles. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, of nulls
    static Session<Told>[] handles(int howMany) {
        return new Session[howMany];
    }

    /** Figures, table, lists, timers, permits and events agree: nothing was done by half. */
    void check(Violations violations) {
        SessionCounts counts = manager.counts();
        violations.equal("created == live + ended", counts.created(), counts.live() + counts.ended());
        violations.equal("live == attached + detached", counts.live(), counts.attached() + counts.detached());
        violations.equal("count() == live", counts.live(), manager.count());
        violations.equal(
                "sessions() lists the live", counts.live(), manager.sessions().size());
        violations.equal("created == handles returned", sessions.size(), counts.created());
        AuditReport report = manager.audit();
        if (!report.isClean()) {
            violations.add("the audit is clean", ": " + report.disagreements());
        }
        violations.equal("the audit checks the live", counts.live(), report.sessionsChecked());
        violations.equal("created events == created", counts.created(), sum(each -> each.created));
        violations.equal("ended events == ended", counts.ended(), sum(each -> each.ended));
        for (Told each : told) {
            violations.that(!each.disordered, "events are in order, each once");
        }
        sessions.forEach(session -> check(session, violations));
    }

    private void check(Session<Told> session, Violations violations) {
        Told each = session.attachment();
        boolean live = session.isLive();
        violations.equal("one created event", 1, each.created);
        violations.equal("one ended event, if it has ended", live ? 0 : 1, each.ended);
        violations.that(manager.find(session.id()) == (live ? session : null), "found by its id iff live");
        violations.that(each.owner == session.transport(), "its owner is what the last event said");
    }

    private long sum(ToLongFunction<Told> figure) {
        return told.stream().mapToLong(figure).sum();
    }

    /** Ends what is live; then there is room for as many sessions as the limit says, and no more. */
    void checkPermits(Violations violations) {
        sessions.forEach(Session::destroy);
        violations.equal(
                "none is live once all are destroyed", 0, manager.counts().live());
        try {
            create(limit, manager.openTransport("third"));
        } catch (SessionRejectedException e) {
            violations.add("all permits are back", ": " + e.getMessage());
            return;
        }
        try {
            manager.create(second, newcomer());
            violations.add("the limit is kept", "");
        } catch (SessionRejectedException e) {
            violations.that(e.reason() == RejectReason.LIMIT_REACHED, "refused for the limit");
        }
        check(violations);
    }
}
