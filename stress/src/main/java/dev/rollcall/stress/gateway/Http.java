package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes HTTP responses. */
final class Http {
    static final String JSON = "application/json";

    private Http() {}

    static void json(Response response, Callback callback, JsonNode body) {
        write(response, callback, HttpStatus.OK_200, JSON, Json.text(body));
    }

    static void write(Response response, Callback callback, int status, String type, String body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, body, callback);
    }
}
