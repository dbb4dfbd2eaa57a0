package dev.rollcall.stress.cluster;

import dev.rollcall.stress.gateway.FleetFigure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgroups.util.UUID;

/**
 * What the members of the view have told of themselves. A member is one life of a process: one that
 * was restarted is another, and its part begins anew. Thread-safe.
 */
final class Parts {
    private static final Notice.Part NOTHING = new Notice.Part("", "", "", 0, 0, 0, 0, 0, 0, 0, false, new String[0]);

    private final Map<Object, Received> parts = new HashMap<>();

    private record Received(Notice.Part part, long atNanos) {}

    /** A part is replaced by a later one of the same member. */
    synchronized void received(Object member, Notice.Part part) {
        Received former = parts.get(member);
        if (former == null || former.part.sequence() < part.sequence()) {
            parts.put(member, new Received(part, System.nanoTime()));
        }
    }

    /** Those who left take their parts along. */
    synchronized void retain(Collection<?> members) {
        parts.keySet().retainAll(members);
    }

    /** The latest part of a member; null if it has not told any. */
    synchronized Notice.Part of(Object member) {
        Received received = parts.get(member);
        return received == null ? null : received.part;
    }

    /** The latest part of a member if it has told it in this view, otherwise null. */
    synchronized Notice.Part of(Object member, String view) {
        Notice.Part latest = of(member);
        return latest != null && latest.view().equals(view) ? latest : null;
    }

    /** What the coordinator has said last in a view. Of another one, nothing holds. */
    Notice.Part coordinators(Membership of) {
        Notice.Part latest = of(of.coordinator(), of.view());
        return latest == null ? NOTHING : latest;
    }

    /** The parts of these members, as far as they are known. */
    synchronized List<FleetFigure.Part> of(Collection<?> members) {
        long now = System.nanoTime();
        List<FleetFigure.Part> list = new ArrayList<>();
        for (Object member : members) {
            Received received = parts.get(member);
            if (received != null) {
                list.add(figure(member, received.part, now - received.atNanos));
            }
        }
        return list;
    }

    static FleetFigure.Part figure(Object member, Notice.Part part, long ageNanos) {
        return new FleetFigure.Part(
                part.node(),
                member instanceof UUID incarnation ? incarnation.toStringLong() : String.valueOf(member),
                part.live(),
                part.attached(),
                part.detached(),
                part.created(),
                part.leased(),
                ageNanos);
    }
}
