package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.SequentialModel.ModelSession;
import dev.rollcall.SequentialModel.ModelTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** Performs operations on a manager and on the model, and compares everything after each. */
final class ModelRun {
    /** What a run is built with; all of it is in the failure message. */
    record Setup(long seed, long clock, int shards, CounterStrategy strategy, Duration tick, long maxSessions) {}

    enum Operation {
        CREATE,
        CREATE_WITH_ID,
        KEEPALIVE,
        KEEPALIVE_BY_ID,
        CLAIM,
        CLAIM_BY_ID,
        DESTROY,
        DESTROY_BY_ID,
        DESTROY_BY_ADMIN,
        DESTROY_BY_ADMIN_BY_ID,
        KEEPALIVE_BY_OWNER,
        DESTROY_BY_OWNER,
        OPEN_TRANSPORT,
        GONE,
        CLOSE_TRANSPORT,
        SET_SESSION_TIMEOUT,
        SET_RECLAIM_TIMEOUT,
        SET_SECRET,
        ADVANCE,
        ADVANCE_TO_DEADLINE,
        GO_BACK,
        SWEEP,
        DRAIN,
        CLOSE
    }

    /** An operation whose operands are chosen by number among what there is when it is performed. */
    record Step(Operation operation, int first, int second, int third) {}

    /** One past the largest id that a run uses. */
    private static final int IDS = 40;

    private static final long LONGEST_ADVANCE = Duration.ofDays(100).toNanos();

    private final Setup setup;
    private final long tickNanos;
    private final ManualTicker ticker;
    private final SessionManager<String> manager;
    private final SequentialModel model;
    private final List<Long> offeredIds = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<Session<String>> handles = new ArrayList<>();
    private final List<ModelSession> modelSessions = new ArrayList<>();
    private final List<Transport<String>> transports = new ArrayList<>();
    private final List<ModelTransport> modelTransports = new ArrayList<>();

    ModelRun(Setup setup) {
        this.setup = setup;
        this.tickNanos = setup.tick().toNanos();
        this.ticker = new ManualTicker(setup.clock());
        this.model = new SequentialModel(tickNanos, setup.maxSessions());
        Random ids = new Random(setup.seed());
        this.manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .shards(setup.shards())
                .counter(setup.strategy())
                .tick(setup.tick())
                .maxSessions(setup.maxSessions())
                .sessionTimeout(setup.tick().multipliedBy(30))
                .reclaimTimeout(setup.tick().multipliedBy(5))
                .idSource(() -> offer(1 + ids.nextInt(IDS - 1)))
                .listener(new Teller())
                .build();
        openTransport();
        openTransport();
    }

    private long offer(long id) {
        offeredIds.add(id);
        return id;
    }

    /** Performs one operation on both; throws AssertionError at the first difference. */
    void perform(Step step) {
        events.clear();
        model.events.clear();
        offeredIds.clear();
        switch (step.operation()) {
            case CREATE -> create(step, 0);
            case CREATE_WITH_ID -> create(step, 1 + Math.abs(step.third() % 9));
            case OPEN_TRANSPORT -> openTransport();
            case GONE -> {
                int index = recent(step.first(), transports.size(), 4);
                expect(model.gone(modelTransports.get(index)), transports.get(index)::gone);
            }
            case CLOSE_TRANSPORT -> {
                int index = recent(step.first(), transports.size(), 4);
                expect(model.close(modelTransports.get(index)), transports.get(index)::close);
            }
            case ADVANCE -> advance(distance(step.first(), step.second()));
            case GO_BACK -> advance(-distance(step.first(), step.second()));
            case SWEEP -> {
                int swept = manager.sweep();
                String expected = model.sweep(session -> !handle(session).isLive());
                assertThat(Integer.toString(swept)).as("sweep()").isEqualTo(expected);
            }
            case DRAIN -> expect(model.drain(), () -> drain(manager));
            case CLOSE -> {
                manager.close();
                model.close();
            }
            default -> {
                if (!handles.isEmpty()) {
                    performOnSession(step, recent(step.first(), handles.size(), 16));
                }
            }
        }
        compare();
    }

