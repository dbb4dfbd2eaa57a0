package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;

/** The texts of requests, and what is in replies. */
final class Ask {
    static final String PROTOCOL = "janus-protocol";

    private Ask() {}

    static String create() {
        return "{\"janus\":\"create\",\"transaction\":\"create\"}";
    }

    static String create(long id) {
        return "{\"janus\":\"create\",\"transaction\":\"create\",\"id\":" + id + "}";
    }

    static String about(String verb, long session) {
        return about(verb, session, verb);
    }

    static String about(String verb, long session, String transaction) {
        return "{\"janus\":\"" + verb + "\",\"transaction\":\"" + transaction + "\",\"session_id\":" + session + "}";
    }

    static String plain(String verb) {
        return plain(verb, verb);
    }

    static String plain(String verb, String transaction) {
        return "{\"janus\":\"" + verb + "\",\"transaction\":\"" + transaction + "\"}";
    }

    static String kind(JsonNode reply) {
        return reply.path("janus").asText();
    }

    static boolean is(JsonNode reply, String kind) {
        return kind(reply).equals(kind);
    }

    static long createdId(JsonNode reply) {
        return reply.path("data").path("id").asLong();
    }

    /** 0 if it is no error. */
    static int code(JsonNode reply) {
        return reply.path("error").path("code").asInt();
    }
}
