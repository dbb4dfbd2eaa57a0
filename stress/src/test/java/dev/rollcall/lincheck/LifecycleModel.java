package dev.rollcall.lincheck;

import dev.rollcall.AuditReport;
import dev.rollcall.EndCause;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import dev.rollcall.lincheck.World.Gate;
import dev.rollcall.lincheck.World.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * The manager's contract as a {@link StepSpecification}: which steps each operation takes, in terms
 * of a list of sessions and a few numbers. One session with id 1 is attached to transport 0 from
 * the beginning; a handle on it is "the first session".
 *
 * <p>One step: keepalive, destroy, count, counts, find, setTimeout, each preceded by steps in which
 * it reads the clock or looks the id up. Several: create (is admitted, then published), claim,
 * gone, sweep, close, drain, and the listings, which read session by session.
 */
public class LifecycleModel implements StepSpecification<World> {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int FIRST = 0;

    private final int maxSessions;
    private final int reclaimTimeout;

    LifecycleModel(int maxSessions, int reclaimTimeout) {
        this.maxSessions = maxSessions;
        this.reclaimTimeout = reclaimTimeout;
    }

    /** A session ends at once when its transport goes. */
    public static final class EndingAtOnce extends LifecycleModel {
        /** No limit. */
        public EndingAtOnce() {
            super(UNLIMITED, 0);
        }
    }

    /** A session may be claimed for an era after the loss of its transport. */
    public static final class Reclaiming extends LifecycleModel {
        /** No limit. */
        public Reclaiming() {
            super(UNLIMITED, 1);
        }
    }

    /** Two sessions at most. */
    public static final class Limited extends LifecycleModel {
        /** A limit of two. */
        public Limited() {
            super(2, 0);
        }
    }

    /**
     * {@code count()} is kept beside the table: up before a session is published, down after it has
     * ended.
     */
    public static final class CountedBeside extends LifecycleModel {
        /** No limit. */
        public CountedBeside() {
            super(UNLIMITED, 0);
        }

        @Override
        boolean isCount(long result, World world) {
            return result == world.taken;
        }
    }

    /** {@code count()} promises nothing until all is quiet. */
    public static final class CountedAtRest extends LifecycleModel {
        /** No limit. */
        public CountedAtRest() {
            super(UNLIMITED, 0);
        }

        @Override
        boolean isCount(long result, World world) {
            return true;
        }
    }

    @Override
    public World initial() {
        return new World(ManagerHarness.TRANSPORTS, maxSessions).withTaken(1).published(newSession(1, 0, 0));
    }

    private Session newSession(int id, int transport, int time) {
        return new Session(id, transport, time, 1, reclaimTimeout, null);
    }

    @Override
    public Position<World> start(Call call) {
        return switch (call.operation()) {
            case "create" -> new Create(this, call.intArgument(0), call.intArgument(1), call.result());
            case "createHere" -> new Create(this, call.intArgument(0), 0, call.result());
            case "claim" -> claim(call.intArgument(0), call.intArgument(1), call.result());
            case "claimAway" -> claim(1, 1, call.result());
            case "keepAlive" ->
                new Lookup(call.intArgument(0), false, call.result(), session -> keepAlive(session, call.result()));
            case "destroy" ->
                new Lookup(call.intArgument(0), false, call.result(), session -> destroy(session, call.result()));
            case "describe" ->
                new Lookup(call.intArgument(0), null, call.result(), session -> describe(session, call.result()));
            case "setTimeout" ->
                new Lookup(1, false, call.result(), session -> setTimeout(session, call.intArgument(0), call.result()));
            case "keepAliveFirst" -> keepAlive(FIRST, call.result());
            case "destroyFirst" -> destroy(FIRST, call.result());
            case "keepAliveFirstBy" -> keepAlive(FIRST, owner -> owner == call.intArgument(0), call.result());
            case "destroyFirstBy" -> destroy(FIRST, owner -> owner == call.intArgument(0), call.result());
            case "claimFirst" -> new Claim(FIRST, call.intArgument(0), call.result());
            case "describeFirst" -> describe(FIRST, call.result());
            case "ownerFirst" ->
                query(world ->
                        Objects.equals(call.result(), world.session(FIRST).ownerName()));
            case "find" -> query(world -> call.result().equals(world.find(call.intArgument(0)) >= 0));
            case "counts" -> query(world -> world.matches((SessionCounts) call.result()));
            case "count" -> query(world -> isCount((Long) call.result(), world));
            case "countOf" -> query(world -> call.result().equals((long) world.attachedTo(call.intArgument(0))));
            case "isGone" -> query(world -> call.result().equals(world.transport(call.intArgument(0)) != Gate.OPEN));
            case "audit" -> query(world -> ((AuditReport) call.result()).isClean());
            case "list" -> Listing.ofAll((List<?>) call.result());
            case "listOf" -> Listing.ofTransport((List<?>) call.result(), call.intArgument(0));
            case "elapse" -> world -> last(world.withClock(world.clock + 1));
            case "gone" -> new Departure(call.intArgument(0), call.result());
            case "goneHere" -> new Departure(0, call.result());
            case "sweep" -> new Sweep((Integer) call.result());
            case "close" -> new Closing();
            case "drain" -> new Draining(call.result());
            default -> throw new IllegalArgumentException("no operation " + call.operation());
        };
    }

