package dev.rollcall.stress.soak;

import dev.rollcall.Session;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Performs random operations on random sessions and transports until it is told to end. */
final class Worker implements Runnable {
    static final byte[] SECRET = "open sesame".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WRONG_SECRET = "open barley".getBytes(StandardCharsets.UTF_8);
    private static final List<Duration> TIMEOUTS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ZERO);
    private static final List<Duration> RECLAIM_TIMEOUTS =
            List.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int CHOSEN_IDS = 64;
    private static final int LOST_STAY_ONCE_IN = 8;
    private static final int PERCENT = 100;

    private final Stage stage;
    private final Facade facade;

    Worker(Stage stage) {
        this.stage = stage;
        this.facade = stage.facade;
    }

    @Override
    public void run() {
        while (stage.gate.pass()) {
            Session<History> session = stage.anyHandle();
            int chance = stage.random().nextInt(PERCENT);
            if (session == null || chance < 10) {
                create();
            } else if (chance < 95) {
                operate(session, chance);
            } else if (chance < 97) {
                lose();
            } else {
                query(session);
            }
        }
    }

    private void operate(Session<History> session, int chance) {
        if (chance < 70) {
            facade.keepAlive(session);
        } else if (chance < 80) {
            facade.claim(session, stage.anyTransport(), stage.random().nextBoolean() ? SECRET : null);
        } else if (chance < 82) {
            facade.claim(session, stage.anyTransport(), WRONG_SECRET);
        } else if (chance < 88) {
            facade.destroy(session);
        } else if (chance < 91) {
            facade.destroyByAdmin(session);
        } else if (chance < 93) {
            facade.setSessionTimeout(session, oneOf(TIMEOUTS));
        } else {
            facade.setReclaimTimeout(session, oneOf(RECLAIM_TIMEOUTS));
        }
    }

    private Duration oneOf(List<Duration> durations) {
        return durations.get(stage.random().nextInt(durations.size()));
    }

    private void create() {
        SplittableRandom random = stage.random();
        Duration timeout = oneOf(TIMEOUTS);
        Duration reclaimTimeout = oneOf(RECLAIM_TIMEOUTS);
        SessionOptions<History> options =
                SessionOptions.<History>defaults().sessionTimeout(timeout).reclaimTimeout(reclaimTimeout);
        if (random.nextInt(8) == 0) {
            options = options.id(1 + random.nextInt(CHOSEN_IDS));
        }
        if (random.nextInt(4) == 0) {
            options = options.claimSecret(SECRET);
        }
        History history = new History(facade.clockNanos(), timeout.toNanos(), reclaimTimeout.toNanos());
        Session<History> session = facade.create(stage.anyTransport(), options, history);
        if (session != null) {
            stage.keepHandle(session);
        }
    }

    private void lose() {
        int index = stage.random().nextInt(stage.transports.length());
        Transport<History> transport = stage.transports.get(index);
        if (stage.random().nextInt(4) == 0) {
            facade.close(transport);
        } else {
            facade.gone(transport);
        }
        stage.findings.check(
                transport.count() == 0 && transport.sessions().isEmpty(), "G5: sessions on a transport that is gone");
        stage.lost.add(transport);
        // Some stay for a while, so that others meet them.
        if (stage.random().nextInt(LOST_STAY_ONCE_IN) != 0) {
            stage.transports.compareAndSet(index, transport, stage.newTransport());
        }
    }

    private void query(Session<History> session) {
        switch (stage.random().nextInt(4)) {
            case 0 -> facade.sweep();
            case 1 -> {
                Session<History> found = stage.manager.find(session.id());
                stage.findings.check(
                        found == null || found.id() == session.id(), "G7: a lookup found another id's session");
            }
            case 2 -> {
                Transport<History> transport = stage.anyTransport();
                stage.findings.check(transport.count() >= 0, "G1: a negative count of a transport");
            }
            default ->
                stage.findings.check(
                        session.info().phase() != null && !session.toString().isEmpty(), "no details of a session");
        }
    }
}
