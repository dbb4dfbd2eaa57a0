package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.SessionManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Acts of clients that close, or are cut off, in the midst of something. */
final class Closing {
    private static final int SOCKETS_FOR_ONE_ID = 8;
    private static final int RECONNECTS = 6;
    private static final int NO_SUCH_SESSION = 458;
    private static final int CONFLICT = 468;

    private Closing() {}

    /** Creates, and closes at once; whoever closes in good order may have read some replies. */
    static void createAndClose(Stage stage, SplittableRandom random, int creates, boolean reset) throws IOException {
        Wire wire = stage.connect();
        wire.write(Wire.joined(Collections.nCopies(creates, Wire.text(Ask.create()))));
        stage.tally().happened("creates before a close", creates);
        if (reset) {
            wire.reset();
        } else if (random.nextInt(4) == 0) {
            wire.halfClose();
            wire.awaitClose();
            wire.close();
        } else {
            wire.close();
        }
    }

    /** Claims a session and closes at once. Its owner and a third client see what came of it. */
    static void claimAndClose(Stage stage, SplittableRandom random) throws IOException {
        try (Wire owner = stage.connect()) {
            long id = stage.create(owner);
            Wire claimant = stage.connect();
            long before = System.nanoTime();
            claimant.send(Ask.about("claim", id));
            if (random.nextBoolean()) {
                claimant.reset();
            } else {
                claimant.close();
            }
            boolean isStillOwner = Ask.is(replyTo(owner, Ask.about("keepalive", id), "keepalive"), "ack");
            stage.tally().happened(isStillOwner ? "claims that a close outran" : "claims before a close", 1);
            try (Wire third = stage.connect()) {
                JsonNode first = third.ask(Ask.about("claim", id));
                // The claim that was sent before may be handled after this one, and be told of before this one's reply.
                boolean isTakenAgain = Ask.is(first, "claimed");
                JsonNode reply = isTakenAgain ? third.receive() : first;
                boolean isInTime =
                        System.nanoTime() - before < stage.reclaimTimeout().toNanos();
                if (isInTime || Ask.is(reply, "success")) {
                    stage.tally().check(Check.CLAIMS, Ask.is(reply, "success"), "a claim in time: " + reply);
                    if (isTakenAgain) {
                        stage.expectError(
                                third.ask(Ask.about("destroy", id)), NO_SUCH_SESSION, "destroy after another's claim");
                    } else {
                        destroy(stage, third, id);
                    }
                } else {
                    stage.expectError(reply, NO_SUCH_SESSION, "a claim too late");
                }
            }
        }
    }

    /** The claim that was sent before may be handled after this client's own; then it is told so. */
    private static void destroy(Stage stage, Wire wire, long id) throws IOException {
        wire.send(Ask.about("destroy", id));
        JsonNode first = wire.receive();
        if (!Ask.is(first, "success")) {
            JsonNode second = wire.receive();
            boolean isNoticeFirst = Ask.is(first, "claimed");
            stage.expect(isNoticeFirst ? first : second, "claimed");
            stage.expectError(isNoticeFirst ? second : first, NO_SUCH_SESSION, "destroy after another's claim");
        }
    }

    /** One id, many sockets: one create wins, and the others are told. */
    static void sameId(Stage stage, SplittableRandom random) throws IOException {
        long id = random.nextLong(1, SessionManager.MAX_ID);
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS_FOR_ONE_ID; i++) {
                wires.add(stage.connect());
            }
            for (Wire wire : wires) {
                wire.send(Ask.create(id));
            }
            Wire winner = null;
            int won = 0;
            for (Wire wire : wires) {
                JsonNode reply = wire.receive();
                if (Ask.is(reply, "success")) {
                    winner = wire;
                    won++;
                } else {
                    stage.expectError(reply, CONFLICT, "create with an id that is taken");
                }
            }
            stage.tally().check(Check.IDENTITY, won == 1, won + " creates with one id succeeded");
            if (winner != null && random.nextBoolean()) {
                stage.expect(winner.ask(Ask.about("destroy", id)), "success");
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    /** Loses its socket and claims its session from another, again and again. */
    static void reconnect(Stage stage, SplittableRandom random) throws IOException {
        Wire wire = stage.connect();
        long id = stage.create(wire);
        for (int i = 0; i < RECONNECTS; i++) {
            long before = System.nanoTime();
            // Sometimes the old socket is still there, as when only the way to it is broken.
            boolean isCut = random.nextInt(4) != 0;
            if (isCut) {
                wire.reset();
            }
            Wire next = stage.connect();
            JsonNode reply = next.ask(Ask.about("claim", id));
            boolean isInTime =
                    System.nanoTime() - before < stage.reclaimTimeout().toNanos();
            if (!isCut) {
                checkMoved(stage, wire, id);
                wire.close();
            }
            wire = next;
            if (!isInTime && Ask.code(reply) == NO_SUCH_SESSION) {
                wire.close();
                return;
            }
            stage.tally().check(Check.CLAIMS, Ask.is(reply, "success"), "a claim in time: " + reply);
            stage.expect(replyTo(wire, Ask.about("keepalive", id), "keepalive"), "ack");
        }
        stage.expect(replyTo(wire, Ask.about("destroy", id), "destroy"), "success");
        wire.close();
    }

    /** The former owner is told, and has no say any more. */
    private static void checkMoved(Stage stage, Wire former, long id) throws IOException {
        JsonNode notice = former.ask(Ask.about("destroy", id));
        JsonNode reply = former.receive();
        if (Ask.is(reply, "claimed")) {
            JsonNode swapped = notice;
            notice = reply;
            reply = swapped;
        }
        stage.expect(notice, "claimed");
        stage.tally().check(Check.CLAIMS, Ask.code(reply) == NO_SUCH_SESSION, "a former owner's destroy: " + reply);
    }

    /** Asks, and skips events until the reply comes. */
    private static JsonNode replyTo(Wire wire, String request, String transaction) throws IOException {
        JsonNode reply = wire.ask(request);
        while (!reply.path("transaction").asText().equals(transaction)) {
            reply = wire.receive();
        }
        return reply;
    }
}
