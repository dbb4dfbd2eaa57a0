package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Acts about what a message may look like. */
final class Messages {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TOO_LARGE = 1009;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int BAD_PAYLOAD = 1007;
    private static final int NO_SUCH_SESSION = 458;
    private static final int OVERSIZED = 70_000;

    /** Texts and the codes of the errors that answer them. */
    private static final List<Wrong> WRONG = List.of(
            new Wrong("", 454),
            new Wrong("{", 454),
            new Wrong("{\"janus\":\"ping\",,}", 454),
            new Wrong("17", 454),
            new Wrong("\"ping\"", 454),
            new Wrong("[".repeat(20_000), 454),
            new Wrong("[]", 456),
            new Wrong("{}", 456),
            new Wrong("{\"transaction\":\"t\"}", 456),
            new Wrong("{\"janus\":5,\"transaction\":\"t\"}", 467),
            new Wrong("{\"janus\":\"ping\",\"transaction\":[]}", 467),
            new Wrong("{\"janus\":\"dance\",\"transaction\":\"t\"}", 457),
            new Wrong("{\"janus\":\"keepalive\",\"transaction\":\"t\",\"session_id\":\"1\"}", 457),
            new Wrong("{\"janus\":\"keepalive\",\"transaction\":\"t\",\"session_id\":-1}", 458),
            new Wrong("{\"janus\":\"detach\",\"transaction\":\"t\",\"handle_id\":1}", 458),
            new Wrong("{\"janus\":\"create\",\"transaction\":\"t\",\"id\":-1}", 467),
            new Wrong("{\"janus\":\"create\",\"transaction\":\"t\",\"id\":1.5}", 467),
            new Wrong("{\"janus\":\"create\",\"transaction\":\"t\",\"id\":\"7\"}", 467),
            new Wrong("{\"janus\":\"create\",\"transaction\":\"t\",\"id\":9223372036854775808}", 454));

    private record Wrong(String text, int code) {}

    private Messages() {}

