package dev.rollcall.lincheck;

import dev.rollcall.SessionInfo;
import dev.rollcall.lincheck.StepSpecification.Position;
import dev.rollcall.lincheck.StepSpecification.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What a listing promises: each row was true at one instant between call and return, and of a
 * session that is live (or attached to the transport asked for) throughout there is one row. So
 * there must be an instant for each row, and for each session without a row an instant at which it
 * was not to be listed. The instants need not be one: a listing is not a snapshot.
 *
 * @param transport the transport that was asked for, or EVERYWHERE
 * @param rows the rows that no instant was found for yet: details, or ids if a transport was asked
 *     for
 * @param present how many sessions had been published at the call, or negative before it
 * @param accounted bits of the sessions that have a row or need none
 */
record Listing(int transport, List<?> rows, int present, int accounted) implements Position<World> {
    private static final int EVERYWHERE = -1;
    private static final int NOT_BEGUN = -1;

    static Listing ofAll(List<?> rows) {
        return ofTransport(rows, EVERYWHERE);
    }

    static Listing ofTransport(List<?> rows, int transport) {
        return new Listing(transport, rows, NOT_BEGUN, 0);
    }

    @Override
    public List<Step<World>> steps(World world) {
        if (present == NOT_BEGUN) {
            return List.of(new Step<>(world, new Listing(transport, rows, world.published(), 0)));
        }
        List<Step<World>> steps = new ArrayList<>();
        boolean done = rows.isEmpty();
        for (int i = 0; i < world.published(); i++) {
            int accountedToo = accounted | 1 << i;
            if (accountedToo == accounted) {
                continue;
            }
            World.Session session = world.session(i);
            if (!isListed(session)) {
                steps.add(new Step<>(world, new Listing(transport, rows, present, accountedToo)));
            }
            for (Object row : rows) {
                if (isListed(session) && isRowOf(row, session)) {
                    List<Object> left = new ArrayList<>(rows);
                    left.remove(row);
                    steps.add(new Step<>(world, new Listing(transport, left, present, accountedToo)));
                }
            }
            done &= i >= present;
        }
        if (done) {
            steps.add(new Step<>(world, null));
        }
        return steps;
    }

    private boolean isListed(World.Session session) {
        return transport == EVERYWHERE ? session.isLive() : session.owner() == transport;
    }

    private boolean isRowOf(Object row, World.Session session) {
        return row instanceof SessionInfo info ? session.matches(info) : row.equals(session.id());
    }
}
