package dev.rollcall.stress.cluster;

import java.util.List;
import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.util.UUID;

/**
 * The members of a view, and which view that is. Together, so that nobody takes what was said in one
 * view for what holds of the members of another.
 *
 * @param view empty if there is none
 * @param members the first of them coordinates
 */
record Membership(String view, List<Address> members) {
    static final Membership NONE = new Membership("", List.of());

    static Membership of(View view) {
        var id = view.getViewId();
        return new Membership(
                ((UUID) id.getCreator()).toStringLong() + '|' + id.getId(), List.copyOf(view.getMembers()));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Null if there are no members. */
    Address coordinator() {
        return isEmpty() ? null : members.get(0);
    }
}
