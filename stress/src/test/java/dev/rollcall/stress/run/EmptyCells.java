package dev.rollcall.stress.run;

import static dev.rollcall.stress.Operation.AUDIT;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.DRAIN;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static dev.rollcall.stress.Operation.LISTING;
import static dev.rollcall.stress.Operation.LOOKUP;
import static dev.rollcall.stress.Operation.SET_LIMIT;
import static dev.rollcall.stress.Operation.SET_TERMS;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;

import dev.rollcall.stress.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why some pairs of operations have no stress file. */
final class EmptyCells {
    /**
     * One reason.
     *
     * @param mark how the matrix refers to it
     * @param text the reason
     * @param operation one operation
     * @param others the operations that it needs no file with
     */
    record Reason(String mark, String text, Operation operation, Set<Operation> others) {}

    static final List<Reason> REASONS = List.of(
            new Reason(
                    "a",
                    "changes the session in a critical section of its shard, and a create publishes it in one: no step in"
                            + " between can be seen",
                    CREATE,
                    EnumSet.of(SET_TERMS)),
            new Reason("b", "both only read", LOOKUP, EnumSet.of(LOOKUP, COUNT, LISTING, AUDIT)),
            new Reason("b", "both only read", COUNT, EnumSet.of(COUNT, LISTING, AUDIT)),
            new Reason("b", "both only read", LISTING, EnumSet.of(LISTING, AUDIT)),
            new Reason(
                    "c",
                    "neither writes anything that the other reads: a lookup reads the chains and whether the session has"
                            + " ended",
                    LOOKUP,
                    EnumSet.of(KEEPALIVE, SET_TERMS)),
            new Reason(
                    "d",
                    "whatever its cause, an end is one compare-and-set to ENDED and then the same steps: see the same"
                            + " operation × destroy. A loss that only detaches changes no figure except those of"
                            + " AttachedPlusDetached",
                    LOOKUP,
                    EnumSet.of(TIMEOUT, TRANSPORT_GONE, SHUTDOWN)),
            new Reason("d", "", SHUTDOWN, EnumSet.of(AUDIT)),
            new Reason("d", "", COUNT, EnumSet.of(TIMEOUT, SHUTDOWN)),
            new Reason(
                    "e",
                    "changes no figure and no membership; a row of the listing reads the state word once",
                    KEEPALIVE,
                    EnumSet.of(COUNT, LISTING, AUDIT)),
            new Reason("e", "", SET_TERMS, EnumSet.of(COUNT, LISTING, AUDIT)),
            new Reason(
                    "f",
                    "writes another field of the session; the sweep, which reads both, is raced with each",
                    SET_TERMS,
                    EnumSet.of(KEEPALIVE)),
            new Reason(
                    "g",
                    "both change the session in one critical section of its shard. Before it, the other operation may read"
                            + " whether the session has ended, which a change of its terms does not change",
                    SET_TERMS,
                    EnumSet.of(SET_TERMS, DESTROY, SHUTDOWN)),
            new Reason(
                    "h",
                    "a drain writes only what creates check, and reads only the number of sessions",
                    DRAIN,
                    EnumSet.of(LOOKUP, KEEPALIVE, SET_TERMS, CLAIM, DRAIN, COUNT, LISTING, AUDIT)),
            new Reason(
                    "i",
                    "a change of the limit writes only what creates check, and reads only how many permits are taken;"
                            + " changes of the limit wait for one another",
                    SET_LIMIT,
                    EnumSet.of(
                            LOOKUP,
                            KEEPALIVE,
                            SET_TERMS,
                            CLAIM,
                            TIMEOUT,
                            TRANSPORT_GONE,
                            SET_LIMIT,
                            DRAIN,
                            SHUTDOWN,
                            COUNT,
                            LISTING)));

    private EmptyCells() {}

    static Optional<Reason> reason(Operation one, Operation other) {
        return REASONS.stream()
                .filter(reason -> (reason.operation() == one && reason.others().contains(other))
                        || (reason.operation() == other && reason.others().contains(one)))
                .findFirst();
    }
}
