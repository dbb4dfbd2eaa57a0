package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for an audit, and where; what is answered without a body. */
class ConsoleTest {
    private static GatewayOptions options() {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        return options;
    }

    @Test
    void audit_thatAPageOfAnotherHostAsksFor_isRefused() throws Exception {
        try (Gateway gateway = Gateway.start(options())) {
            URI url = gateway.adminUrl();
            assertThat(audit(url, "")).contains(" 200 ");
            assertThat(audit(url, "Origin: http://" + url.getAuthority())).contains(" 200 ");
            assertThat(audit(url, "Origin: http://elsewhere.invalid")).contains(" 403 ");
            assertThat(audit(url, "Origin: null")).contains(" 403 ");
        }
    }

    @Test
    void operators_areNotOnTheHostOfClients_unlessTold() throws Exception {
        GatewayOptions options = options();
        options.host = "0.0.0.0";
        try (Gateway gateway = Gateway.start(options)) {
            assertThat(gateway.url().getHost()).isEqualTo("0.0.0.0");
            assertThat(gateway.adminUrl().getHost()).isEqualTo("127.0.0.1");
            assertThat(audit(gateway.adminUrl(), "")).contains(" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "figures", "metrics", "health"})
    void head_isAnsweredLikeGet_withoutABody(String path) throws Exception {
        try (Gateway gateway = Gateway.start(options())) {
            URI url = URI.create("http://" + gateway.adminUrl().getAuthority() + '/' + path);
            HttpRequest head = HttpRequest.newBuilder(url)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).isPresent();
            assertThat(response.body()).isEmpty();
        }
    }

    /** The first line of the answer. The JDK's client sends no such headers. */
    private static String audit(URI url, String header) throws IOException {
        String more = header.isEmpty() ? "" : header + "\r\n";
        String request =
                "POST /audit HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nContent-Length: 0\r\n" + more + "\r\n";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
