package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A storm over several gateways of one cluster, each in a process of its own, amid which nodes are
 * killed, stopped, and cut off from each other. After each of that the clients rest, and what nodes
 * say is compared with what clients hold.
 */
final class FleetStorm implements AutoCloseable {
    /** Far beyond what it should take: how long is told, not judged. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Longer than a node may be silent. */
    private static final long STOPPED_SECONDS = 6;

    private static final int KILLS_FOR_ONE_AT_REST = 5;
    private static final int NO_SUCH_SESSION = 458;

    private final FleetPlan plan;
    private final Consumer<String> print;
    private final AtomicLong held = new AtomicLong();
    private final FleetLedger ledger;
    private final ReadWriteLock calm = new ReentrantReadWriteLock(true);
    private final List<FleetNode> nodes = new ArrayList<>();

    /**
     * Processes that have not joined yet. There is one more than is needed: amid the storm a process takes longer to
     * start than from one kill to the next.
     */
    private final Queue<Child> prepared = new ArrayDeque<>();

    private long seed = 20220505;

    /** By how much the control was too high when it was last compared. */
    private long drift;

    /** What is done while clients rest. */
    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    FleetStorm(FleetPlan plan, Consumer<String> print) {
        this.plan = plan;
        this.print = print;
        this.ledger = new FleetLedger(plan.limit());
    }

    FleetLedger ledger() {
        return ledger;
    }

    /**
     * Rages, and checks.
     *
     * @throws IOException if a node does not start or not answer
     * @throws InterruptedException if interrupted
     */
    void run() throws IOException, InterruptedException {
        for (int i = 0; i <= plan.nodes(); i++) {
            prepared.add(FleetNode.prepare(plan));
        }
        while (nodes.size() < plan.nodes()) {
            nodes.add(FleetNode.join(prepared.remove(), held, ledger));
        }
        awaitNodes();
        for (FleetNode node : nodes) {
            node.begin(calm, seed++);
        }
        rage();
        compare("before");
        for (int i = 0; i < plan.kills(); i++) {
            kill(i % nodes.size(), i % KILLS_FOR_ONE_AT_REST == 0, "kill " + (i + 1));
        }
        for (int i = 0; i < plan.stops(); i++) {
            stop(i % nodes.size(), "stop " + (i + 1));
        }
        for (int i = 0; i < plan.partitions(); i++) {
            partition(i % nodes.size(), i % 2 == 0, "partition " + (i + 1));
        }
    }

    private void rage() {
        LockSupport.parkNanos(plan.between().toNanos());
    }

    /**
     * Kills a node, and has another one join in its place.
     *
     * @param isAtRest whether clients rest meanwhile, so that the control is certainly wrong; else it happens amid the
     *     storm, and what the engine loses of the changes on their way may make up for the sessions of the dead
     */
    private void kill(int victim, boolean isAtRest, String name) throws IOException, InterruptedException {
        prepared.add(FleetNode.prepare(plan));
        rage();
        FleetNode killed = nodes.get(victim);
        Set<Long> dead = new TreeSet<>();
        if (isAtRest) {
            atRest(List.of(List.of(killed)), () -> {
                compare("before " + name);
                long former = drift;
                dead.addAll(lose(killed, name + " at rest"));
                ledger.check(FleetCheck.CONTROL, drift != former, () -> "the shared counter is right after " + name);
            });
        } else {
            dead.addAll(lose(killed, name));
        }
        for (FleetNode node : nodes) {
            for (long id : firstOf(dead)) {
                checkWhere(node, id, false);
            }
        }
        killed.close();
        FleetNode successor = FleetNode.join(prepared.remove(), held, ledger);
        nodes.add(victim, successor);
        awaitNodes();
        successor.begin(calm, seed++);
    }

    /** Kills a node once its clients have sessions, and returns these. */
    private Set<Long> lose(FleetNode killed, String name) throws IOException, InterruptedException {
        Set<Long> dead = Set.of();
        // The storm goes on, and what clients hold when they are looked at they may have destroyed a moment later.
        while (dead.isEmpty() && await("clients hold sessions", () -> allHold(List.of(List.of(killed))))) {
            dead = killed.holdings().forfeitIfAtLeast(FleetPlan.LEAST_HELD);
        }
        nodes.remove(killed);
        long start = System.nanoTime();
        killed.kill();
        awaitNodes();
        long detected = System.nanoTime() - start;
        compare(name + ": " + dead.size() + " sessions lost, others knew after " + millis(detected));
        return dead;
    }

