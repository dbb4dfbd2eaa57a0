package dev.rollcall.stress.mutation;

import dev.rollcall.stress.mutation.Mutants.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the list: mutants that the unit tests may let live.
 *
 * @param place where they are
 * @param least how many survive at least
 * @param most how many survive at most; more than {@code least} if it depends on timing
 * @param kind why that is no gap
 * @param proofs what catches them, as {@code kind:name}; a mutant of core with the same defect was seen to be caught
 * @param reason the same in words
 */
record Survivor(Place place, int least, int most, Kind kind, List<String> proofs, String reason) {
    private static final Pattern COUNT = Pattern.compile("(\\d+)(?:-(\\d+))?");
    private static final int COLUMNS = 7;

    /** Why a mutant that survives is no gap. */
    enum Kind {
        /** Only another thread between two steps can tell; the proofs catch it. */
        RACE,
        /** The mutant does the same as the code. */
        SAME,
        /** Answers are the same, at another cost in time or memory. */
        COST,
        /** What a hand-driven ticker and threads that wait cannot show without waiting. */
        TIME,
        /** What takes a JVM of its own, whose classes are not mutated; the proofs catch it, if there are any. */
        JVM
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException naming the line, if one is malformed, repeats another one or
     *     lacks what its kind demands
     */
    static List<Survivor> readAll(Path file) throws IOException {
        List<Survivor> all = new ArrayList<>();
        Set<Place> places = new HashSet<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    Survivor survivor = parse(line);
                    if (!places.add(survivor.place)) {
                        throw new IllegalArgumentException("listed twice");
                    }
                    all.add(survivor);
                } catch (IllegalArgumentException e) {
                    String where = file.getFileName() + ":" + (i + 1) + ": ";
                    throw new IllegalArgumentException(where + e.getMessage() + ": " + line, e);
                }
            }
        }
        return all;
    }

    private static Survivor parse(String line) {
        String[] columns = line.split("\\s*\\|\\s*", COLUMNS);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("not " + COLUMNS + " columns");
        }
        Matcher count = COUNT.matcher(columns[3]);
        if (!count.matches()) {
            throw new IllegalArgumentException("no number of survivors");
        }
        int least = Integer.parseInt(count.group(1));
        int most = count.group(2) == null ? least : Integer.parseInt(count.group(2));
        Kind kind = Kind.valueOf(columns[4].toUpperCase(Locale.ROOT));
        List<String> proofs = columns[5].equals("-") ? List.of() : List.of(columns[5].split("\\s+"));
        if (most < Math.max(1, least)) {
            throw new IllegalArgumentException("survivors from " + least + " to " + most);
        }
        if (kind == Kind.RACE && proofs.isEmpty()) {
            throw new IllegalArgumentException("a race that nothing catches");
        }
        if (columns[6].isBlank()) {
            throw new IllegalArgumentException("no reason");
        }
        Place place = new Place(columns[0], columns[1], columns[2]);
        return new Survivor(place, least, most, kind, proofs, columns[6]);
    }

    boolean allows(int survivors) {
        return least <= survivors && survivors <= most;
    }
}
