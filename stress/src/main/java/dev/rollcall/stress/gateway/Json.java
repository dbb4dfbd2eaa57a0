package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes JSON. */
final class Json {
    /** Deeper than what is read, for an event may hold the whole of what was sent, some levels further down. */
    private static final StreamWriteConstraints WRITTEN = StreamWriteConstraints.builder()
            .maxNestingDepth(2 * StreamReadConstraints.DEFAULT_MAX_DEPTH)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamWriteConstraints(WRITTEN).build())
            .build();
    private static final ObjectReader ONE =
            MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode object(String name, String value) {
        return object().put(name, value);
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the documents of a text, one after the other. */
    static JsonParser parser(String text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** The next document, or null if there is none. */
    static JsonNode next(JsonParser parser) throws IOException {
        return MAPPER.readTree(parser);
    }

    /** The one document of a text. */
    static JsonNode document(String text) throws IOException {
        JsonNode document = ONE.readValue(text);
        if (document == null || document.isMissingNode()) {
            throw new IOException("no content");
        }
        return document;
    }
}
