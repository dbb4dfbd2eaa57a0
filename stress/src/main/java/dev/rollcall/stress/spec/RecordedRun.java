package dev.rollcall.stress.spec;

import dev.rollcall.stress.spec.Subject.Defect;
import dev.rollcall.stress.spec.Subject.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What three clients did to one manager at the same time, and what they were told, as a sequence of
 * calls and returns in the order in which they happened: a call is noted before it begins and a
 * return after it is over, so an operation took effect between the two. Two of the clients begin
 * their first operations together, when both calls are noted, then their second ones; so on any
 * machine two operations are under way at a time, and a third one by chance.
 *
 * @param events in the words of {@code Replay.tla}
 */
record RecordedRun(List<String> events) {
    static final List<String> CLIENTS = List.of("p", "q", "r");

    /** How many clients, the first ones, begin their operations together. */
    private static final int MEETING = 2;

    private static final int OPERATIONS = 2;

    /** Of all clients together: with the last one, as many incarnations as the model has. */
    private static final int CREATES = 3;

    /**
     * Records one.
     *
     * @param defect what the manager gets wrong
     * @param random chooses the operations, but not when they meet
     * @param threads at least one for each client
     */
    static RecordedRun record(Defect defect, Random random, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        Subject subject = new Subject(defect);
        List<List<Operation>> plan = plan(random);
        Log log = new Log();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(CLIENTS.size() - 1);
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS.size(); i++) {
            String name = CLIENTS.get(i);
            List<Operation> operations = plan.get(i);
            boolean isMeeting = i < MEETING;
            clients.add(threads.submit(() -> {
                try {
                    for (int round = 0; round < operations.size(); round++) {
                        if (round == OPERATIONS) {
                            others.await();
                        }
                        int call = log.call(name, operations.get(round));
                        if (isMeeting) {
                            meet(calls, MEETING * (round + 1));
                        }
                        log.returned(name, call, subject.perform(operations.get(round)));
                    }
                } finally {
                    others.countDown();
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        return new RecordedRun(log.events());
    }

    private static void meet(AtomicInteger calls, int all) {
        calls.incrementAndGet();
        while (calls.get() < all) {
            Thread.yield();
        }
    }

    /**
     * Two operations each, and when all are over a few that show what most defects do. Only one client moves time, each transport is
     * lost once at most, and the manager is closed last if at all: so much the specification asks
     * for.
     */
    private static List<List<Operation>> plan(Random random) {
        List<List<Operation>> plan = new ArrayList<>();
        CLIENTS.forEach(client -> plan.add(new ArrayList<>()));
        int creates = 0;
        for (int round = 0; round < OPERATIONS; round++) {
            for (int client = 0; client < CLIENTS.size(); client++) {
                boolean creating = creates < CREATES && random.nextInt(5) < (round == 0 ? 4 : 2);
                creates += creating ? 1 : 0;
                plan.get(client).add(creating ? create(random) : other(random, client, round));
            }
        }
        for (int client = 0; client < Operation.TRANSPORTS.size(); client++) {
            if (random.nextBoolean()) {
                Operation gone = Operation.ofTransport("gone", Operation.TRANSPORTS.get(client));
                plan.get(client).set(random.nextInt(OPERATIONS), gone);
            }
        }
        plan.get(2).add(new Operation("create", "c", "t"));
        plan.get(2).add(Operation.ofId("destroy", "a"));
        plan.get(2).add(Operation.of("sweep"));
        plan.get(2).add(Operation.of("counts"));
        return plan;
    }

    private static Operation create(Random random) {
        return new Operation("create", any(random, Operation.IDS), any(random, Operation.TRANSPORTS));
    }

    private static Operation other(Random random, int client, int round) {
        String id = any(random, Operation.IDS);
        boolean isLast = client == 2 && round == OPERATIONS - 1;
        return switch (random.nextInt(7)) {
            case 0, 1 -> Operation.ofId("destroy", id);
            case 2 -> Operation.ofId("keepAlive", id);
            case 3 -> Operation.of("counts");
            case 4 -> client == 2 ? Operation.of("sweep") : Operation.ofId("find", id);
            case 5 -> isLast && random.nextBoolean() ? Operation.of("close") : Operation.ofId("find", id);
            default -> new Operation("claim", id, any(random, Operation.TRANSPORTS));
        };
    }

    private static String any(Random random, List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    /** The run as a sequence of TLA+. */
    String toTla() {
        return "<<" + String.join(",\n      ", events) + ">>";
    }

    /** The events. A call is completed by its result once that is known. */
    private static final class Log {
        private final List<String> events = new ArrayList<>();

        synchronized int call(String client, Operation operation) {
            events.add(String.format(
                    "[kind |-> \"call\", by |-> \"%s\", op |-> \"%s\", id |-> \"%s\", to |-> \"%s\", result |-> ",
                    client, operation.name(), operation.id(), operation.transport()));
            return events.size() - 1;
        }

        synchronized void returned(String client, int call, String result) {
            events.set(call, events.get(call) + result + ']');
            events.add("[kind |-> \"return\", by |-> \"" + client + "\"]");
        }

        synchronized List<String> events() {
            return List.copyOf(events);
        }
    }
}
