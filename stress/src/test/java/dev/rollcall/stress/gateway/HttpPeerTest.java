package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Events of clients that poll. */
class HttpPeerTest {
    private static final String NOTHING = "{\"janus\":\"keepalive\"}";

    private final World world = new World();
    private final HttpPeer peer = new HttpPeer(world.sessions, "http-1");
    private final Session<Handles> session = session();
    private final List<String> polled = new ArrayList<>();

    /** One object, for a peer knows a poll by its identity. */
    @SuppressWarnings("UnnecessaryLambda")
    private final Consumer<String> poll = polled::add;

    private Session<Handles> session() {
        world.client.handle(request("create", ",'id':5"), JanusRequest.Path.NONE, peer, reply -> {});
        return world.sessions.find(5);
    }

    private void destroy() {
        world.client.handle(request("destroy", ",'session_id':5"), JanusRequest.Path.NONE, peer, reply -> {});
    }

    private void send(int number) {
        peer.send(Json.object().put("n", number));
    }

    @Test
    void event_whilePollWaits_isHandedOver() {
        peer.poll(session, 1, poll);
        assertThat(polled).isEmpty();
        send(1);
        send(2);
        assertThat(polled).containsExactly("{\"n\":1}");
        peer.poll(session, 1, poll);
        assertThat(polled).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void events_severalAtOnce_comeAsArray() {
        send(1);
        send(2);
        send(3);
        peer.poll(session, 2, poll);
        peer.poll(session, 2, poll);
        assertThat(polled).containsExactly("[{\"n\":1},{\"n\":2}]", "[{\"n\":3}]");
    }

    @Test
    void events_ofClientThatDoesNotPoll_areDroppedFromTheOldest() {
        for (int i = 0; i < 300; i++) {
            send(i);
        }
        peer.poll(session, 1, poll);
        assertThat(polled).containsExactly("{\"n\":44}");
    }

    @Test
    void events_thatAreLong_areDroppedFromTheOldest_butNotTheLast() {
        for (int i = 0; i < 4; i++) {
            peer.send(Json.object("text", i + "x".repeat(100_000)));
        }
        peer.poll(session, 10, poll);
        assertThat(polled.get(0))
                .startsWith("[{\"text\":\"2x")
                .contains("{\"text\":\"3x")
                .hasSizeLessThan(201_000);
        peer.send(Json.object("text", "x".repeat(300_000)));
        peer.poll(session, 10, poll);
        send(1);
        send(2);
        peer.poll(session, 10, poll);
        assertThat(polled.get(1)).hasSizeGreaterThan(300_000);
        assertThat(polled.get(2)).isEqualTo("[{\"n\":1},{\"n\":2}]");
    }

    @Test
    void poll_thatGivesUp_getsNothing_andIsForgotten() {
        peer.poll(session, 1, poll);
        peer.giveUp(poll);
        peer.giveUp(poll);
        assertThat(polled).containsExactly(NOTHING);
        send(1);
        assertThat(polled).hasSize(1);
    }

    @Test
    void event_goesToTheNewestPoll_andTheOthersWait() {
        List<String> second = new ArrayList<>();
        peer.poll(session, 1, poll);
        peer.poll(session, 10, second::add);
        assertThat(polled).isEmpty();
        send(1);
        assertThat(second).containsExactly("[{\"n\":1}]");
        assertThat(polled).isEmpty();
        send(2);
        assertThat(polled).containsExactly("{\"n\":2}");
        assertThat(second).hasSize(1);
    }

    @Test
    void polls_beyondTheFourth_releaseTheOldest() {
        List<String> others = new ArrayList<>();
        peer.poll(session, 1, poll);
        for (int i = 0; i < 3; i++) {
            peer.poll(session, 1, others::add);
        }
        assertThat(polled).isEmpty();
        peer.poll(session, 1, others::add);
        assertThat(polled).containsExactly(NOTHING);
        assertThat(others).isEmpty();
        destroy();
        assertThat(others).containsExactly(NOTHING, NOTHING, NOTHING, NOTHING);
    }

    @Test
    void poll_thatGivesUp_leavesTheOthersWaiting() {
        List<String> second = new ArrayList<>();
        peer.poll(session, 1, poll);
        peer.poll(session, 1, second::add);
        peer.giveUp(poll);
        assertThat(polled).containsExactly(NOTHING);
        send(1);
        assertThat(second).containsExactly("{\"n\":1}");
    }

    @Test
    void nothing_forAPollThatTakesSeveral_comesAsArray() {
        peer.poll(session, 2, poll);
        peer.giveUp(poll);
        assertThat(polled).containsExactly("[" + NOTHING + "]");
    }

    @Test
    void poll_ofFormerOwner_isToldOfTheClaim() {
        peer.poll(session, 1, poll);
        world.ask("{'janus':'claim','transaction':'t','session_id':5}");
        assertThat(polled).containsExactly(json("{'janus':'claimed','session_id':5}"));
    }

    @Test
    void polls_ofFormerOwner_areAllReleasedByTheClaim() {
        List<String> older = new ArrayList<>();
        peer.poll(session, 1, older::add);
        peer.poll(session, 1, poll);
        world.ask("{'janus':'claim','transaction':'t','session_id':5}");
        assertThat(polled).containsExactly(json("{'janus':'claimed','session_id':5}"));
        assertThat(older).containsExactly(NOTHING);
    }

    @Test
    void poll_ofSessionThatWasClaimedJustBefore_isReleasedAtOnce() {
        world.ask("{'janus':'claim','transaction':'t','session_id':5}");
        peer.poll(session, 1, poll);
        peer.poll(session, 1, poll);
        assertThat(polled).containsExactly(json("{'janus':'claimed','session_id':5}"), NOTHING);
    }

    @Test
    void poll_isReleased_whenTheSessionEnds() {
        peer.poll(session, 1, poll);
        destroy();
        assertThat(polled).containsExactly(NOTHING);
    }

    @Test
    void poll_ofSessionThatEndedJustBefore_isReleasedAtOnce() {
        destroy();
        peer.poll(session, 1, poll);
        assertThat(polled).containsExactly(NOTHING);
    }

    @Test
    void event_beforeTheSessionEnded_isHandedOverToAPollThatComesLate() {
        send(1);
        destroy();
        peer.poll(session, 1, poll);
        assertThat(polled).containsExactly("{\"n\":1}");
    }

    @Test
    void event_thatFollowsFromARequest_isThereForWhoHasTheAnswer() {
        long handle = session.attachment().attach(ClientApi.ECHO, null).id();
        String about = ",'session_id':5,'handle_id':" + handle;
        for (String request : new String[] {"message", "detach"}) {
            List<String> polledAtTheAnswer = new ArrayList<>();
            world.client.handle(request(request, about + ",'body':{}"), JanusRequest.Path.NONE, peer, reply -> {
                peer.poll(session, 1, poll);
                polledAtTheAnswer.addAll(polled);
                polled.clear();
            });
            assertThat(polledAtTheAnswer)
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("\"sender\":" + handle);
        }
    }

    @Test
    void event_thatCannotBeWritten_leavesThePollWaiting() {
        ObjectNode tooDeep = Json.object();
        for (int i = 0; i < 2_100; i++) {
            tooDeep = Json.object().set("a", tooDeep);
        }
        ObjectNode event = tooDeep;
        peer.poll(session, 1, poll);
        assertThatThrownBy(() -> peer.send(event)).isInstanceOf(UncheckedIOException.class);
        send(1);
        assertThat(polled).containsExactly("{\"n\":1}");
    }

    private static JsonNode request(String verb, String more) {
        try {
            return Json.document(json("{'janus':'" + verb + "','transaction':'t'" + more + "}"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
