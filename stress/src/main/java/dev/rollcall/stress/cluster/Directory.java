package dev.rollcall.stress.cluster;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Handles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which member of the view holds which session. Each member's ids are a set of their own, which
 * goes with the member.
 *
 * <p>Of its own sessions a node only notes which ids have changed. What is told of them is what the
 * manager holds when it is told: so the order of events does not matter, changes of one id between
 * two messages become one, and if more has changed than was noted all that it holds is told. Lookups
 * and events may come from any thread, all else from the cluster's.
 */
final class Directory implements SessionListener<Handles> {
    /** Beyond so many changes between two messages the whole listing is told. */
    static final int MOST_NOTED = 1 << 16;

    /** How many ids go into one message. */
    static final int MOST_IN_MESSAGE = 4_096;

    private final Map<Object, Held> heldByMember = new ConcurrentHashMap<>();

    /** What is to replace that, once it is complete: until then others find what was known before. */
    private final Map<Object, Held> listings = new HashMap<>();

    private final Object noting = new Object();
    private long[] noted = new long[64];
    private int count;
    private boolean isWhole = true;

    /** The number of the latest changes that were told. */
    private long told;

    /** What a member has told, up to the changes with this number; 0 if something was missed. */
    private static final class Held {
        private final Set<Long> ids = ConcurrentHashMap.newKeySet();
        private long number;
    }

    @Override
    public void created(Session<Handles> session, Transport<Handles> owner) {
        note(session.id());
    }

    @Override
    public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
        note(session.id());
    }

    private void note(long id) {
        synchronized (noting) {
            if (isWhole) {
                return;
            }
            if (count == MOST_NOTED) {
                isWhole = true;
                count = 0;
                return;
            }
            if (count == noted.length) {
                noted = Arrays.copyOf(noted, 2 * count);
            }
            noted[count++] = id;
        }
    }

    /** All that this node holds is to be told next, for somebody may know nothing of it. */
    void tellAll() {
        synchronized (noting) {
            isWhole = true;
            count = 0;
        }
    }

    /** Tells what has changed since the last call. */
    void flush(SessionManager<Handles> sessions, Consumer<Notice> send) {
        long[] ids;
        boolean whole;
        synchronized (noting) {
            whole = isWhole;
            isWhole = false;
            ids = Arrays.copyOf(noted, count);
            count = 0;
            noted = noted.length > MOST_IN_MESSAGE ? new long[64] : noted;
        }
        if (whole) {
            // Whatever changes from here on is noted, and told after this.
            List<Long> all = new ArrayList<>();
            sessions.forEach(session -> all.add(session.id()));
            ids = all.stream().mapToLong(Long::longValue).toArray();
        } else {
            ids = Arrays.stream(ids).distinct().toArray();
        }
        boolean isListing = whole;
        for (int from = 0; from < ids.length || whole; from += MOST_IN_MESSAGE) {
            boolean more = isListing && from + MOST_IN_MESSAGE < ids.length;
            long[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + MOST_IN_MESSAGE));
            long[] live =
                    Arrays.stream(some).filter(id -> sessions.find(id) != null).toArray();
            long[] ended =
                    Arrays.stream(some).filter(id -> sessions.find(id) == null).toArray();
            send.accept(new Notice.Changes(++told, whole, more, live, ended));
            whole = false;
        }
    }

    /** The number of the latest changes that were told. */
    long told() {
        return told;
    }

    /** What a member has told of its sessions. */
    void changed(Object member, Notice.Changes changes) {
        Held held = changes.whole() ? new Held() : latest(member);
        boolean isNext = changes.whole() || changes.number() == held.number + 1;
        held.number = isNext ? changes.number() : 0;
        for (long id : changes.live()) {
            held.ids.add(id);
        }
        for (long id : changes.ended()) {
            held.ids.remove(id);
        }
        if (changes.more()) {
            listings.put(member, held);
        } else {
            listings.remove(member);
            heldByMember.put(member, held);
        }
    }

    private Held latest(Object member) {
        Held listed = listings.get(member);
        return listed == null ? heldByMember.getOrDefault(member, new Held()) : listed;
    }

    /** Whether all is known that a member has told, up to the changes with this number. */
    boolean isUpTo(Object member, long number) {
        Held held = heldByMember.get(member);
        return held != null && held.number == number;
    }

    /** Forgets all that others hold. */
    void retain(Collection<?> members) {
        heldByMember.keySet().retainAll(members);
        listings.keySet().retainAll(members);
    }

    /** The member that holds a session, or null if none is known to. */
    Object holder(long id) {
        for (Map.Entry<Object, Held> entry : heldByMember.entrySet()) {
            if (entry.getValue().ids.contains(id)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** How many sessions a member is known to hold. */
    int size(Object member) {
        Held held = heldByMember.get(member);
        return held == null ? 0 : held.ids.size();
    }
}
