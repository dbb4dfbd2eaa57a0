package dev.rollcall.stress.spec;

import dev.rollcall.EndCause;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.ShardOf;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manager whose runs are recorded: of two shards, with room for {@value #LIMIT} sessions, and with
 * timeouts of one tick of the specification. Results are told in the words of {@code Replay.tla}.
 */
final class Subject {
    /** What it gets wrong. */
    enum Defect {
        NONE,
        /** Janus 1.3.0, janus-gateway #3526: a session that timed out is still counted. */
        TIMEOUT_FORGOTTEN,
        /** A second destroy is told that it ended the session, as by the fix of #3526. */
        DESTROYED_TWICE,
        /** Janus: a create is served although its transport is gone. */
        ORPHAN
    }

    static final int LIMIT = 2;

    /** Shorter than what a tick passes by more than any rounding, and longer than two of those. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofSeconds(11);

    private final Defect defect;
    private final AtomicLong nanos = new AtomicLong();
    private final SessionManager<Void> manager = SessionManager.<Void>builder()
            .shards(2)
            .maxSessions(LIMIT)
            .sessionTimeout(TIMEOUT)
            .reclaimTimeout(TIMEOUT)
            .ticker(nanos::get)
            .callerSweeps()
            .build();
    private final Map<String, Long> ids;
    private final Map<String, Transport<Void>> transports =
            Map.of("t", manager.openTransport("t"), "u", manager.openTransport("u"));

    Subject(Defect defect) {
        this.defect = defect;
        long first = ShardOf.firstId(manager, 0, 1);
        this.ids = Map.of("a", first, "b", ShardOf.firstId(manager, 1, 1), "c", ShardOf.firstId(manager, 0, first + 1));
    }

    /** Does it; returns its result as a value of TLA+. */
    String perform(Operation operation) {
        try {
            return switch (operation.name()) {
                case "create" -> create(operation);
                case "destroy" -> text(destroy(id(operation)));
                case "claim" -> text(manager.claim(id(operation), transport(operation)));
                case "keepAlive" -> text(manager.keepAlive(id(operation)));
                case "find" -> text(manager.find(id(operation)) != null);
                case "gone" -> text(transport(operation).gone());
                case "sweep" -> {
                    nanos.addAndGet(TICK.toNanos());
                    yield Integer.toString(manager.sweep());
                }
                case "counts" -> counts(manager.counts());
                case "close" -> {
                    manager.close();
                    yield text(true);
                }
                default -> throw new IllegalArgumentException(operation.name());
            };
        } catch (SessionRejectedException refused) {
            return quoted(refused.reason().name());
        }
    }

    private String create(Operation operation) {
        SessionOptions<Void> options = SessionOptions.<Void>defaults().id(id(operation));
        Transport<Void> owner = transport(operation);
        if (defect == Defect.ORPHAN && owner.isGone()) {
            owner = manager.openTransport(operation.transport());
        }
        manager.create(owner, options);
        return text(true);
    }

    private boolean destroy(long id) {
        return manager.destroy(id) || defect == Defect.DESTROYED_TWICE;
    }

    private String counts(SessionCounts counts) {
        long forgotten = defect == Defect.TIMEOUT_FORGOTTEN ? counts.ended(EndCause.TIMED_OUT) : 0;
        String ended = Stream.of(
                        EndCause.DESTROYED,
                        EndCause.TIMED_OUT,
                        EndCause.TRANSPORT_GONE,
                        EndCause.RECLAIM_EXPIRED,
                        EndCause.SHUTDOWN)
                .map(cause -> cause + " |-> " + (counts.ended(cause) - (cause == EndCause.TIMED_OUT ? forgotten : 0)))
                .collect(Collectors.joining(", ", "[", "]"));
        return String.format(
                Locale.ROOT,
                "[created |-> %d, attached |-> %d, detached |-> %d, ended |-> %s]",
                counts.created(),
                counts.attached() + forgotten,
                counts.detached(),
                ended);
    }

    private long id(Operation operation) {
        return ids.get(operation.id());
    }

    private Transport<Void> transport(Operation operation) {
        return transports.get(operation.transport());
    }

    private static String text(boolean result) {
        return quoted(Boolean.toString(result));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /**
     * What a client does.
     *
     * @param name of an operation of {@code Replay.tla}
     * @param id a, c of the first shard, b of the second; or none
     * @param transport t, u, or none
     */
    record Operation(String name, String id, String transport) {
        static final List<String> IDS = List.of("a", "b", "c");
        static final List<String> TRANSPORTS = List.of("t", "u");
        private static final String NO = "none";

        static Operation of(String name) {
            return new Operation(name, NO, NO);
        }

        static Operation ofId(String name, String id) {
            return new Operation(name, id, NO);
        }

        static Operation ofTransport(String name, String transport) {
            return new Operation(name, NO, transport);
        }
    }
}
