package dev.rollcall.benchmarks.figures;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a benchmark found in the present iteration besides its time. {@link FiguresProfiler} makes
 * results of it.
 */
public final class Figures {
    private static final Map<String, Figure> FOUND = new ConcurrentHashMap<>();

    /**
     * A number.
     *
     * @param value how much
     * @param unit of what
     */
    record Figure(double value, String unit) {}

    private Figures() {}

    /** Notes a number; a later one of the same name replaces it. */
    public static void note(String name, double value, String unit) {
        FOUND.put(name, new Figure(value, unit));
    }

    static Map<String, Figure> take() {
        Map<String, Figure> taken = Map.copyOf(FOUND);
        FOUND.clear();
        return taken;
    }
}