    /** Whether {@code count()} may answer so. */
    boolean isCount(long result, World world) {
        return result == world.live();
    }

    static List<Step<World>> last(World state) {
        return List.of(new Step<>(state, null));
    }

    static List<Step<World>> lastIf(boolean possible, World state) {
        return possible ? last(state) : List.of();
    }

    /** A named step, so that positions have texts to be told apart by. */
    record Named(String name, Position<World> position) implements Position<World> {
        @Override
        public List<Step<World>> steps(World world) {
            return position.steps(world);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Position<World> query(Predicate<World> isAnswered) {
        return world -> lastIf(isAnswered.test(world), world);
    }

    @FunctionalInterface
    interface OnSession {
        Position<World> position(int session);
    }

    /** Looks an id up: one step that ends the operation if nothing is found. */
    record Lookup(int id, Object ifAbsent, Object result, OnSession then) implements Position<World> {
        @Override
        public List<Step<World>> steps(World world) {
            int found = world.find(id);
            return found < 0
                    ? lastIf(Objects.equals(ifAbsent, result), world)
                    : List.of(new Step<>(world, then.position(found)));
        }
    }

    private static Position<World> claim(int id, int to, Object result) {
        return new Lookup(id, false, result, session -> new Claim(session, to, result));
    }

    private static Position<World> keepAlive(int index, Object result) {
        return keepAlive(index, anybody -> true, result);
    }

    private static Position<World> keepAlive(int index, IntPredicate owner, Object result) {
        return new Named(
                "keepAlive " + index,
                world -> List.of(new Step<>(
                        world,
                        new Named(
                                "keepAlive " + index + " at " + world.clock,
                                keepAlive(index, owner, world.clock, result)))));
    }

    private static Position<World> keepAlive(int index, IntPredicate owner, int now, Object result) {
        return world -> {
            Session session = world.session(index);
            boolean attached = session.isLive() && session.isAttached() && owner.test(session.owner());
            return lastIf(result.equals(attached), attached ? world.with(index, session.active(now)) : world);
        };
    }

    private static Position<World> destroy(int index, Object result) {
        return destroy(index, anybody -> true, result);
    }

    private static Position<World> destroy(int index, IntPredicate owner, Object result) {
        return new Named("destroy " + index, world -> {
            Session session = world.session(index);
            if (!session.isLive() || !owner.test(session.owner())) {
                return lastIf(result.equals(false), world);
            }
            World ended = world.with(index, session.ended(EndCause.DESTROYED));
            return result.equals(true) ? List.of(new Step<>(ended, GIVE_BACK)) : List.of();
        });
    }

    /** The permit comes back after the end and before the return. */
    private static final Position<World> GIVE_BACK = new Named("give back", world -> last(world.withTaken(-1)));

    private static Position<World> describe(int index, Object result) {
        return new Named(
                "describe " + index,
                world -> lastIf(
                        result instanceof SessionInfo info
                                && world.session(index).matches(info),
                        world));
    }

    private static Position<World> setTimeout(int index, int eras, Object result) {
        return new Named("setTimeout " + index, world -> {
            Session session = world.session(index);
            World changed = session.isLive() ? world.with(index, session.withSessionTimeout(eras)) : world;
            return lastIf(result.equals(session.isLive()), changed);
        });
    }

    /**
     * Reads the clock; passes the gates of the manager and of the transport; checks the id and
     * takes a permit; is published. A transport's loss or a close that has returned lets nobody
     * pass whom it found on the way.
     */
    private record Create(LifecycleModel model, int id, int transport, Object result, int stage, int time)
            implements Position<World> {
        Create(LifecycleModel model, int id, int transport, Object result) {
            this(model, id, transport, result, 0, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            return switch (stage) {
                case 0 -> onwards(world, world.clock);
                case 1 -> pass(world, world.closing == Gate.OPEN, RejectReason.CLOSED);
                case 2 -> pass(world, world.creation == Gate.OPEN, RejectReason.DRAINING);
                case 3 -> pass(world, world.transport(transport) == Gate.OPEN, RejectReason.TRANSPORT_GONE);
                case 4 -> {
                    boolean isFree = world.find(id) < 0;
                    World taken = world.isFull() ? world : world.withTaken(1);
                    yield isFree
                            ? passTo(taken, world, !world.isFull(), RejectReason.LIMIT_REACHED)
                            : passTo(world, world, false, RejectReason.DUPLICATE_ID);
                }
                default -> publish(world);
            };
        }

        private List<Step<World>> pass(World world, boolean open, RejectReason refusal) {
            return passTo(world, world, open, refusal);
        }

        private List<Step<World>> passTo(World passed, World refused, boolean open, RejectReason refusal) {
            return open ? onwards(passed, time) : lastIf(refusal.name().equals(result), refused.withRejected(refusal));
        }

        private List<Step<World>> onwards(World world, int readTime) {
            return List.of(new Step<>(world, new Create(model, id, transport, result, stage + 1, readTime)));
        }

        private List<Step<World>> publish(World world) {
            boolean possible = result.equals("created")
                    && world.find(id) < 0
                    && world.transport(transport) != Gate.SHUT
                    && world.creation != Gate.SHUT
                    && world.closing != Gate.SHUT;
            return lastIf(possible, world.published(model.newSession(id, transport, time)));
        }

        @Override
        public String toString() {
            return "create " + id + " " + stage + " at " + time;
        }
    }

    /**
     * Reads the clock; passes the gates; moves the session. Loses to an end until it has moved it.
     */
    private record Claim(int index, int to, Object result, int stage, int time) implements Position<World> {
        Claim(int index, int to, Object result) {
            this(index, to, result, 0, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            Session session = world.session(index);
            if (!session.isLive()) {
                return lastIf(result.equals(false), world);
            }
            return switch (stage) {
                case 0 -> onwards(world, world.clock);
                case 1 -> pass(world, world.closing == Gate.OPEN, RejectReason.CLOSED);
                case 2 -> pass(world, world.transport(to) == Gate.OPEN, RejectReason.TRANSPORT_GONE);
                default ->
                    lastIf(
                            result.equals(true) && world.transport(to) != Gate.SHUT,
                            world.with(index, session.claimed(to, time)));
            };
        }

        private List<Step<World>> pass(World world, boolean open, RejectReason refusal) {
            return open ? onwards(world, time) : lastIf(refusal.name().equals(result), world);
        }

        private List<Step<World>> onwards(World world, int readTime) {
            return List.of(new Step<>(world, new Claim(index, to, result, stage + 1, readTime)));
        }
    }

    /**
     * Reads the clock; shuts the transport's gate; detaches or ends its sessions one by one, until none
     * is left.
     */
    private record Departure(int transport, Object result, int stage, int loss, int owed) implements Position<World> {
        Departure(int transport, Object result) {
            this(transport, result, 0, 0, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            if (stage == 0) {
                return List.of(new Step<>(world, new Departure(transport, result, 1, world.clock, 0)));
            }
            if (stage == 1) {
                boolean first = world.transport(transport) == Gate.OPEN;
                World closing = first ? world.withTransport(transport, Gate.CLOSING) : world;
                return result.equals(first)
                        ? List.of(new Step<>(closing, new Departure(transport, result, 2, loss, 0)))
                        : List.of();
            }
            if (owed > 0) {
                return List.of(
                        new Step<>(world.withTaken(-1), new Departure(transport, result, stage, loss, owed - 1)));
            }
            List<Step<World>> steps = new ArrayList<>();
            for (int i = 0; i < world.published(); i++) {
                if (world.session(i).owner() == transport) {
                    steps.add(lose(world, i));
                }
            }
            return steps.isEmpty() ? last(world.withTransport(transport, Gate.SHUT)) : steps;
        }

        private Step<World> lose(World world, int index) {
            Session session = world.session(index);
            return session.reclaimTimeout() == 0
                    ? new Step<>(
                            world.with(index, session.ended(EndCause.TRANSPORT_GONE)),
                            new Departure(transport, result, stage, loss, 1))
                    : new Step<>(world.with(index, session.detached(loss)), this);
        }
    }

    /**
     * Reads the clock; judges each session that was there, and perhaps newer ones, one by one. What
     * is due by the time it read must be ended; what became due since may be, for another sweep may
     * have moved the wheel on.
     */
    private record Sweep(int toEnd, int now, int present, int judged, int owed) implements Position<World> {
        private static final int NOT_BEGUN = -1;

        Sweep(int result) {
            this(result, NOT_BEGUN, 0, 0, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            if (now == NOT_BEGUN) {
                return List.of(new Step<>(world, new Sweep(toEnd, world.clock, world.published(), 0, 0)));
            }
            if (owed > 0) {
                return List.of(new Step<>(world.withTaken(-1), new Sweep(toEnd, now, present, judged, owed - 1)));
            }
            List<Step<World>> steps = new ArrayList<>();
            boolean done = toEnd == 0;
            for (int i = 0; i < world.published(); i++) {
                Session session = world.session(i);
                int judgedToo = judged | 1 << i;
                if (!session.isLive() || judgedToo == judged) {
                    continue;
                }
                done &= i >= present;
                if (session.isDue(world.clock) && toEnd > 0) {
                    steps.add(new Step<>(
                            world.with(i, session.ended(session.dueCause())),
                            new Sweep(toEnd - 1, now, present, judgedToo, 1)));
                }
                if (!session.isDue(now)) {
                    steps.add(new Step<>(world, new Sweep(toEnd, now, present, judgedToo, 0)));
                }
            }
            if (done) {
                steps.addAll(last(world));
            }
            return steps;
        }
    }

    /** Shuts the manager's gate; ends the sessions one by one, until none is left. */
    private record Closing(boolean begun, int owed) implements Position<World> {
        Closing() {
            this(false, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            if (!begun) {
                World closing = world.closing == Gate.OPEN ? world.withClosing(Gate.CLOSING) : world;
                return List.of(new Step<>(closing, new Closing(true, 0)));
            }
            if (owed > 0) {
                return List.of(new Step<>(world.withTaken(-1), new Closing(true, owed - 1)));
            }
            List<Step<World>> steps = new ArrayList<>();
            for (int i = 0; i < world.published(); i++) {
                if (world.session(i).isLive()) {
                    steps.add(
                            new Step<>(world.with(i, world.session(i).ended(EndCause.SHUTDOWN)), new Closing(true, 1)));
                }
            }
            return steps.isEmpty() ? last(world.withClosing(Gate.SHUT)) : steps;
        }
    }

    /**
     * Shuts the gate for creates; lets those under way complete; tells whether a session is live.
     */
    private record Draining(Object result, int stage) implements Position<World> {
        Draining(Object result) {
            this(result, 0);
        }

        @Override
        public List<Step<World>> steps(World world) {
            return switch (stage) {
                case 0 -> onwards(world.creation == Gate.OPEN ? world.withCreation(Gate.CLOSING) : world);
                case 1 -> onwards(world.withCreation(Gate.SHUT));
                default -> lastIf(result.equals(world.live() == 0), world);
            };
        }

        private List<Step<World>> onwards(World world) {
            return List.of(new Step<>(world, new Draining(result, stage + 1)));
        }
    }
}
