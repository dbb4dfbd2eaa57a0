package dev.rollcall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Shortens a failing sequence: leaves out ever smaller parts for as long as it still fails. */
final class Shrinker {
    private Shrinker() {}

    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        for (int part = Math.max(1, failing.size() / 2); part > 0; part /= 2) {
            int from = 0;
            while (from < shortest.size()) {
                List<T> shorter = new ArrayList<>(shortest.subList(0, from));
                shorter.addAll(shortest.subList(Math.min(shortest.size(), from + part), shortest.size()));
                if (fails.test(shorter)) {
                    shortest = shorter;
                } else {
                    from += part;
                }
            }
        }
        return shortest;
    }
}
