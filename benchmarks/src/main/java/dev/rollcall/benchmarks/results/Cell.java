package dev.rollcall.benchmarks.results;

import dev.rollcall.benchmarks.peers.Subject;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that is measured, in one fork of every pass.
 *
 * @param benchmark class and method, without the package
 * @param threads how many threads
 * @param jvm in what virtual machine
 * @param params the benchmark's parameters
 */
public record Cell(String benchmark, int threads, Jvm jvm, Map<String, String> params) {
    private static final String SUBJECT = "subject";
    private static final String LIVE = "live";

    /** Params in the order of their names. */
    public Cell {
        params = new TreeMap<>(params);
    }

    /** A subject with so many live sessions, in the usual virtual machine. */
    public static Cell of(String benchmark, int threads, Subject subject, long live) {
        return of(benchmark, threads, subject.name(), live);
    }

    /** The same with a subject that is known by a name. */
    public static Cell of(String benchmark, int threads, String subject, long live) {
        return new Cell(benchmark, threads, Jvm.PARALLEL, Map.of(SUBJECT, subject, LIVE, Long.toString(live)));
    }

    /** The same with one more parameter. */
    public Cell with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(params);
        more.put(name, value.toString());
        return new Cell(benchmark, threads, jvm, more);
    }

    /** The same in another virtual machine. */
    public Cell in(Jvm other) {
        return new Cell(benchmark, threads, other, params);
    }

    /** The same with another subject. */
    public Cell of(Subject other) {
        return with(SUBJECT, other);
    }

    /** What is measured. */
    public Subject subject() {
        return Subject.valueOf(params.get(SUBJECT));
    }

    /** How many sessions are live. */
    public long live() {
        return Long.parseLong(params.get(LIVE));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(benchmark);
        params.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        text.append(" threads=").append(threads);
        return jvm == Jvm.PARALLEL
                ? text.toString()
                : text.append(' ').append(jvm).toString();
    }
}
