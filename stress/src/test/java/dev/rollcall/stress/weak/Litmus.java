package dev.rollcall.stress.weak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A litmus test: a few threads of a few instructions, what must never come out, and what does come
 * out if one of them is weaker. The format is told in {@code src/spec/README.md}.
 *
 * @param name the file's name without its ending
 * @param isCalibration whether it tests the memory models rather than the code
 * @param story what goes wrong, in one sentence
 * @param source the methods it stands for, or where its verdict was published
 * @param threads the instructions of each thread
 * @param never the outcomes that must not be: the values of registers, or the last ones of locations
 * @param allowedBy the models that allow one of them nevertheless
 * @param weaker the variants
 */
record Litmus(
        String name,
        boolean isCalibration,
        String story,
        String source,
        List<List<Instruction>> threads,
        List<Map<String, Integer>> never,
        Set<Memory> allowedBy,
        List<Weaker> weaker) {

    /**
     * A variant: instructions with another mode, or without some of them.
     *
     * @param name as written: {@code link = release}
     * @param modes the other mode of each label, {@code none} to leave it out
     * @param allowedBy the models that must allow what must never be
     */
    record Weaker(String name, Map<String, String> modes, Set<Memory> allowedBy) {
        /** No model needs what it weakens. */
        boolean isAsGood() {
            return allowedBy.isEmpty();
        }
    }

    private static final String ENDING = ".litmus";

    /** The tests of a directory and of its directory {@code calibration}, by name. */
    static List<Litmus> readAll(Path directory) throws IOException {
        List<Litmus> all = new ArrayList<>();
        Path calibration = directory.resolve("calibration");
        for (Path each : List.of(calibration, directory)) {
            try (Stream<Path> files = Files.list(each)) {
                for (Path file : files.filter(path -> path.toString().endsWith(ENDING))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(ENDING, "");
                    all.add(parse(name, each.equals(calibration), Files.readAllLines(file)));
                }
            }
        }
        return all;
    }

    /**
     * Parses a test.
     *
     * @throws IllegalArgumentException if it is not one, or speaks of a label that it does not have
     */
    static Litmus parse(String name, boolean isCalibration, List<String> lines) {
        try {
            Litmus litmus = new Litmus(
                    name,
                    isCalibration,
                    only(lines, "story"),
                    only(lines, isCalibration ? "published" : "code"),
                    threads(lines),
                    values(lines, "never").stream().map(Litmus::outcome).toList(),
                    values(lines, "allowed").stream()
                            .findFirst()
                            .map(Litmus::models)
                            .orElse(Set.of()),
                    values(lines, "weaker").stream().map(Litmus::weaker).toList());
            litmus.check();
            return litmus;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private void check() {
        if (never.isEmpty()) {
            throw new IllegalArgumentException("forbids nothing");
        }
        if (!isCalibration && !allowedBy.isEmpty()) {
            throw new IllegalArgumentException("the code must be sound everywhere");
        }
        for (Weaker variant : weaker) {
            if (threads(variant).equals(threads)) {
                throw new IllegalArgumentException("weakens nothing: " + variant.name);
            }
        }
    }

    /** The threads as a variant has them. */
    List<List<Instruction>> threads(Weaker variant) {
        variant.modes.keySet().forEach(this::labelled);
        List<List<Instruction>> changed = new ArrayList<>();
        for (List<Instruction> thread : threads) {
            List<Instruction> instructions = new ArrayList<>();
            for (Instruction instruction : thread) {
                String mode = variant.modes.getOrDefault(instruction.label(), instruction.mode());
                if (!mode.equals("none")) {
                    instructions.add(instruction.withMode(mode));
                }
            }
            changed.add(instructions);
        }
        return changed;
    }

    /**
     * The instructions with a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    List<Instruction> labelled(String label) {
        List<Instruction> found = threads.stream()
                .flatMap(List::stream)
                .filter(instruction -> instruction.label().equals(label))
                .toList();
        if (label.isEmpty() || found.isEmpty()) {
            throw new IllegalArgumentException("no label " + label);
        }
        return found;
    }

    private static List<List<Instruction>> threads(List<String> lines) {
        int header = 0;
        while (header < lines.size() && !lines.get(header).startsWith("P1")) {
            header++;
        }
        List<List<Instruction>> threads = new ArrayList<>();
        int width = header == lines.size() ? 0 : lines.get(header).split("\\|", -1).length;
        for (int i = 0; i < width; i++) {
            threads.add(new ArrayList<>());
        }
        for (int row = header + 1; row < lines.size() && !lines.get(row).isBlank(); row++) {
            String[] cells = lines.get(row).split("\\|", -1);
            if (cells.length > width) {
                throw new IllegalArgumentException("more threads than in the first line: " + lines.get(row));
            }
            for (int i = 0; i < cells.length; i++) {
                if (!cells[i].isBlank()) {
                    threads.get(i).add(Instruction.parse(cells[i].strip()));
                }
            }
        }
        if (threads.size() < 2) {
            throw new IllegalArgumentException("fewer than two threads");
        }
        return threads;
    }

    private static Map<String, Integer> outcome(String text) {
        Map<String, Integer> outcome = new TreeMap<>();
        for (String value : text.split("\\s+", -1)) {
            String[] sides = value.split("=", 2);
            if (sides.length != 2) {
                throw new IllegalArgumentException("no outcome: " + text);
            }
            outcome.put(sides[0], Integer.valueOf(sides[1]));
        }
        return outcome;
    }

    private static Weaker weaker(String text) {
        String[] sides = text.split("\\|", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("no variant: " + text);
        }
        Map<String, String> modes = new LinkedHashMap<>();
        for (String change : sides[0].strip().split(", ", -1)) {
            String[] both = change.split(" = ", -1);
            if (both.length != 2 || !both[1].matches("plain|opaque|acquire|release|volatile|storeStore|full|none")) {
                throw new IllegalArgumentException("no variant: " + text);
            }
            modes.put(both[0], both[1]);
        }
        return new Weaker(sides[0].strip(), modes, models(sides[1].strip()));
    }

    private static Set<Memory> models(String text) {
        Set<Memory> models = EnumSet.noneOf(Memory.class);
        if (!text.equals("nobody")) {
            for (String model : text.split(", ", -1)) {
                models.add(Memory.valueOf(model.toUpperCase(Locale.ROOT)));
            }
        }
        return models;
    }

    private static String only(List<String> lines, String key) {
        List<String> values = values(lines, key);
        if (values.size() != 1) {
            throw new IllegalArgumentException("not one line \"" + key + ":\"");
        }
        return values.get(0);
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + ':'))
                .map(line -> line.substring(key.length() + 1).strip())
                .toList();
    }
}