    private void performOnSession(Step step, int index) {
        Session<String> handle = handles.get(index);
        ModelSession session = modelSessions.get(index);
        long id = 1L + Math.abs(step.first() % IDS);
        ModelSession found = model.sessions.get(id);
        int to = recent(step.second(), transports.size(), 4);
        byte[] secret = step.third() % 3 == 0 ? null : secret(1 + Math.abs(step.third() % 2));
        int presented = secret == null ? 0 : secret[0];
        long nanos = timeout(step.second());
        switch (step.operation()) {
            case KEEPALIVE -> expect(model.keepAlive(session), handle::keepAlive);
            case KEEPALIVE_BY_ID -> expect(model.keepAlive(found), () -> manager.keepAlive(id));
            case CLAIM ->
                expect(
                        model.claim(session, modelTransports.get(to), presented),
                        () -> secret == null
                                ? handle.claim(transports.get(to))
                                : handle.claim(transports.get(to), secret));
            case CLAIM_BY_ID ->
                expect(
                        model.claim(found, modelTransports.get(to), presented),
                        () -> secret == null
                                ? manager.claim(id, transports.get(to))
                                : manager.claim(id, transports.get(to), secret));
            case DESTROY -> expect(model.end(session, EndCause.DESTROYED), handle::destroy);
            case DESTROY_BY_ID -> expect(model.end(found, EndCause.DESTROYED), () -> manager.destroy(id));
            case DESTROY_BY_ADMIN -> expect(model.end(session, EndCause.ADMIN_DESTROYED), handle::destroyByAdmin);
            case DESTROY_BY_ADMIN_BY_ID ->
                expect(model.end(found, EndCause.ADMIN_DESTROYED), () -> manager.destroyByAdmin(id));
            case KEEPALIVE_BY_OWNER ->
                expect(model.keepAlive(session, modelTransports.get(to)), () -> handle.keepAlive(transports.get(to)));
            case DESTROY_BY_OWNER ->
                expect(model.destroy(session, modelTransports.get(to)), () -> handle.destroy(transports.get(to)));
            case SET_SESSION_TIMEOUT ->
                expect(
                        model.setSessionTimeout(session, nanos),
                        () -> handle.setSessionTimeout(Duration.ofNanos(nanos)));
            case SET_RECLAIM_TIMEOUT ->
                expect(
                        model.setReclaimTimeout(session, nanos),
                        () -> handle.setReclaimTimeout(Duration.ofNanos(nanos)));
            case SET_SECRET ->
                expect(
                        model.setSecret(session, presented),
                        () -> secret == null ? handle.removeClaimSecret() : handle.setClaimSecret(secret));
            case ADVANCE_TO_DEADLINE -> advanceToDeadline(session.deadline(), step.second());
            default -> throw new AssertionError(step);
        }
    }

    private void create(Step step, long id) {
        int owner = recent(step.first(), transports.size(), 4);
        long sessionNanos = timeout(step.second());
        long reclaimNanos = timeout(step.third());
        int secret = step.first() % 5 == 0 ? 1 : 0;
        SessionOptions<String> options = SessionOptions.<String>defaults()
                .sessionTimeout(Duration.ofNanos(sessionNanos))
                .reclaimTimeout(Duration.ofNanos(reclaimNanos));
        options = secret == 0 ? options : options.claimSecret(secret(secret));
        options = id == 0 ? options : options.id(id);
        Session<String> handle = null;
        String actual;
        try {
            handle = manager.create(transports.get(owner), options);
            actual = SequentialModel.TRUE;
        } catch (SessionRejectedException e) {
            actual = SequentialModel.rejection(e.reason());
        } catch (IllegalStateException e) {
            actual = "exhausted";
        }
        ModelTransport modelOwner = modelTransports.get(owner);
        RejectReason refusal = model.refusal(modelOwner, id == 0 ? firstFreeOffered(modelOwner) : id);
        String expected;
        if (id == 0 && refusal == RejectReason.DUPLICATE_ID) {
            expected = "exhausted";
        } else if (refusal != null) {
            expected = model.refuse(refusal);
        } else {
            expected = SequentialModel.TRUE;
            long given = id == 0 ? offeredIds.get(offeredIds.size() - 1) : id;
            modelSessions.add(model.create(modelOwner, given, secret, sessionNanos, reclaimNanos));
            handles.add(handle);
        }
        assertThat(actual).as("create").isEqualTo(expected);
    }

