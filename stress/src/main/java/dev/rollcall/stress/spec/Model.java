package dev.rollcall.stress.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One model: a module of the specification with constants, what TLC is to check in it, and what is
 * expected of that. Read from a configuration file of TLC's whose first lines are comments
 * {@code \* key: value} with the keys {@code module}, {@code profile}, {@code expect} and {@code
 * story}.
 *
 * @param name the file's name without its ending
 * @param file the file
 * @param module the module's name
 * @param isLarge whether only the large profile checks it
 * @param refutedBy the one property that it must violate, or null if it is sound
 * @param story what it is about, in one line
 * @param invariants the invariants that are checked
 * @param properties the temporal and action properties that are checked
 */
record Model(
        String name,
        Path file,
        String module,
        boolean isLarge,
        String refutedBy,
        String story,
        List<String> invariants,
        List<String> properties) {

    private static final String ENDING = ".cfg";
    private static final String SOUND = "sound";

    boolean isSound() {
        return refutedBy == null;
    }

    /** What must come out, as reports show it. */
    String expected() {
        return isSound() ? Outcome.NO_ERROR : refutedBy;
    }

    /** All models of a directory, sound ones first, by name. */
    static List<Model> readAll(Path directory) throws IOException {
        List<Model> models = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                models.add(parse(file, Files.readAllLines(file)));
            }
        }
        models.sort(Comparator.comparing((Model model) -> !model.isSound()).thenComparing(Model::name));
        return models;
    }

    /**
     * Parses a configuration.
     *
     * @throws IllegalArgumentException if it does not say what is expected, or checks nothing
     */
    static Model parse(Path file, List<String> lines) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ENDING.length());
        String expect = header(name, lines, "expect");
        String profile = header(name, lines, "profile");
        List<String> invariants = section(lines, "INVARIANTS");
        List<String> properties = section(lines, "PROPERTIES");
        if (!profile.equals("small") && !profile.equals("large")) {
            throw new IllegalArgumentException(name + ": profile is neither small nor large: " + profile);
        }
        if (invariants.isEmpty() && properties.isEmpty()) {
            throw new IllegalArgumentException(name + ": checks nothing");
        }
        boolean isSound = expect.equals(SOUND);
        // One property only: TLC does not say which of several temporal ones was violated.
        if (!isSound
                && !Stream.concat(invariants.stream(), properties.stream())
                        .toList()
                        .equals(List.of(expect))) {
            throw new IllegalArgumentException(name + ": a variant checks what refutes it and nothing else: " + expect);
        }
        return new Model(
                name,
                file,
                header(name, lines, "module"),
                profile.equals("large"),
                isSound ? null : expect,
                header(name, lines, "story"),
                invariants,
                properties);
    }

    private static String header(String name, List<String> lines, String key) {
        String prefix = "\\* " + key + ":";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": no line \"" + prefix + "\""));
    }

    /** The words of the indented lines below a keyword. */
    private static List<String> section(List<String> lines, String keyword) {
        List<String> words = new ArrayList<>();
        boolean isInside = false;
        for (String line : lines) {
            if (!line.startsWith(" ")) {
                isInside = line.equals(keyword);
            } else if (isInside) {
                words.addAll(List.of(line.strip().split("\\s+")));
            }
        }
        return words;
    }
}
