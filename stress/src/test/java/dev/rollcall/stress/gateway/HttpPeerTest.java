package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Events of clients that poll. */
class HttpPeerTest {
    private static final String NOTHING = "{\"janus\":\"keepalive\"}";

    private final World world = new World();
    private final HttpPeer peer = new HttpPeer(world.sessions, "http-1");
    private final List<String> polled = new ArrayList<>();

    /** One object, for a peer knows a poll by its identity. */
    @SuppressWarnings("UnnecessaryLambda")
    private final Consumer<JsonNode> poll = events -> polled.add(Json.text(events));

    private void send(int number) {
        peer.send(Json.object().put("n", number));
    }

    @Test
    void event_whilePollWaits_isHandedOver() {
        peer.poll(1, poll);
        assertThat(polled).isEmpty();
        send(1);
        send(2);
        assertThat(polled).containsExactly("{\"n\":1}");
        peer.poll(1, poll);
        assertThat(polled).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void events_severalAtOnce_comeAsArray() {
        send(1);
        send(2);
        send(3);
        peer.poll(2, poll);
        peer.poll(2, poll);
        assertThat(polled).containsExactly("[{\"n\":1},{\"n\":2}]", "[{\"n\":3}]");
    }

    @Test
    void events_ofClientThatDoesNotPoll_areDroppedFromTheOldest() {
        for (int i = 0; i < 300; i++) {
            send(i);
        }
        peer.poll(1, poll);
        assertThat(polled).containsExactly("{\"n\":44}");
    }

    @Test
    void poll_thatGivesUp_getsNothing_andIsForgotten() {
        peer.poll(1, poll);
        peer.giveUp(poll);
        peer.giveUp(poll);
        assertThat(polled).containsExactly(NOTHING);
        send(1);
        assertThat(polled).hasSize(1);
    }

    @Test
    void poll_anew_releasesTheFormer() {
        List<String> second = new ArrayList<>();
        peer.poll(1, poll);
        peer.poll(1, events -> second.add(Json.text(events)));
        assertThat(polled).containsExactly(NOTHING);
        send(1);
        assertThat(second).containsExactly("{\"n\":1}");
    }

    @Test
    void poll_ofFormerOwner_isToldOfTheClaim() {
        world.client.handle(request("create", ",'id':5"), JanusRequest.Path.NONE, peer, reply -> {});
        peer.poll(1, poll);
        world.ask("{'janus':'claim','transaction':'t','session_id':5}");
        assertThat(polled).containsExactly(json("{'janus':'claimed','session_id':5}"));
    }

    @Test
    void poll_isReleased_whenTheSessionEnds() {
        world.client.handle(request("create", ",'id':5"), JanusRequest.Path.NONE, peer, reply -> {});
        peer.poll(1, poll);
        world.client.handle(request("destroy", ",'session_id':5"), JanusRequest.Path.NONE, peer, reply -> {});
        assertThat(polled).containsExactly(NOTHING);
    }

    private static JsonNode request(String verb, String more) {
        try {
            return Json.document(json("{'janus':'" + verb + "','transaction':'t'" + more + "}"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
