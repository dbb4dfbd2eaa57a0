package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ManualTicker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP adds to the API for clients. The manager's time stands still. */
class HttpApiTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.sessionTimeout = Duration.ofSeconds(1);
        gateway = Gateway.start(options, settings -> settings.ticker(new ManualTicker()));
        assertThat(post("", "{'janus':'create','transaction':'t','id':5}")).contains("success");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private HttpRequest.Builder request(String below) {
        return HttpRequest.newBuilder(URI.create("http://" + gateway.url().getAuthority() + "/janus" + below))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String post(String below, BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(below).POST(body));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private String post(String below, String body) throws IOException, InterruptedException {
        return post(below, BodyPublishers.ofString(json(body)));
    }

    @Test
    void method_thatIsNotAllowed_isToldWhichAre() throws Exception {
        HttpResponse<String> response = send(request("/5").DELETE());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST, OPTIONS");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void preflight_allowsTheHeadersItAsksFor_forADay() throws Exception {
        HttpRequest.Builder preflight = request("").method("OPTIONS", BodyPublishers.noBody());

        assertThat(send(preflight).headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("Content-Type");
        var headers = send(preflight.header("Access-Control-Request-Headers", "authorization,x-request-id"))
                .headers();
        assertThat(headers.firstValue("Access-Control-Allow-Headers")).hasValue("authorization,x-request-id");
        assertThat(headers.firstValue("Access-Control-Allow-Methods")).hasValue("GET, POST, OPTIONS");
        assertThat(headers.firstValue("Access-Control-Max-Age")).hasValue("86400");
    }

    @Test
    void poll_endsBeforeTheSessionDoes() throws Exception {
        // The poll timeout is 30 s.
        assertThat(send(request("/5")).body()).isEqualTo("{\"janus\":\"keepalive\"}");
    }

    @Test
    void body_thatIsNotUtf8_isNoJson() throws Exception {
        byte[] body = json("{'janus':'keepalive','transaction':'\u00fc'}").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(post("/5", BodyPublishers.ofByteArray(body)))
                .isEqualTo(json("{'janus':'error','error':{'code':454,'reason':'JSON error: not UTF-8'}}"));
        assertThat(send(request("/5").PUT(BodyPublishers.ofByteArray(body))).statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'\\ud83d'", "'\\ude00'", "['a\\ude00\\ud83d']", "{'\\ud83d':1}", "1e400", "{'a':[-1e400]}"})
    void value_thatCannotBeSentBack_isNoJson(String value) throws Exception {
        assertThat(post("/5", "{'janus':'keepalive','transaction':'t','body':" + value + "}"))
                .contains("\"code\":454");
    }

    @Test
    void value_atTheEdge_isTaken() throws Exception {
        assertThat(post("/5", "{'janus':'keepalive','transaction':'\\ud83d\\ude00','body':[1e308,1e-400]}"))
                .contains("ack", "\ud83d\ude00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /5 | 'session_id':6 | Conflicting session ID (payload and path)
            /5/7 | 'session_id':5,'handle_id':8 | Conflicting handle ID (payload and path)
            """)
    void idInTheBody_otherThanInThePath_isRefused(String path, String ids, String reason) throws Exception {
        assertThat(post(path, "{'janus':'keepalive','transaction':'t'," + ids + "}"))
                .isEqualTo(json("{'janus':'error','error':{'code':457,'reason':'" + reason + "'}}"));
    }

    @Test
    void idInTheBody_asInThePath_isTaken() throws Exception {
        assertThat(post("/5", "{'janus':'keepalive','transaction':'t','session_id':5,'handle_id':0}"))
                .contains("ack");
        assertThat(post("/5/7", "{'janus':'keepalive','transaction':'t','handle_id':7}"))
                .contains("\"code\":459");
    }
}
