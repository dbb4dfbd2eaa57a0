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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

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
        JsonNode document = MAPPER.readTree(parser);
        if (document != null) {
            check(document);
        }
        return document;
    }

    /** The one document of a text in UTF-8. */
    static JsonNode document(byte[] utf8) throws IOException {
        try {
            return document(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException broken) {
            throw new IOException("not UTF-8", broken);
        }
    }

    /** The one document of a text. */
    static JsonNode document(String text) throws IOException {
        JsonNode document = ONE.readValue(text);
        if (document == null || document.isMissingNode()) {
            throw new IOException("no content");
        }
        check(document);
        return document;
    }

    /** What could not be sent back as it came is no JSON for Janus. Names Jackson checks itself. */
    private static void check(JsonNode node) throws IOException {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new IOException("real number overflow");
        }
        if (node.isTextual()
                && node.textValue().codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new IOException("half a surrogate pair");
        }
        for (JsonNode child : node) {
            check(child);
        }
    }
}
