package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Acts of clients that keep a gateway waiting. */
final class Waiting {
    /** The shortest that the admin API can set. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int NO_SUCH_SESSION = 458;
    private static final int KEEPALIVES = 3;
    private static final int REQUESTS_AT_ONCE = 10;

    /** Replies repeat it, so a few fill all buffers, and the gateway's patience begins almost at once. */
    private static final String LONG_TRANSACTION = "x".repeat(30_000);

    /** Beyond the gateway's own patience. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Waiting() {}

    /** Creates a session and says nothing more: it times out, not early, and its owner is told. */
    static void silent(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            long before = System.nanoTime();
            long id = stage.create(wire);
            shorten(stage, id);
            awaitTimeout(stage, wire, before);
            stage.expectError(wire.ask(Ask.about("keepalive", id)), NO_SUCH_SESSION, "after a timeout");
        }
    }

    /** Keeps a session alive at the last moment, or just too late. */
    static void keepaliveAtDeadline(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            long before = System.nanoTime();
            long id = stage.create(wire);
            shorten(stage, id);
            for (int i = 0; i < KEEPALIVES; i++) {
                long jitter = TimeUnit.MILLISECONDS.toNanos(random.nextInt(-60, 160));
                pauseUntil(before + TIMEOUT.toNanos() + jitter);
                long sent = System.nanoTime();
                JsonNode reply = wire.ask(Ask.about("keepalive", id));
                if (Ask.is(reply, "timeout")) {
                    long told = System.nanoTime();
                    reply = wire.receive();
                    // One that was in time may be answered after the timeout that followed it.
                    boolean isInTime = Ask.is(reply, "ack");
                    checkNotEarly(stage, isInTime ? sent : before, told);
                    if (!isInTime) {
                        stage.expectError(reply, NO_SUCH_SESSION, "keepalive after a timeout");
                    }
                    stage.tally().happened(isInTime ? "keepalives in time" : "keepalives too late", 1);
                    return;
                }
                if (Ask.code(reply) == NO_SUCH_SESSION) {
                    awaitTimeout(stage, wire, before);
                    stage.tally().happened("keepalives too late", 1);
                    return;
                }
                stage.expect(reply, "ack");
                stage.tally().happened("keepalives in time", 1);
                before = sent;
            }
            awaitTimeout(stage, wire, before);
        }
    }

    private static void shorten(Stage stage, long id) throws IOException {
        stage.expect(stage.admin("set_session_timeout", id, ",\"timeout\":" + TIMEOUT.toSeconds()), "success");
    }

    private static void awaitTimeout(Stage stage, Wire wire, long before) throws IOException {
        stage.expect(wire.receive(), "timeout");
        checkNotEarly(stage, before, System.nanoTime());
    }

    /** The activity came after {@code before}, the end before {@code told}, so this is never too strict. */
    private static void checkNotEarly(Stage stage, long before, long told) {
        long waited = told - before;
        stage.tally()
                .check(
                        Check.TIMEOUTS,
                        waited >= TIMEOUT.toNanos(),
                        "timed out " + waited / 1_000 + " µs after its last activity");
    }

    private static void pauseUntil(long deadline) {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** A connection whose other end is not there any more, as far as anybody can tell. */
    static void halfOpen(Stage stage, SplittableRandom random) throws IOException {
        halfOpen(stage, GRACE);
    }

    /** A close frame is not enough: the gateway must let go of the socket, too, which this side does not. */
    static void halfOpen(Stage stage, Duration grace) throws IOException {
        Wire wire = stage.connect();
        stage.create(wire);
        if (stage.idleTimeout().isZero()) {
            wire.reset();
            return;
        }
        ScheduledFuture<?> giveUp = stage.resetAfter(wire, stage.idleTimeout().plus(grace));
        stage.tally().check(Check.CUT_OFF, wire.awaitEnd(), "a silent socket was not closed");
        giveUp.cancel(false);
        wire.close();
    }

    /** Asks and asks and never reads. */
    static void slowReader(Stage stage, SplittableRandom random) throws IOException {
        Wire wire = stage.connect(4_096);
        stage.create(wire);
        byte[] requests =
                Wire.joined(Collections.nCopies(REQUESTS_AT_ONCE, Wire.text(Ask.plain("info", LONG_TRANSACTION))));
        ScheduledFuture<?> giveUp = stage.resetAfter(wire, stage.idleTimeout().plus(GRACE));
        try {
            while (!giveUp.isDone()) {
                wire.write(requests);
                stage.tally().happened("requests of slow readers", REQUESTS_AT_ONCE);
            }
        } catch (IOException closed) {
            stage.tally().happened("slow readers", 1);
        }
        stage.tally()
                .check(
                        Check.CUT_OFF,
                        !wire.isReset() || stage.idleTimeout().isZero(),
                        "a client that did not read was not cut off");
        giveUp.cancel(false);
        wire.reset();
    }
}
