package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.SessionCounts;
import java.util.ArrayDeque;
import java.util.Deque;

/** The figures of the last minutes, one sample a second. Thread-safe. */
final class History {
    private static final int SAMPLES = 300;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long epochMillis, long attached, long detached, long created) {}

    synchronized void add(SessionCounts counts) {
        if (samples.size() == SAMPLES) {
            samples.remove();
        }
        samples.add(new Sample(System.currentTimeMillis(), counts.attached(), counts.detached(), counts.created()));
    }

    /** Arrays of: time in milliseconds, attached, detached, created since the start. */
    synchronized ArrayNode json() {
        ArrayNode list = Json.array();
        for (Sample sample : samples) {
            list.addArray()
                    .add(sample.epochMillis)
                    .add(sample.attached)
                    .add(sample.detached)
                    .add(sample.created);
        }
        return list;
    }
}
