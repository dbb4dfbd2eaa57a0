package dev.rollcall.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the input files, which may be missing or broken: that is a failure, not a crash. */
final class JsonFile {
    private static final Gson GSON = new Gson();

    private JsonFile() {}

    /** The file's content, or nothing and a failure. */
    static <T> Optional<T> read(Path file, Class<T> type, List<String> failures) throws IOException {
        if (!Files.isRegularFile(file)) {
            failures.add("there is no " + file.getFileName());
            return Optional.empty();
        }
        try {
            T content = GSON.fromJson(Files.readString(file), type);
            if (content != null) {
                return Optional.of(content);
            }
            failures.add(file.getFileName() + " is empty");
        } catch (JsonParseException e) {
            failures.add(file.getFileName() + " is broken: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** As {@link #read}, but a file that is not there is no failure. */
    static <T> Optional<T> readIfThere(Path file, Class<T> type, List<String> failures) throws IOException {
        return Files.isRegularFile(file) ? read(file, type, failures) : Optional.empty();
    }

    /** An absent array is an empty one. */
    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
