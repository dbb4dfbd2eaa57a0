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

    private static final int LEAST_DEAD = 3;
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
        // Kills first: each can only raise the control, so none makes up for what another did.
        for (int i = 0; i < plan.kills(); i++) {
            kill(i % nodes.size(), "kill " + (i + 1));
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

    private void kill(int victim, String name) throws IOException, InterruptedException {
        prepared.add(FleetNode.prepare(plan));
        rage();
        FleetNode killed = nodes.get(victim);
        await("the victim has sessions", () -> killed.holdings().ids().size() >= LEAST_DEAD);
        nodes.remove(victim);
        Set<Long> dead = killed.holdings().forfeit();
        long start = System.nanoTime();
        killed.kill();
        awaitNodes();
        long detected = System.nanoTime() - start;
        compare(name + ": " + dead.size() + " sessions lost, others knew after " + millis(detected));
        ledger.check(FleetCheck.CONTROL, drift != 0, () -> "the shared counter is right after " + name);
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
     * Cuts a node off from the others amid the storm. Each side goes on with what it has, says that it
     * is a part, and gets no more permits.
     *
     * @param isCalm whether clients let go of their sessions and rest when it is over, so that the
     *     control is certainly wrong; else it ends amid the storm
     */
    private void partition(int victim, boolean isCalm, String name) throws IOException {
        rage();
        FleetNode alone = nodes.get(victim);
        List<FleetNode> others = allBut(alone);
        long start = System.nanoTime();
        alone.cutOff(true);
        await("each side goes on as a part", () -> areSide(List.of(alone)) && areSide(others));
        long detected = System.nanoTime() - start;
        // The control has a channel of its own, which may notice later. If it did not notice before the healing, the
        // engine would deliver all that was sent meanwhile, and the counter would lose nothing.
        await(
                "the control is in parts",
                () -> alone.sharedNodes() == 1
                        && others.stream().allMatch(node -> node.sharedNodes() == others.size()));
        long detectedByControl = System.nanoTime() - start;
        nodes.forEach(FleetNode::fill);
        awaitProgress("is refused a create", FleetNode.Answers::refusals);
        nodes.forEach(FleetNode::asUsual);
        awaitProgress("destroys", FleetNode.Answers::destroys);
        awaitProgress("keeps alive", FleetNode.Answers::keepalives);
        compareSides(
                name + ": sides knew after " + millis(detected) + ", the control after " + millis(detectedByControl),
                List.of(List.of(alone), others));
        if (isCalm) {
            nodes.forEach(FleetNode::empty);
            await(
                    "clients let go",
                    () -> nodes.stream().allMatch(node -> node.holdings().ids().size() <= 1));
            calm.writeLock().lock();
            try {
                long former = drift;
                heal(alone, name);
                ledger.check(FleetCheck.CONTROL, drift != former, () -> "the shared counter stood " + name);
            } finally {
                calm.writeLock().unlock();
            }
        } else {
            heal(alone, name);
        }
        nodes.forEach(FleetNode::fill);
        await("no permit is lost", () -> held.get() == plan.limit());
        nodes.forEach(FleetNode::asUsual);
    }

    private void heal(FleetNode alone, String name) throws IOException {
        long start = System.nanoTime();
        alone.cutOff(false);
        awaitNodes();
        compare(name + " healed: one fleet again after " + millis(System.nanoTime() - start));
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
                long ofSide = side.stream()
                        .mapToLong(node -> node.holdings().ids().size())
                        .sum();
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

    private void await(String what, java.util.function.BooleanSupplier condition) {
        boolean isSo = Await.until(PATIENCE, condition);
        ledger.check(FleetCheck.FIGURE, isSo, () -> "in vain: " + what + ", but " + figures());
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
            long shared = nodes.get(0).shared();
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
