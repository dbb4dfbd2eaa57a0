package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API for operators. */
class AdminApiTest {
    private final World world = new World();

    /** A request with the secret. */
    private String ask(String request) {
        return world.askAdmin(request.replace("}", ",'transaction':'t','admin_secret':'secret'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'janus':'list_sessions'} | {'janus':'success','transaction':'t','sessions':[5]}
            {'janus':'list_handles','session_id':5} | {'janus':'success','session_id':5,'transaction':'t','handles':[]}
            {'janus':'destroy_session','session_id':5} | {'janus':'success','session_id':5,'transaction':'t'}
            {'janus':'set_session_timeout','timeout':61} | {'janus':'success','transaction':'t','timeout':61}
            {'janus':'set_session_timeout','timeout':0} | {'janus':'success','transaction':'t','timeout':0}
            {'janus':'set_session_timeout','session_id':5,'timeout':-1} | {'janus':'success','session_id':5,'transaction':'t','timeout':-1}
            {'janus':'accept_new_sessions','accept':false} | {'janus':'success','transaction':'t','accept':false}
            """)
    void request_inOrder_isAnswered(String request, String reply) {
        world.session(5, world.peer);
        world.peer.told();

        assertThat(ask(request).lines()).contains(json(reply));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'janus':'destroy_session'} | 457
            {'janus':'destroy_session','session_id':6} | 458
            {'janus':'list_handles','session_id':6} | 458
            {'janus':'handle_info','session_id':5} | 457
            {'janus':'handle_info','session_id':5,'handle_id':1} | 459
            {'janus':'set_session_timeout'} | 456
            {'janus':'set_session_timeout','timeout':-1} | 467
            {'janus':'set_session_timeout','timeout':'1'} | 467
            {'janus':'set_session_timeout','session_id':5,'timeout':-2} | 467
            {'janus':'accept_new_sessions'} | 456
            {'janus':'accept_new_sessions','accept':1} | 467
            {'janus':'start_pcap'} | 457
            """)
    void request_outOfOrder_isRefused(String request, int code) {
        world.session(5, world.peer);

        assertThat(ask(request)).contains("\"code\":" + code + ",");
        assertThat(world.sessions.find(5)).isNotNull();
    }

    @Test
    void secret_isNeeded_exceptForPingAndInfo() {
        assertThat(world.askAdmin("{'janus':'ping','transaction':'t'}")).contains("pong");
        assertThat(world.askAdmin("{'janus':'info','transaction':'t'}")).contains("server_info");
        assertThat(world.askAdmin("{'janus':'list_sessions','transaction':'t'}"))
                .contains("\"code\":403");
        assertThat(world.askAdmin("{'janus':'list_sessions','transaction':'t','admin_secret':'secre'}"))
                .contains("\"code\":403");
    }

    @Test
    void secret_thatIsAbsent_isRefused_evenIfTheSecretIsEmpty() {
        AdminApi guardedByNothing = new AdminApi(world.sessions, world.terms, world.connections, "", Fleet.NONE);

        for (String presented : new String[] {"", ",'admin_secret':null", ",'admin_secret':{}"}) {
            String request = json("{'janus':'list_sessions','transaction':'t'" + presented + "}");
            assertThat(world.peer.ask(guardedByNothing, request)).contains("\"code\":403");
        }
    }

    @Test
    void handleInfo_tellsOfSessionAndHandle() throws Exception {
        Session<Handles> session = world.session(5, world.peer);
        long handle = session.attachment().attach(ClientApi.ECHO, "mine").id();
        world.ticker.advance(Duration.ofSeconds(7));

        var info = Json.document(ask("{'janus':'handle_info','session_id':5,'handle_id':" + handle + "}"))
                .path("info");
        assertThat(info.path("session_timeout").asLong()).isEqualTo(60);
        assertThat(info.path("session_transport").asText()).isEqualTo("ws-1");
        assertThat(info.path("plugin").asText()).isEqualTo(ClientApi.ECHO);
        assertThat(info.path("opaque_id").asText()).isEqualTo("mine");
        assertThat(info.path("current_time").asLong()
                        - info.path("session_last_activity").asLong())
                .isBetween(6_999_000L, 7_001_000L);
        assertThat(ask("{'janus':'list_handles','session_id':5}")).contains("\"handles\":[" + handle + "]");
    }

    @Test
    void getStatus_tellsTerms() {
        ask("{'janus':'set_session_timeout','timeout':30}");

        assertThat(ask("{'janus':'get_status'}")).contains(json("'session_timeout':30,'reclaim_session_timeout':10"));
    }

    @Test
    void queryTransport_countsClients() {
        assertThat(world.askAdmin("{'janus':'query_transport','transaction':'t','admin_secret':'secret',"
                        + "'transport':'janus.transport.websockets','request':{'request':'connections'}}"))
                .contains(json("'response':{'result':200,'connections':0}"));
    }

    @Test
    void sessionTimeout_ofAll_holdsForPresentAndFuture_butNotForThoseWithTheirOwn() {
        Session<Handles> follows = world.session(5, world.peer);
        Session<Handles> own = world.session(6, world.peer);
        ask("{'janus':'set_session_timeout','session_id':6,'timeout':0}");

        ask("{'janus':'set_session_timeout','timeout':5}");
        Session<Handles> later = world.session(7, world.peer);
        assertThat(follows.sessionTimeout()).hasSeconds(5);
        assertThat(own.sessionTimeout()).isZero();
        assertThat(later.sessionTimeout()).hasSeconds(5);

        world.pass(Duration.ofSeconds(6));
        assertThat(follows.endCause()).isEqualTo(EndCause.TIMED_OUT);
        assertThat(own.isLive()).isTrue();
        assertThat(later.endCause()).isEqualTo(EndCause.TIMED_OUT);

        ask("{'janus':'set_session_timeout','session_id':6,'timeout':-1}");
        assertThat(own.sessionTimeout()).hasSeconds(5);
    }

    /** Whichever comes first. */
    @Test
    void sessionTimeout_ofAllBesideOneThatGivesUpItsOwn_holdsForThatOneToo() {
        Session<Handles> session = world.session(5, world.peer);
        CyclicBarrier start = new CyclicBarrier(2);
        for (int round = 0; round < 2_000; round++) {
            Duration ofAll = Duration.ofSeconds(60 + round % 2);
            CompletableFuture<Void> change = CompletableFuture.runAsync(() -> {
                await(start);
                world.terms.setSessionTimeout(ofAll);
            });
            await(start);
            world.terms.setSessionTimeout(session, Optional.empty());
            change.join();
            assertThat(session.sessionTimeout()).as("round %d", round).isEqualTo(ofAll);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void destroySession_isTheAdminsDoing_andTellsTheOwner() {
        Session<Handles> session = world.session(5, world.peer);
        world.peer.told();

        ask("{'janus':'destroy_session','session_id':5}");
        assertThat(session.endCause()).isEqualTo(EndCause.ADMIN_DESTROYED);
        assertThat(world.peer.told().get(0)).contains("timeout");
    }
}