    /** The manager must take the first id that is not taken, and ask no further. */
    private long firstFreeOffered(ModelTransport owner) {
        for (long id : offeredIds.subList(0, offeredIds.size() - 1)) {
            assertThat(model.refusal(owner, id)).as("asked again after %s", id).isEqualTo(RejectReason.DUPLICATE_ID);
        }
        return offeredIds.get(offeredIds.size() - 1);
    }

    private void openTransport() {
        String name = "T" + transports.size();
        transports.add(manager.openTransport(name));
        modelTransports.add(new ModelTransport(name));
    }

    private void advance(long nanos) {
        ticker.advanceNanos(nanos);
        model.advance(nanos);
    }

    /** Just before a deadline, at it, and on both sides of the last instant of its tick. */
    private void advanceToDeadline(long deadline, int choice) {
        long[] offsets = {-1, 0, 1, tickNanos - 1, tickNanos, tickNanos + 1};
        long target = deadline + offsets[Math.abs(choice % offsets.length)];
        if (deadline < Long.MAX_VALUE / 2 && target > model.now && target - model.now < LONGEST_ADVANCE) {
            advance(target - model.reading);
        }
    }

    private long distance(int first, int second) {
        return switch (Math.abs(first % 8)) {
            case 0 -> 0;
            case 1 -> 1 + Math.abs(second % 1000);
            case 2 -> LONGEST_ADVANCE >>> Math.abs(second % 24);
            case 3, 4 -> tickNanos * Math.abs(second % 40);
            default -> Math.abs(second % tickNanos);
        };
    }

    /** Zero, a tick, odd lengths, and the longest there is. */
    private long timeout(int choice) {
        return switch (Math.abs(choice % 8)) {
            case 0 -> 0;
            case 1 -> choice % 16 < 8 ? tickNanos : 1 + Math.abs(choice % tickNanos);
            case 2 -> 5 * tickNanos / 2 + 1;
            case 3, 4 -> 7 * tickNanos + Math.abs(choice % tickNanos);
            case 5 -> 70 * tickNanos - 1;
            case 6 -> 5000 * tickNanos;
            default -> Long.MAX_VALUE;
        };
    }

    /** One of the newest, mostly. */
    private static int recent(int choice, int size, int window) {
        int back = Math.abs(choice % 7) == 0 ? size : Math.min(size, window);
        return size - 1 - Math.abs(choice % back);
    }

    private static byte[] secret(int number) {
        return new byte[] {(byte) number};
    }

