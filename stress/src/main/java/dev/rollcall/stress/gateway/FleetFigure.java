package dev.rollcall.stress.gateway;

import java.util.List;

/**
 * The fleet's figures, as one node knows them: what the members of its view have told it last.
 *
 * @param cluster the cluster's name
 * @param node this node's name
 * @param trouble why this node is alone, or has no part in the limit; empty if all is well
 * @param parts one for each node of the view that has told of itself, this one among them
 * @param known how many nodes there are: of the view, and others whose seats are taken
 * @param missing the seats of those others, each with what is wrong there if that is known
 * @param limit how many sessions may be live over all nodes; 0 for no limit
 * @param leased how many of them this node may have without asking
 * @param isOpen false if nothing can be leased until all nodes are accounted for
 * @param isLookedFor whether in this view it has been looked yet who else is there
 */
public record FleetFigure(
        String cluster,
        String node,
        String trouble,
        List<Part> parts,
        int known,
        List<String> missing,
        long limit,
        long leased,
        boolean isOpen,
        boolean isLookedFor) {
    /**
     * What one node holds.
     *
     * @param node its name
     * @param incarnation another one after each start
     * @param leased how many permits it holds
     * @param ageNanos how long ago it told so
     */
    public record Part(
            String node,
            String incarnation,
            long live,
            long attached,
            long detached,
            long created,
            long leased,
            long ageNanos) {}

    /** Live sessions over all parts. */
    public long live() {
        return parts.stream().mapToLong(Part::live).sum();
    }

    /** Attached sessions over all parts. */
    public long attached() {
        return parts.stream().mapToLong(Part::attached).sum();
    }

    /** Detached sessions over all parts. */
    public long detached() {
        return parts.stream().mapToLong(Part::detached).sum();
    }

    /** Whether it is all nodes that the sums are over. */
    public boolean isWhole() {
        return isLookedFor && parts.size() == known && trouble.isEmpty();
    }

    /** The age of the oldest part. */
    public long ageNanos() {
        return parts.stream().mapToLong(Part::ageNanos).max().orElse(0);
    }
}