    private void stop(int victim, String name) throws IOException, InterruptedException {
        rage();
        FleetNode stopped = nodes.get(victim);
        // Clients must not wait for it, or nobody could rest.
        calm.writeLock().lock();
        try {
            stopped.stop(true);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STOPPED_SECONDS));
            List<FleetNode> others = allBut(stopped);
            await("the others go on as a part", () -> areSide(others));
        } finally {
            stopped.stop(false);
            calm.writeLock().unlock();
        }
        rage();
        awaitNodes();
        compare(name);
    }

    /**
     * Cuts a node off from the others. Each side goes on with what it has, says that it is a part, and
     * gets no more permits.
     *
     * @param isAtRest whether clients rest when it begins, and, without their sessions, when it is over, so that the
     *     control is certainly off by another figure afterwards; else it begins and ends amid the storm
     */
    private void partition(int victim, boolean isAtRest, String name) throws IOException, InterruptedException {
        rage();
        FleetNode alone = nodes.get(victim);
        List<List<FleetNode>> sides = List.of(List.of(alone), allBut(alone));
        if (isAtRest) {
            atRest(sides, () -> {
                compare("before " + name);
                cutOff(alone, sides, name + " at rest");
            });
        } else {
            cutOff(alone, sides, name);
        }
        nodes.forEach(FleetNode::fill);
        awaitProgress("is refused a create", FleetNode.Answers::refusals);
        nodes.forEach(FleetNode::asUsual);
        awaitProgress("destroys", FleetNode.Answers::destroys);
        awaitProgress("keeps alive", FleetNode.Answers::keepalives);
        compareSides(name, sides);
        if (isAtRest) {
            healAtRest(alone, sides, name);
        } else {
            heal(alone, name);
        }
        nodes.forEach(FleetNode::fill);
        await("no permit is lost", () -> held.get() == plan.limit());
        nodes.forEach(FleetNode::asUsual);
    }

    private void cutOff(FleetNode alone, List<List<FleetNode>> sides, String name) throws IOException {
        long start = System.nanoTime();
        alone.cutOff(true);
        await("each side goes on as a part", () -> sides.stream().allMatch(this::areSide));
        long detected = System.nanoTime() - start;
        // The control has a channel of its own, which may notice later. If it did not notice before the healing, the
        // engine would deliver all that was sent meanwhile, and the counter would lose nothing.
        awaitControl("the control is in parts", () -> sides.stream().allMatch(FleetStorm::isControlOf));
        print.accept(name + ": sides knew after " + millis(detected) + ", the control after "
                + millis(System.nanoTime() - start));
    }

    /** Once clients of both sides have let go of their sessions: the control then loses the destroys of one side. */
    private void healAtRest(FleetNode alone, List<List<FleetNode>> sides, String name) throws IOException {
        nodes.forEach(FleetNode::empty);
        await(
                "clients let go",
                () -> nodes.stream().allMatch(node -> node.holdings().ids().size() <= 1));
        calm.writeLock().lock();
        try {
            compareSides(name + ", at rest", sides);
            for (List<FleetNode> side : sides) {
                shared(side);
            }
            long former = drift;
            heal(alone, name);
            ledger.check(FleetCheck.CONTROL, drift != former, () -> "the shared counter stood " + name);
        } finally {
            calm.writeLock().unlock();
        }
    }

    private void heal(FleetNode alone, String name) throws IOException {
        long start = System.nanoTime();
        alone.cutOff(false);
        awaitNodes();
        compare(name + " healed: one fleet again after " + millis(System.nanoTime() - start));
    }

    /** Does something while clients rest, at a time at which those of each side have sessions. */
    private void atRest(List<List<FleetNode>> sides, Act act) throws IOException, InterruptedException {
        boolean isDone = false;
        while (!isDone && await("clients hold sessions", () -> allHold(sides))) {
            calm.writeLock().lock();
            try {
                isDone = allHold(sides);
                if (isDone) {
                    act.run();
                }
            } finally {
                calm.writeLock().unlock();
            }
        }
    }

    private static boolean allHold(List<List<FleetNode>> sides) {
        return sides.stream().allMatch(side -> sessionsOf(side) >= FleetPlan.LEAST_HELD);
    }

    private static long sessionsOf(List<FleetNode> some) {
        return some.stream().mapToLong(node -> node.holdings().ids().size()).sum();
    }

    /** Until each node's client was answered so once more. */
    private void awaitProgress(String what, ToLongFunction<FleetNode.Answers> answers) {
        for (FleetNode node : nodes) {
            long before = answers.applyAsLong(node.answers());
            await("each client " + what, () -> answers.applyAsLong(node.answers()) > before);
        }
    }

    /** While clients rest: what the nodes of each side say against what their clients hold. */
    private void compareSides(String name, List<List<FleetNode>> sides) throws IOException {
        calm.writeLock().lock();
        try {
            List<Long> sessions = new ArrayList<>();
            for (List<FleetNode> side : sides) {
                long ofSide = sessionsOf(side);
                sessions.add(ofSide);
                await("figures of a side are " + ofSide, () -> areSide(side) && sayAll(side, ofSide));
                checkDirectory(side);
            }
            print.accept(name + "; clients hold " + sessions + ", figures the same");
        } finally {
            calm.writeLock().unlock();
        }
    }

    private List<FleetNode> allBut(FleetNode one) {
        return nodes.stream().filter(node -> node != one).toList();
    }

    /** Whether these nodes see each other, and know that they are not all. */
    private boolean areSide(List<FleetNode> side) {
        for (FleetNode node : side) {
            JsonNode figure = node.figures();
            if (figure == null
                    || figure.path("whole").asBoolean()
                    || figure.path("open").asBoolean()
                    || figure.path("nodes").asInt() != side.size()
                    || figure.path("known").asInt() != nodes.size()) {
                return false;
            }
        }
        return true;
    }

    private static boolean sayAll(List<FleetNode> some, long sessions) {
        for (FleetNode node : some) {
            JsonNode figure = node.figures();
            if (figure == null || figure.path("live").asLong() != sessions) {
                return false;
            }
        }
        return true;
    }

    /** Until every node counts every other. */
    private void awaitNodes() {
        await("all nodes see each other", () -> {
            for (FleetNode node : nodes) {
                JsonNode figure = node.figures();
                if (figure == null
                        || !figure.path("whole").asBoolean()
                        || figure.path("nodes").asInt() != nodes.size()
                        || !figure.path("open").asBoolean()) {
                    return false;
                }
            }
            return true;
        });
    }

    private boolean await(String what, BooleanSupplier condition) {
        boolean isSo = Await.until(PATIENCE, condition);
        ledger.check(FleetCheck.FIGURE, isSo, () -> "in vain: " + what + ", but " + figures());
        return isSo;
    }

    /** That the control can be asked says nothing of it yet, so only failures are noted. */
    private void awaitControl(String what, BooleanSupplier condition) {
        if (!Await.until(PATIENCE, condition)) {
            ledger.check(FleetCheck.CONTROL, false, () -> "in vain: " + what);
        }
    }

    /** Whether the control of these nodes sees them and no others. */
    private static boolean isControlOf(List<FleetNode> side) {
        return side.stream().allMatch(node -> node.sharedNodes() == side.size());
    }

    /**
     * While clients rest: what the control says to these nodes. Changes of it are sent without waiting, so it is
     * asked until it says the same to all of them twice: what each node has sent before its first question is in the
     * second answers.
     */
    private long shared(List<FleetNode> side) {
        List<Long> former = new ArrayList<>();
        awaitControl("the control comes to rest", () -> {
            List<Long> now =
                    isControlOf(side) ? side.stream().map(FleetNode::shared).toList() : List.of();
            boolean isAtRest = now.equals(former) && Set.copyOf(now).size() == 1;
            former.clear();
            former.addAll(now);
            return isAtRest;
        });
        return side.get(0).shared();
    }

    private String figures() {
        StringBuilder all = new StringBuilder();
        for (FleetNode node : nodes) {
            all.append(node.figures()).append('\n');
        }
        return all.toString();
    }

    /** While clients rest: what nodes say against what clients hold. */
    private void compare(String name) throws IOException {
        calm.writeLock().lock();
        try {
            long sessions = held.get();
            long start = System.nanoTime();
            await("figures are " + sessions, () -> sayAll(nodes, sessions));
            long settled = System.nanoTime() - start;
            long shared = shared(nodes);
            print.accept(name + "; " + nodes.size() + " nodes, clients hold " + sessions + ", figures the same after "
                    + millis(settled) + "; shared counter " + shared);
            drift = shared - sessions;
            checkDirectory(nodes);
        } finally {
            calm.writeLock().unlock();
        }
    }

    /** A session is found from the nodes of its side, and from no other. */
    private void checkDirectory(List<FleetNode> side) throws IOException {
        for (FleetNode holder : side) {
            for (FleetNode node : nodes) {
                for (long id : firstOf(holder.holdings().ids())) {
                    if (node != holder) {
                        checkWhere(node, id, side.contains(node));
                    }
                }
            }
        }
    }

    private static Set<Long> firstOf(Set<Long> ids) {
        return ids.isEmpty() ? Set.of() : Set.of(new TreeSet<>(ids).first());
    }

    private void checkWhere(FleetNode node, long id, boolean isSomewhere) throws IOException {
        boolean[] isAsItShould = {false};
        String[] last = {""};
        Await.until(PATIENCE, () -> {
            try {
                JsonNode reply = node.ask(id);
                last[0] = reply.toString();
                String reason = reply.path("error").path("reason").asText();
                isAsItShould[0] = Ask.code(reply) == NO_SUCH_SESSION && reason.contains("it is on") == isSomewhere;
            } catch (IOException e) {
                last[0] = e.toString();
            }
            return isAsItShould[0];
        });
        ledger.check(FleetCheck.DIRECTORY, isAsItShould[0], () -> "asked elsewhere: " + last[0]);
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }

    @Override
    public void close() {
        nodes.forEach(FleetNode::close);
        prepared.forEach(Child::close);
    }
}