    private static boolean drain(SessionManager<?> manager) {
        try {
            return manager.drain(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void expect(String expected, BooleanSupplier operation) {
        String actual;
        try {
            actual = String.valueOf(operation.getAsBoolean());
        } catch (SessionRejectedException e) {
            actual = SequentialModel.rejection(e.reason());
        }
        assertThat(actual).isEqualTo(expected);
    }

    private Session<String> handle(ModelSession session) {
        return handles.get(modelSessions.indexOf(session));
    }

    private void compare() {
        Collections.sort(events);
        Collections.sort(model.events);
        assertThat(events).as("events of this operation").isEqualTo(model.events);
        assertThat(manager.counts()).as("counts()").isEqualTo(modelCounts());
        assertThat(manager.count()).as("count()").isEqualTo(model.count);
        assertThat(listing()).as("sessions()").isEqualTo(modelListing());
        for (long id = 0; id <= IDS; id++) {
            ModelSession session = model.sessions.get(id);
            assertThat(manager.find(id)).as("find(%s)", id).isSameAs(session == null ? null : handle(session));
        }
        for (int i = 0; i < handles.size(); i++) {
            compare(handles.get(i), modelSessions.get(i));
        }
        for (int i = 0; i < transports.size(); i++) {
            compare(transports.get(i), modelTransports.get(i));
        }
        assertThat(manager.audit().disagreements()).as("audit()").isEmpty();
    }

    private static void compare(Session<String> handle, ModelSession session) {
        boolean same = handle.phase() == session.phase()
                && handle.isLive() == session.isLive()
                && handle.endCause() == session.cause
                && (session.owner == null
                        ? handle.transport() == null
                        : session.owner.name.equals(handle.transport().name()));
        if (!same) {
            assertThat(handle.toString()).isEqualTo(session.phase() + " " + session.cause);
        }
    }

    private void compare(Transport<String> transport, ModelTransport expected) {
        long[] owned = transport.sessions().stream().mapToLong(Session::id).toArray();
        long[] expectedOwned = model.sessions.values().stream()
                .filter(session -> session.owner == expected)
                .mapToLong(session -> session.id)
                .toArray();
        Arrays.sort(owned);
        Arrays.sort(expectedOwned);
        assertThat(owned).as("sessions() of %s", transport).isEqualTo(expectedOwned);
        assertThat(transport.count()).as("count() of %s", transport).isEqualTo(expectedOwned.length);
        assertThat(transport.isGone()).isEqualTo(expected.gone);
    }

    private SessionCounts modelCounts() {
        long[] figures = new long[Tallies.COUNT];
        figures[Tallies.CREATED] = model.created;
        for (ModelSession session : model.sessions.values()) {
            figures[session.owner == null ? Tallies.DETACHED : Tallies.ATTACHED]++;
        }
        model.ended.forEach((cause, number) -> figures[Tallies.ENDED + cause.ordinal()] = number);
        figures[Tallies.DETACHMENTS] = model.detachments;
        figures[Tallies.CLAIMS] = model.claims;
        figures[Tallies.RECLAIMS] = model.reclaims;
        figures[Tallies.ENDED_DETACHED] = model.endedDetached;
        model.rejectedCreates.forEach(
                (reason, number) -> figures[Tallies.REJECTED_CREATES + reason.ordinal()] = number);
        model.rejectedClaims.forEach((reason, number) -> figures[Tallies.REJECTED_CLAIMS + reason.ordinal()] = number);
        return new SessionCounts(figures);
    }

    private List<String> listing() {
        List<SessionInfo> infos = new ArrayList<>(manager.sessionInfos());
        infos.sort(Comparator.comparingLong(SessionInfo::id));
        return infos.stream()
                .map(info -> row(
                        info.id(),
                        info.phase(),
                        info.transport(),
                        info.sessionTimeout().toNanos(),
                        info.reclaimTimeout().toNanos(),
                        info.claims(),
                        info.guarded(),
                        roundedUp(info.age()),
                        roundedUp(info.idle())))
                .toList();
    }

    private List<String> modelListing() {
        return model.sessions.values().stream()
                .sorted(Comparator.comparingLong(session -> session.id))
                .map(session -> row(
                        session.id,
                        session.phase(),
                        session.owner == null ? null : session.owner.name,
                        session.sessionNanos,
                        session.reclaimNanos,
                        session.claims,
                        session.secret != 0,
                        coarseAge(session.createdNanos),
                        quanta(session.sinceNanos)))
                .toList();
    }

    private static String row(
            long id,
            SessionPhase phase,
            String owner,
            long sessionNanos,
            long reclaimNanos,
            int claims,
            boolean guarded,
            long age,
            long idle) {
        LongStream figures = LongStream.of(sessionNanos, reclaimNanos, claims, age, idle);
        return id + " " + phase + " " + owner + (guarded ? " guarded " : " ") + Arrays.toString(figures.toArray());
    }

    /** Ages are shown in whole quanta: the present rounded down less the past rounded up. */
    private long quanta(long then) {
        return Math.max(0, Quanta.floor(model.now) - Quanta.ceil(then));
    }

    /** The instant of creation is rounded down to units of 1,024 quanta. */
    private long coarseAge(long then) {
        long unit = 1 << 10;
        return Math.max(0, Quanta.floor(model.now) - Quanta.ceil(then) / unit * unit);
    }

    private static long roundedUp(Duration duration) {
        return Quanta.floor(duration.toNanos());
    }

    @Override
    public String toString() {
        return setup + " at " + model.now + " ns: " + manager;
    }

    /** Writes events down as the model does. */
    private final class Teller implements SessionListener<String> {
        private final Recorder<String> recorder = new Recorder<>();

        @Override
        public void created(Session<String> session, Transport<String> transport) {
            recorder.created(session, transport);
            tell(session);
        }

        @Override
        public void detached(Session<String> session, Transport<String> from) {
            recorder.detached(session, from);
            tell(session);
        }

        @Override
        public void claimed(Session<String> session, Transport<String> from, Transport<String> to) {
            recorder.claimed(session, from, to);
            tell(session);
        }

        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            recorder.ended(session, from, cause);
            events.add(session.id() + " ended " + cause + " from " + (from == null ? "nobody" : from.name()));
        }

        private void tell(Session<String> session) {
            List<String> history = recorder.history(session);
            events.add(session.id() + " " + history.get(history.size() - 1));
        }
    }
}
