package dev.rollcall.stress.cluster;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What nodes tell each other. Whatever moves permits names the view that it belongs to, and the
 * round of counting in that view: whoever has come further ignores it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Notice.Part.class, name = "part"),
    @JsonSubTypes.Type(value = Notice.Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Notice.Missed.class, name = "missed"),
    @JsonSubTypes.Type(value = Notice.Count.class, name = "count"),
    @JsonSubTypes.Type(value = Notice.Report.class, name = "report"),
    @JsonSubTypes.Type(value = Notice.Ask.class, name = "ask"),
    @JsonSubTypes.Type(value = Notice.Grant.class, name = "grant"),
    @JsonSubTypes.Type(value = Notice.Back.class, name = "back"),
    @JsonSubTypes.Type(value = Notice.Recall.class, name = "recall"),
})
sealed interface Notice {
    /**
     * To all: a node's own figures.
     *
     * @param view in which it says so
     * @param told the number of the latest {@link Changes} before this
     * @param leased how many permits it holds, 0 without a limit
     * @param open of the coordinator: whether it has permits to grant
     * @param missing of the coordinator: the names of seats whose nodes it cannot account for
     */
    record Part(
            String view,
            String node,
            String url,
            long sequence,
            long told,
            long live,
            long attached,
            long detached,
            long created,
            long leased,
            boolean open,
            String[] missing)
            implements Notice {
        /** Of the coordinator: whether it has looked who else is there, for then it has opened or found somebody. */
        boolean hasLooked() {
            return open || missing.length > 0;
        }
    }

    /**
     * To all: changes of the sender's sessions.
     *
     * @param number one more than that of the changes before
     * @param whole whether they begin a listing of all, which replaces what was known of it
     * @param more whether the next changes belong to that listing, too
     */
    record Changes(long number, boolean whole, boolean more, long[] live, long[] ended) implements Notice {}

    /** To a member: tell all that you hold, for something you told was missed. */
    record Missed() implements Notice {}

    /** Coordinator to all: say how many permits you hold. */
    record Count(String view, long round) implements Notice {}

    /** To the coordinator: so many permits, by the node at this seat. */
    record Report(String view, long round, int seat, long held) implements Notice {}

    /**
     * To the coordinator: so many more, please.
     *
     * @param urgent whether clients wait for them
     */
    record Ask(String view, long permits, boolean urgent) implements Notice {}

    /** Coordinator to a node: so many more; 0 is a refusal. */
    record Grant(String view, long round, long permits) implements Notice {}

    /** To the coordinator: so many are no longer held that were reported in this round. */
    record Back(String view, long round, long permits) implements Notice {}

    /** Coordinator to all: others are short of permits, give back what is idle. */
    record Recall(String view) implements Notice {}

    /** As it goes over the wire. */
    default byte[] bytes() {
        try {
            return Wire.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing in it is null, and none of it is missing. */
    static Notice read(byte[] bytes) throws IOException {
        Notice notice = Wire.JSON.readValue(bytes, Notice.class);
        if (notice == null) {
            throw new IOException("null");
        }
        return notice;
    }

    /** Holds what the conversions share. */
    final class Wire {
        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();

        private Wire() {}
    }
}
