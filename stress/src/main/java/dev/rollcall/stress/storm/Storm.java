package dev.rollcall.stress.storm;

import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayOptions;
import dev.rollcall.stress.gateway.Handles;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One storm, from the first connection to the verdict. */
final class Storm {
    private static final Duration RECLAIM_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(30);

    /** What acts may wait for beyond the gateway's own patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int SOCKETS_AT_LEAST = 10_000;
    private static final int SOCKETS_A_SECOND = 2_000;
    private static final int SAMPLES = 2_000;
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final long HEAP_SLACK = 24L << 20;
    private static final List<Act> FIRST =
            List.of(Act.HALF_OPEN, Act.SLOW_READER, Act.SILENT, Act.KEEPALIVE_AT_DEADLINE);

    private final StormPlan plan;
    private final Starter starter;
    private final Tally tally = new Tally();
    private final EndLedger ledger = new EndLedger(tally);
    private final List<Latency> latencies = new ArrayList<>();

    /** Starts the gateway that the storm is for. */
    @FunctionalInterface
    interface Starter {
        Gateway start(GatewayOptions options, UnaryOperator<SessionManagerBuilder<Handles>> settings)
                throws IOException;
    }

    Storm(StormPlan plan, Starter starter) {
        this.plan = plan;
        this.starter = starter;
    }

    Tally tally() {
        return tally;
    }

    List<Latency> latencies() {
        return latencies;
    }

    /**
     * Rages, and checks.
     *
     * @throws IOException if the gateway does not start, or does not answer a well-behaved client
     * @throws InterruptedException if interrupted
     */
    void run() throws IOException, InterruptedException {
        if (plan.url() != null) {
            try (Stage stage = stage(plan.url(), plan.adminUrl(), plan.adminSecret(), Duration.ZERO)) {
                rage(stage, null);
            }
            return;
        }
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.adminSecret = "storm";
        options.sessionTimeout = SESSION_TIMEOUT;
        options.reclaimTimeout = RECLAIM_TIMEOUT;
        options.idleTimeout = IDLE_TIMEOUT;
        try (Gateway gateway = starter.start(options, settings -> settings.listener(ledger));
                Stage stage = stage(gateway.url(), gateway.adminUrl(), options.adminSecret, options.idleTimeout)) {
            warmUp(stage);
            Resting before = Resting.now();
            rage(stage, gateway);
            long growth = Resting.now().heapBytes() - before.heapBytes();
            tally.check(
                    Check.HEAP, growth < HEAP_SLACK, "the heap has grown from " + before.heapBytes() + " by " + growth);
        }
        tally.check(
                Check.THREADS,
                Await.until(PATIENCE, () -> Resting.threads() == 0),
                Resting.threads() + " threads are left");
    }

    private Stage stage(URI url, URI adminUrl, String secret, Duration idleTimeout) throws IOException {
        long sockets =
                Math.max(SOCKETS_AT_LEAST, SOCKETS_A_SECOND * plan.length().toSeconds());
        Stage stage = new Stage(url, adminUrl, secret, idleTimeout, tally, sockets);
        stage.learn();
        return stage;
    }

    private void warmUp(Stage stage) throws IOException {
        for (Act act : plan.acts()) {
            if (!FIRST.contains(act)) {
                act.play(stage, new SplittableRandom(plan.seed()));
            }
        }
    }

    private void rage(Stage stage, Gateway gateway) throws IOException, InterruptedException {
        Crowd crowd = new Crowd(stage, plan.crowd());
        Held held = new Held(stage);
        Set<Long> ids = new TreeSet<>(crowd.ids());
        ids.addAll(held.ids());
        Aftermath aftermath = new Aftermath(stage, gateway, ledger);
        Keeper keeper = new Keeper(stage, held, crowd);
        try {
            if (plan.crowd() > 0) {
                latencies.add(Latency.measure(stage, "nothing else", SAMPLES, after(PROBE), () -> {}));
                latencies.add(Latency.measure(
                        stage,
                        "right after a socket closes",
                        SAMPLES,
                        after(PROBE),
                        () -> stage.connect().reset()));
            }
            List<Thread> clients = clients(stage);
            latencies.add(Latency.measure(stage, "amid the storm", SAMPLES, after(plan.length()), () -> {}));
            join(clients, after(stage.idleTimeout().plus(plan.length()).plus(PATIENCE)));
            aftermath.check(ids, held.sockets() + crowd.sockets());
        } finally {
            stage.exhaust();
            keeper.stop();
        }
        held.keepAlive();
        held.letGo();
        crowd.vanish();
        aftermath.check(Set.of(), 0);
    }

    private List<Thread> clients(Stage stage) {
        SplittableRandom seeds = new SplittableRandom(plan.seed());
        long deadline = after(plan.length());
        List<Act> first = FIRST.stream().filter(plan.acts()::contains).toList();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            SplittableRandom random = seeds.split();
            Act opening = i < first.size() ? first.get(i) : Act.any(plan.acts(), random);
            Thread thread = new Thread(() -> act(stage, opening, random, deadline), "storm-client-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void act(Stage stage, Act opening, SplittableRandom random, long deadline) {
        Act act = opening;
        do {
            play(act::play, act.name(), stage, random);
            act = Act.any(plan.acts(), random);
        } while (System.nanoTime() - deadline < 0 && stage.hasSocketsLeft());
    }

    /** Whatever is thrown is a violation, errors too: a client that is lost in silence would find nothing any more. */
    void play(Act.Play act, String name, Stage stage, SplittableRandom random) {
        try {
            act.play(stage, random);
        } catch (IOException | RuntimeException | Error failure) {
            tally.violation(Check.REPLIES, name + ": " + failure);
        }
    }

    private void join(List<Thread> threads, long deadline) throws InterruptedException {
        for (Thread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            thread.join(Math.max(1, left));
            if (thread.isAlive()) {
                tally.violation(Check.REPLIES, thread.getName() + " hangs: " + Arrays.toString(thread.getStackTrace()));
            }
        }
    }

    private static long after(Duration duration) {
        return System.nanoTime() + duration.toNanos();
    }

    /** Whether the check was made, as far as it can be, and held each time. */
    boolean holds(Check check) {
        return tally.failed(check) == 0 && (tally.passed(check) > 0 || !isMade(check));
    }

    /** Whether it can be made: some not from outside, and some not by each act. */
    boolean isMade(Check check) {
        boolean isSeen = plan.url() == null || !(check.isInside() || check == Check.CUT_OFF);
        return isSeen && (plan.isFull() || tally.passed(check) + tally.failed(check) > 0);
    }

    boolean hasPassed() {
        return Arrays.stream(Check.values()).allMatch(this::holds);
    }

    StormPlan plan() {
        return plan;
    }
}