    /** Texts that are no requests: each is answered, and the socket stays. */
    static void malformed(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            long id = stage.create(wire);
            for (Wrong wrong : WRONG) {
                stage.expectError(wire.ask(wrong.text()), wrong.code(), wrong.text());
            }
            stage.expectError(wire.ask(Ask.about("dance", id)), 453, "an unknown verb");
            stage.expectError(wire.ask(Ask.about("create", id)), 453, "create within a session");
            stage.expectError(wire.ask(Ask.about("attach", id)), 456, "attach without a plugin");
            stage.expectError(wire.ask(Ask.about("message", id)), 457, "message without a handle");
            stage.expect(wire.ask(Ask.about("keepalive", id)), "ack");
        }
    }

    /** Frames that break WebSocket's rules: each closes its socket, with a code that says why. */
    static void brokenFrames(Stage stage, SplittableRandom random) throws IOException {
        byte[] request = Ask.create().getBytes(StandardCharsets.UTF_8);
        byte[] unmasked = new byte[request.length + 2];
        unmasked[0] = (byte) (0x80 | Wire.TEXT);
        unmasked[1] = (byte) request.length;
        System.arraycopy(request, 0, unmasked, 2, request.length);
        closes(stage, unmasked, PROTOCOL_ERROR, "a frame without a mask");
        closes(stage, Wire.frame(5, true, request), PROTOCOL_ERROR, "an unknown opcode");
        closes(stage, Wire.frame(0, true, request), PROTOCOL_ERROR, "a continuation of nothing");
        closes(stage, Wire.frame(Wire.TEXT, true, new byte[] {'"', (byte) 0xc3, '"'}), BAD_PAYLOAD, "bad UTF-8");
        try {
            Wire.open(stage.url(), "").close();
            stage.tally().violation(Check.REPLIES, "a WebSocket without the subprotocol was opened");
        } catch (IOException refused) {
            boolean isExpected = refused.getMessage().contains(" 400 ");
            stage.tally().check(Check.REPLIES, isExpected, "without the subprotocol: " + refused.getMessage());
        }
    }

    private static void closes(Stage stage, byte[] frames, int code, String what) throws IOException {
        try (Wire wire = stage.connect()) {
            stage.create(wire);
            wire.write(frames);
            int closed = wire.awaitClose();
            stage.tally().check(Check.REPLIES, closed == code, what + ": closed with " + closed + ", not " + code);
        }
    }

    /** A request in many frames, with pings in between, is one request. */
    static void fragmented(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            byte[] request = Ask.create().getBytes(StandardCharsets.UTF_8);
            int at = 0;
            while (at < request.length) {
                int end = Math.min(request.length, at + 1 + random.nextInt(8));
                int opcode = at == 0 ? Wire.TEXT : 0;
                wire.write(Wire.frame(opcode, end == request.length, Arrays.copyOfRange(request, at, end)));
                if (end < request.length && random.nextInt(3) == 0) {
                    wire.write(Wire.frame(Wire.PING, true, new byte[] {1}));
                }
                at = end;
            }
            JsonNode reply = wire.receive();
            stage.expect(reply, "success");
            // Half of a message is no request, whatever becomes of the rest.
            wire.write(Wire.frame(Wire.TEXT, false, Ask.create().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A message over the limit closes the socket, in one frame and in many. */
    static void oversized(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            stage.create(wire);
            byte[] payload = new byte[OVERSIZED];
            Arrays.fill(payload, (byte) ' ');
            if (random.nextBoolean()) {
                wire.write(Wire.frame(Wire.TEXT, true, payload));
            } else {
                wire.write(Wire.frame(Wire.TEXT, false, Arrays.copyOf(payload, OVERSIZED / 2)));
                wire.write(Wire.frame(0, true, Arrays.copyOf(payload, OVERSIZED / 2 + 1)));
            }
            int code = wire.awaitClose();
            stage.tally().check(Check.CUT_OFF, code == TOO_LARGE, "oversized: closed with " + code);
        } catch (SocketException closedWhileSending) {
            stage.tally().happened("oversized messages that were not even taken", 1);
        }
    }

    /** Many requests at once are answered in their order, also several in one frame. */
    static void pipelined(Stage stage, SplittableRandom random) throws IOException {
        try (Wire wire = stage.connect()) {
            long id = stage.create(wire);
            List<byte[]> frames = new ArrayList<>();
            List<String> transactions = new ArrayList<>();
            int requests = 20 + random.nextInt(80);
            while (transactions.size() < requests) {
                StringBuilder frame = new StringBuilder();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    String transaction = "t" + transactions.size();
                    transactions.add(transaction);
                    frame.append(Ask.about("keepalive", id, transaction)).append('\n');
                }
                frames.add(Wire.text(frame.toString()));
            }
            frames.add(Wire.text(Ask.about("destroy", id)));
            frames.add(Wire.text(Ask.about("keepalive", id)));
            wire.write(Wire.joined(frames));
            for (String transaction : transactions) {
                JsonNode reply = wire.receive();
                boolean isNext = reply.path("transaction").asText().equals(transaction);
                stage.tally()
                        .check(Check.REPLIES, isNext && Ask.is(reply, "ack"), "not the ack of " + transaction + reply);
            }
            stage.expect(wire.receive(), "success");
            stage.expectError(wire.receive(), NO_SUCH_SESSION, "keepalive after destroy");
        }
    }

    /** A session over HTTP: create, attach, an event by long poll, destroy. */
    static void http(Stage stage, SplittableRandom random) throws IOException {
        JsonNode created = stage.postJanus("", Ask.create());
        stage.expect(created, "success");
        long id = Ask.createdId(created);
        String attach = "{\"janus\":\"attach\",\"transaction\":\"a\",\"plugin\":\"janus.plugin.echotest\"}";
        JsonNode attached = stage.postJanus("/" + id, attach);
        stage.expect(attached, "success");
        HttpRequest poll = HttpRequest.newBuilder(URI.create(stage.janus("/" + id + "?maxev=1")))
                .timeout(PATIENCE)
                .build();
        CompletableFuture<HttpResponse<String>> polled =
                stage.http().sendAsync(poll, HttpResponse.BodyHandlers.ofString());
        String message = "{\"janus\":\"message\",\"transaction\":\"m\",\"body\":{\"n\":" + random.nextInt() + "}}";
        stage.expect(stage.postJanus("/" + id + "/" + Ask.createdId(attached), message), "ack");
        try {
            stage.expect(Stage.json(polled.join().body()), "event");
        } catch (CompletionException failed) {
            throw new IOException("the poll failed", failed);
        }
        stage.expect(stage.postJanus("/" + id, Ask.plain("destroy")), "success");
        stage.expectError(stage.postJanus("/" + id, Ask.plain("keepalive")), NO_SUCH_SESSION, "after a destroy");
    }
}
