package dev.rollcall.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the input files, which may be missing or broken: that is a failure, not a crash. */
final class JsonFile {
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    /** An absent list, map or text is an empty one. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(List.class, list -> list.setSetterInfo(EMPTY))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(EMPTY))
            .withConfigOverride(String.class, text -> text.setSetterInfo(EMPTY))
            .build();

    private JsonFile() {}

    /** The file's content, or nothing and a failure. */
    static <T> Optional<T> read(Path file, Class<T> type, List<String> failures) throws IOException {
        if (!Files.isRegularFile(file)) {
            failures.add("there is no " + file.getFileName());
            return Optional.empty();
        }
        try {
            Optional<T> content = Optional.ofNullable(JSON.readValue(Files.readString(file), type));
            if (content.isEmpty()) {
                failures.add(file.getFileName() + " is empty");
            }
            return content;
        } catch (JsonProcessingException e) {
            failures.add(file.getFileName() + " is broken: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** As {@link #read}, but a file that is not there is no failure. */
    static <T> Optional<T> readIfThere(Path file, Class<T> type, List<String> failures) throws IOException {
        return Files.isRegularFile(file) ? read(file, type, failures) : Optional.empty();
    }

    /**
     * What makes the report red.
     *
     * @param bad what is wrong, one by one
     * @param isRed whether the file says that something is wrong
     * @param what said if it does and nothing of the above is there to tell what
     */
    static List<String> reasons(Stream<String> bad, boolean isRed, String what) {
        List<String> reasons = new ArrayList<>(bad.toList());
        if (reasons.isEmpty() && isRed) {
            reasons.add(what);
        }
        return reasons;
    }
}
