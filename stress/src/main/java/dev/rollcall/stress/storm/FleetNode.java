package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.stress.cluster.CountedGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * One life of a node: a gateway in a process of its own, and the clients that it has. One of them
 * holds sessions, creates and destroys; the other storms. Both rest while somebody has the lock.
 */
final class FleetNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Its client creates as often as it destroys when it holds half as many. */
    private static final int USUAL_APPETITE = 60;

    private static final int KEEPALIVE_EVERY = 8;
    private static final int ENOUGH_SOCKETS = 1_000_000;
    private static final int FULL = 472;
    private static final int MOST_AT_ONCE = 30;

    private final Child process;
    private final URI adminUrl;
    private final Stage stage;
    private final Holdings holdings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final FleetLedger ledger;
    private final AtomicLong keepalives = new AtomicLong();
    private final AtomicLong destroys = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private volatile int appetite = USUAL_APPETITE;
    private volatile boolean isOver;

    private FleetNode(Child process, AtomicLong held, FleetLedger ledger) throws IOException {
        this.process = process;
        this.ledger = ledger;
        holdings = new Holdings(held);
        String[] ready = process.line("ready ").split(" ", -1);
        adminUrl = URI.create(ready[2]);
        // What storming clients find is for the storm on one gateway to judge.
        stage = new Stage(URI.create(ready[1]), adminUrl, "fleet", Duration.ZERO, new Tally(), ENOUGH_SOCKETS);
    }

    /** How often its client was answered so. */
    record Answers(long keepalives, long destroys, long refusals) {}

    /** Starts a process that is no node yet: it joins the others when it is told to. */
    static Child prepare(FleetPlan plan) throws IOException {
        return Child.start(
                CountedGateway.class,
                plan.controlSeats(),
                "--port=0",
                "--admin-port=0",
                "--admin-secret=fleet",
                "--session-timeout=0",
                "--idle-timeout=3600",
                "--cluster=fleet",
                "--cluster-seats=" + plan.seats(),
                "--fleet-limit=" + plan.limit());
    }

    /** Lets a process join the others, and waits until it listens. */
    static FleetNode join(Child process, AtomicLong held, FleetLedger ledger) throws IOException {
        try {
            process.tell("join");
            return new FleetNode(process, held, ledger);
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /** Lets its clients begin. */
    void begin(ReadWriteLock calm, long seed) {
        run("fleet-holder", () -> hold(calm, new SplittableRandom(seed)));
        run("fleet-storm", () -> storm(calm, new SplittableRandom(~seed)));
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void hold(ReadWriteLock calm, SplittableRandom random) {
        while (!isOver) {
            ledger.attempt(
                    () -> {
                        try (Wire wire = stage.connect()) {
                            holdOn(wire, calm, random);
                        }
                    },
                    () -> isOver ? Optional.of("clients of killed nodes") : Optional.empty());
        }
    }

    private void holdOn(Wire wire, ReadWriteLock calm, SplittableRandom random) throws IOException {
        while (!isOver) {
            calm.readLock().lock();
            try {
                createOrDestroy(wire, random);
            } catch (IOException | RuntimeException | Error brokenOff) {
                holdings.lose();
                throw brokenOff;
            } finally {
                calm.readLock().unlock();
            }
        }
    }

    private void createOrDestroy(Wire wire, SplittableRandom random) throws IOException {
        Set<Long> held = holdings.ids();
        if (!held.isEmpty() && random.nextInt(KEEPALIVE_EVERY) == 0) {
            JsonNode reply = wire.ask(Ask.about("keepalive", held.iterator().next()));
            ledger.check(FleetCheck.REPLIES, Ask.is(reply, "ack"), () -> "a keepalive: " + reply);
            keepalives.incrementAndGet();
        }
        if (random.nextInt(appetite) >= held.size()) {
            JsonNode reply = wire.ask(Ask.create());
            if (Ask.is(reply, "success")) {
                ledger.held(holdings.created(Ask.createdId(reply)));
            } else {
                ledger.check(FleetCheck.REPLIES, Ask.code(reply) == FULL, () -> "a create: " + reply);
                ledger.happened("creates refused");
                refusals.incrementAndGet();
            }
        } else {
            long id = holdings.takeAny();
            if (id != 0) {
                JsonNode reply = wire.ask(Ask.about("destroy", id));
                ledger.check(FleetCheck.REPLIES, Ask.is(reply, "success"), () -> "a destroy: " + reply);
                destroys.incrementAndGet();
            }
        }
    }

    private void storm(ReadWriteLock calm, SplittableRandom random) {
        while (!isOver) {
            calm.readLock().lock();
            try {
                ledger.attempt(
                        () -> {
                            createAndClose(random);
                            ledger.happened("acts");
                        },
                        () -> Optional.of("acts broken off"));
            } finally {
                calm.readLock().unlock();
            }
        }
    }

    /** Whatever happens its socket is closed, for a session that is left over would be one that counts. */
    private void createAndClose(SplittableRandom random) throws IOException {
        int creates = random.nextBoolean() ? 1 : MOST_AT_ONCE;
        try (Wire wire = stage.connect()) {
            wire.write(Wire.joined(Collections.nCopies(creates, Wire.text(Ask.create()))));
            if (random.nextBoolean()) {
                wire.receive();
            }
            if (random.nextBoolean()) {
                wire.reset();
            }
        }
    }

    /** What the operators' page has, or null if the node does not answer. */
    JsonNode figures() {
        try {
            return Stage.json(get("figures")).path("fleet");
        } catch (IOException e) {
            return null;
        }
    }

    private String get(String path) throws IOException {
        URI uri = URI.create("http" + adminUrl.toString().substring("ws".length()) + path);
        try {
            return http.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What a client is told that asks here for a session. */
    JsonNode ask(long session) throws IOException {
        try (Wire wire = stage.connect()) {
            return wire.ask(Ask.about("keepalive", session));
        }
    }

    /** What the control says how many sessions are live over all nodes. */
    long shared() {
        return controlSays("shared");
    }

    /** How many nodes the control sees. */
    long sharedNodes() {
        return controlSays("nodes");
    }

    private long controlSays(String question) {
        try {
            process.tell(question);
            return Long.parseLong(process.line(question + ' ').substring(question.length() + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts it off from the other nodes, the control too, or no longer. */
    void cutOff(boolean isCut) throws IOException {
        process.tell(isCut ? "cut" : "heal");
        process.line("done");
    }

    /** From now on its client creates until it is refused. */
    void fill() {
        appetite = Integer.MAX_VALUE;
    }

    /** From now on its client keeps one session at most. */
    void empty() {
        appetite = 1;
    }

    /** From now on its client holds some sessions, as it did at first. */
    void asUsual() {
        appetite = USUAL_APPETITE;
    }

    Answers answers() {
        return new Answers(keepalives.get(), destroys.get(), refusals.get());
    }

    Holdings holdings() {
        return holdings;
    }

    void stop(boolean isStopped) throws IOException, InterruptedException {
        process.stop(isStopped);
    }

    void kill() throws InterruptedException {
        isOver = true;
        holdings.forfeit();
        process.kill();
    }

    @Override
    public void close() {
        isOver = true;
        holdings.forfeit();
        process.close();
        stage.close();
    }
}
