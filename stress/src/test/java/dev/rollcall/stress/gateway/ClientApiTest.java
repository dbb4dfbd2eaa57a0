package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.EndCause;
import dev.rollcall.RejectReason;
import dev.rollcall.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API for clients, as Janus 1.4.2 was seen to speak it, and where the gateway differs on purpose. */
class ClientApiTest {
    private final World world = new World();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'janus':'ping','transaction':'t'} | {'janus':'pong','transaction':'t'}
            {'janus':'PING','transaction':'t'} | {'janus':'pong','transaction':'t'}
            {'janus':'create','transaction':'t'} | {'janus':'success','transaction':'t','data':{'id':1001}}
            {'janus':'create','transaction':'t','id':0} | {'janus':'success','transaction':'t','data':{'id':1001}}
            {'janus':'create','transaction':'t','id':7} | {'janus':'success','transaction':'t','data':{'id':7}}
            {'janus':'keepalive','transaction':'t','session_id':5} | {'janus':'ack','session_id':5,'transaction':'t'}
            {'janus':'claim','transaction':'t','session_id':5} | {'janus':'success','session_id':5,'transaction':'t'}
            {'janus':'destroy','transaction':'t','session_id':5} | {'janus':'success','session_id':5,'transaction':'t'}
            """)
    void request_inOrder_isAnswered(String request, String reply) {
        world.session(5, world.peer);

        assertThat(world.ask(request)).isEqualTo(json(reply));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'janus':'create','transaction':'t','id':5} | 468 | Session ID already in use
            {'janus':'create','transaction':'t','id':-1} | 467 | Invalid element type (id should be a positive integer)
            {'janus':'create','transaction':'t','id':'5'} | 467 | Invalid element type (id should be a positive integer)
            {'janus':'create','transaction':'t','id':null} | 467 | Invalid element type (id should be a positive integer)
            {'janus':'create','transaction':'t','id':1.5} | 467 | Invalid element type (id should be a positive integer)
            {'janus':'create','transaction':'t','id':9007199254740992} | 467 | Invalid element type (id should be a positive integer of 53 bits)
            {'janus':'create','transaction':'t','id':9223372036854775808} | 454 | JSON error: too big integer
            {'janus':'ping','transaction':'t','n':1e400} | 454 | JSON error: real number overflow
            {'janus':'keepalive','transaction':'t','session_id':6} | 458 | No such session 6
            {'janus':'keepalive','transaction':'t','session_id':-1} | 458 | No such session 18446744073709551615
            {'janus':'keepalive','transaction':'t'} | 457 | Unhandled request 'keepalive' at this path
            {'janus':'keepalive','transaction':'t','session_id':'5'} | 457 | Unhandled request 'keepalive' at this path
            {'janus':'destroy','transaction':'t','session_id':5,'handle_id':1} | 459 | No such handle 1 in session 5
            {'janus':'attach','transaction':'t','session_id':5} | 456 | Missing mandatory element (plugin)
            {'janus':'attach','transaction':'t','session_id':5,'plugin':'x'} | 460 | No such plugin 'x'
            {'janus':'dance','transaction':'t','session_id':5} | 453 | Unknown request 'dance'
            {'janus':'dance','transaction':'t'} | 457 | Unhandled request 'dance' at this path
            {'janus':'create','transaction':'t','session_id':5} | 453 | Unknown request 'create'
            {'janus':'message','transaction':'t','session_id':5} | 457 | Unhandled request 'message' at this path
            {'janus':'detach','transaction':'t','handle_id':1} | 458 | Session not found
            17 | 454 | JSON error: '[' or '{' expected
            [] | 456 | Missing mandatory element (transaction)
            {} | 456 | Missing mandatory element (transaction)
            {'transaction':'t'} | 456 | Missing mandatory element (janus)
            {'janus':1,'transaction':'t'} | 467 | Invalid element type (janus should be a string)
            {'janus':'ping','transaction':1} | 467 | Invalid element type (transaction should be a string)
            """)
    void request_outOfOrder_isRefused(String request, int code, String reason) throws Exception {
        world.session(5, world.peer);

        var error = Json.document(world.ask(request));
        assertThat(error.path("janus").asText()).isEqualTo("error");
        assertThat(error.path("error").path("reason").asText())
                .isEqualTo(json(reason).replace('"', '\''));
        assertThat(error.path("error").path("code").asInt()).isEqualTo(code);
        assertThat(world.sessions.counts().live()).isEqualTo(1);
    }

    @Test
    void errors_nameSessionAndTransaction_unlessTheEnvelopeIsBroken() {
        world.session(5, world.peer);

        assertThat(world.ask("{'janus':'create','transaction':'t','id':5}"))
                .isEqualTo(json("{'janus':'error','transaction':'t','error':{'code':468,"
                        + "'reason':'Session ID already in use'},'session_id':5}"));
        assertThat(world.ask("{'janus':'keepalive','transaction':'t','session_id':6}"))
                .startsWith(json("{'janus':'error','session_id':6,'transaction':'t','error'"));
        assertThat(world.ask("{'janus':1,'transaction':'t'}")).startsWith(json("{'janus':'error','error'"));
    }

    @Test
    void documents_severalInOneText_areAnsweredInOrder() {
        assertThat(world.ask("{'janus':'ping','transaction':'1'} {'janus':'ping','transaction':'2'}\n{"))
                .matches("(?s).*\"1\"}\n.*\"2\"}\n.*\"code\":454.*");
    }

    @Test
    void info_tellsTerms() {
        assertThat(world.ask("{'janus':'info','transaction':'t'}"))
                .startsWith(json("{'janus':'server_info','transaction':'t','name':'Rollcall gateway'"))
                .contains(json("'session-timeout':60,'reclaim-session-timeout':10,'accepting-new-sessions':true"));
        world.sessions.drain();
        assertThat(world.ask("{'janus':'info','transaction':'t'}")).contains(json("'accepting-new-sessions':false"));
    }

    @Test
    void handle_livesFromAttachToDetach() throws Exception {
        world.session(5, world.peer);
        String attach = "{'janus':'attach','transaction':'t','session_id':5,'plugin':'janus.plugin.echotest'}";
        long handle = Json.document(world.ask(attach)).path("data").path("id").asLong();
        String about = ",'transaction':'t','session_id':5,'handle_id':" + handle;

        assertThat(world.ask("{'janus':'keepalive'" + about + "}")).contains("ack");
        assertThat(world.ask("{'janus':'destroy'" + about + "}")).contains("457");
        assertThat(world.ask("{'janus':'message'" + about + "}")).contains("456");
        assertThat(world.ask("{'janus':'message'" + about + ",'body':1}")).contains("467");
        assertThat(world.ask("{'janus':'message'" + about + ",'body':{},'jsep':{}}"))
                .contains("471");
        assertThat(world.ask("{'janus':'message'" + about + ",'body':{'a':1}}"))
                .isEqualTo(json("{'janus':'ack','session_id':5,'transaction':'t'}\n"
                        + "{'janus':'event','session_id':5,'transaction':'t','sender':" + handle
                        + ",'plugindata':{'plugin':'janus.plugin.echotest','data':{'echotest':'event','result':'ok',"
                        + "'body':{'a':1}}}}"));
        assertThat(world.ask("{'janus':'detach'" + about + "}"))
                .isEqualTo(json("{'janus':'success','session_id':5,'transaction':'t'}\n"
                        + "{'janus':'detached','session_id':5,'sender':" + handle + "}"));
        assertThat(world.ask("{'janus':'detach'" + about + "}")).contains("459");
    }

    @Test
    void message_nestedAsDeepAsCanBeRead_isSentBack() {
        long handle = world.session(5, world.peer)
                .attachment()
                .attach(ClientApi.ECHO, null)
                .id();
        world.peer.told();
        String message = "{'janus':'message','transaction':'t','session_id':5,'handle_id':" + handle + ",'body':";
        String body = "{'a':".repeat(998) + "{}" + "}".repeat(998);

        assertThat(world.ask(message + body + "}").lines())
                .satisfiesExactly(
                        reply -> assertThat(reply).contains("ack"),
                        event -> assertThat(event).contains("event").contains(json(body)));
        assertThat(world.ask(message + "{'a':" + body + "}}")).contains("\"code\":454");
    }

    @Test
    void create_overTheLimitOrWhenNotAccepted_isRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(world.ask("{'janus':'create','transaction':'t'}")).contains("success");
        }
        assertThat(world.ask("{'janus':'create','transaction':'t'}")).contains("\"code\":472");
        world.sessions.destroy(1001);
        assertThat(world.ask("{'janus':'create','transaction':'t'}")).contains("success");
        world.sessions.destroy(1002);
        world.terms.accept(false);
        assertThat(world.ask("{'janus':'create','transaction':'t'}")).contains("\"code\":472");
        assertThat(world.ask("{'janus':'keepalive','transaction':'t','session_id':1003}"))
                .contains("ack");
    }

    @Test
    void claim_movesSession_andTellsTheFormerOwner() {
        Session<Handles> session = world.session(5, world.peer);
        RecordingPeer other = world.peer("ws-2");
        world.peer.told();

        assertThat(other.ask(world.client, json("{'janus':'keepalive','transaction':'t','session_id':5}")))
                .contains("458");
        assertThat(other.ask(world.client, json("{'janus':'destroy','transaction':'t','session_id':5}")))
                .contains("458");
        assertThat(other.ask(world.client, json("{'janus':'claim','transaction':'t','session_id':5}")))
                .isEqualTo(json("{'janus':'success','session_id':5,'transaction':'t'}"));
        assertThat(session.transport()).isSameAs(other.transport());
        assertThat(world.peer.told()).containsExactly(json("{'janus':'claimed','session_id':5}"));
        assertThat(world.ask("{'janus':'destroy','transaction':'t','session_id':5}"))
                .contains("458");
        world.peer.transport().gone();
        assertThat(other.ask(world.client, json("{'janus':'keepalive','transaction':'t','session_id':5}")))
                .contains("ack");
    }

    @Test
    void claim_ofGuardedSession_needsTheSecret() {
        world.ask("{'janus':'create','transaction':'t','id':5,'claim_secret':'mine'}");
        RecordingPeer other = world.peer("ws-2");
        String claim = "{'janus':'claim','transaction':'t','session_id':5";

        assertThat(other.ask(world.client, json(claim + "}"))).contains("\"code\":403");
        assertThat(other.ask(world.client, json(claim + ",'claim_secret':'yours'}")))
                .contains("\"code\":403");
        assertThat(other.ask(world.client, json(claim + ",'claim_secret':''}"))).contains("\"code\":467");
        assertThat(other.ask(world.client, json(claim + ",'claim_secret':'mine'}")))
                .contains("success");
    }

    @Test
    void session_ofLostClient_canOnlyBeClaimed_forTheWholeGrace() {
        Session<Handles> session = world.session(5, world.peer);
        world.pass(Duration.ofSeconds(59));
        world.peer.transport().gone();
        RecordingPeer other = world.peer("ws-2");
        world.pass(Duration.ofSeconds(9));

        assertThat(other.ask(world.client, json("{'janus':'keepalive','transaction':'t','session_id':5}")))
                .contains("458");
        assertThat(other.ask(world.client, json("{'janus':'claim','transaction':'t','session_id':5}")))
                .contains("success");
        other.transport().gone();
        world.pass(Duration.ofSeconds(11));
        assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
    }

    @Test
    void create_onConnectionThatIsGone_isRefused() {
        world.peer.transport().gone();

        assertThat(world.ask("{'janus':'create','transaction':'t'}")).contains("\"code\":458");
        assertThat(world.sessions.counts().created()).isZero();
    }

    @Test
    void owner_isToldOfTimeout_andOfEndsByOthers() {
        world.session(5, world.peer);
        world.peer.told();
        world.pass(Duration.ofSeconds(61));
        assertThat(world.peer.told()).containsExactly(json("{'janus':'timeout','session_id':5}"));

        world.session(6, world.peer);
        world.peer.told();
        world.sessions.destroyByAdmin(6);
        assertThat(world.peer.told())
                .containsExactly(json("{'janus':'timeout','session_id':6,'reason':'ADMIN_DESTROYED'}"));

        world.session(7, world.peer);
        world.peer.told();
        world.sessions.close();
        assertThat(world.peer.told()).containsExactly(json("{'janus':'timeout','session_id':7,'reason':'SHUTDOWN'}"));
    }

    private static final String ATTACH =
            "{'janus':'attach','transaction':'t','session_id':5,'plugin':'janus.plugin.echotest'}";

    @Test
    void handles_ofASession_areLimited() {
        Session<Handles> session = world.session(5, world.peer);
        for (int i = 0; i < 64; i++) {
            assertThat(world.ask(ATTACH)).contains("success");
        }
        assertThat(world.ask(ATTACH)).contains("\"code\":461,\"reason\":\"Too many handles in this session\"");
        assertThat(session.attachment().ids()).hasSize(64);
        session.attachment().detach(session.attachment().ids().get(0));
        assertThat(world.ask(ATTACH)).contains("success");
    }

    @Test
    void opaqueId_isLimited() {
        world.session(5, world.peer);
        String open = ATTACH.replace("}", ",'opaque_id':'");
        assertThat(world.ask(open + "x".repeat(256) + "'}")).contains("success");
        assertThat(world.ask(open + "x".repeat(257) + "'}"))
                .contains("467", "Invalid element type (opaque_id should be a string of at most 256 characters)");
    }

    @Test
    void request_whoseEventCannotBeSent_isAnsweredOnce() throws Exception {
        Peer deaf = new Peer(world.sessions, "deaf") {
            @Override
            void send(ObjectNode message) {
                throw new IllegalStateException("on purpose");
            }
        };
        List<String> replies = new ArrayList<>();
        world.client.handleAll(
                json("{'janus':'create','transaction':'t','id':5}" + ATTACH),
                deaf,
                reply -> replies.add(Json.text(reply)));
        long handle = world.sessions.find(5).attachment().ids().get(0);
        replies.clear();
        world.client.handleAll(
                json("{'janus':'message','transaction':'t','session_id':5,'handle_id':" + handle + ",'body':{}}"),
                deaf,
                reply -> replies.add(Json.text(reply)));
        assertThat(replies).containsExactly(json("{'janus':'ack','session_id':5,'transaction':'t'}"));
    }

    /** The directory may forget it at any time. */
    @Test
    void create_ofASessionOfAnotherNode_saysWhereItIs_asItWasFound() {
        Iterator<String> answers = Stream.of("node-2 (ws://127.0.0.1:8189/)").iterator();
        Fleet fleet = new Fleet() {
            @Override
            public String whereIs(long id) {
                return answers.hasNext() ? answers.next() : null;
            }
        };
        ClientApi client = new ClientApi(world.sessions, world.terms, fleet, Runnable::run);
        assertThat(world.peer.ask(client, json("{'janus':'create','transaction':'t','id':5}")))
                .isEqualTo(json("{'janus':'error','transaction':'t','error':{'code':468,'reason':"
                        + "'Session ID already in use on node-2 (ws://127.0.0.1:8189/)'},'session_id':5}"));
        assertThat(client.refusals().count(RejectReason.DUPLICATE_ID)).isEqualTo(1);
    }

    @Test
    void create_thatWaits_isAnswered_evenIfItCannotBeTriedAgain() {
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        Fleet fleet = new Fleet() {
            @Override
            public CompletableFuture<Boolean> more() {
                return more;
            }
        };
        ClientApi client = new ClientApi(world.sessions, world.terms, fleet, task -> {
            throw new RejectedExecutionException("on purpose");
        });
        String create = json("{'janus':'create','transaction':'t'}");
        for (int i = 0; i < 3; i++) {
            assertThat(world.peer.ask(client, create)).contains("success");
        }
        assertThat(world.peer.ask(client, create)).isEmpty();
        world.peer.told();
        more.complete(true);
        assertThat(world.peer.told())
                .containsExactly(
                        json("{'janus':'error','transaction':'t','error':{'code':490,'reason':'Internal error'}}"));
    }

    @Test
    void everyRequestOfTheOwner_isKeepalive() {
        Session<Handles> session = world.session(5, world.peer);
        for (int i = 0; i < 3; i++) {
            world.pass(Duration.ofSeconds(40));
            assertThat(world.ask("{'janus':'dance','transaction':'t','session_id':5}"))
                    .contains("453");
        }
        assertThat(session.isLive()).isTrue();
        world.pass(Duration.ofSeconds(61));
        assertThat(session.isLive()).isFalse();
    }
}
