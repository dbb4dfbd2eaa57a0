package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an application that holds on to a manager, a session or a transport keeps in the heap with it. */
class LettingGoTest {
    private static final int MANY = 100_000;
    private static final long A_FEW_KILOBYTES = 4096;

    private final SessionManager<String> manager = manager();
    private final Transport<String> transport = manager.openTransport("ws");

    private static SessionManager<String> manager() {
        AtomicLong ids = new AtomicLong();
        return SessionManager.<String>builder()
                .callerSweeps()
                .ticker(new ManualTicker())
                .shards(2)
                .idSource(ids::incrementAndGet)
                .build();
    }

    private Session<String> createMany() {
        Session<String> last = null;
        for (int i = 0; i < MANY; i++) {
            last = manager.create(transport);
        }
        return last;
    }

    /** Bytes of what can be reached from the roots through the library's own objects and arrays, about. */
    private static long reachable(List<Object> roots, Object... without) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> pending = new ArrayDeque<>(roots);
        seen.addAll(List.of(without));
        long bytes = 0;
        while (!pending.isEmpty()) {
            Object object = pending.pop();
            if (!seen.add(object)) {
                continue;
            }
            Class<?> type = object.getClass();
            bytes += 16;
            if (type.isArray()) {
                boolean refers = !type.getComponentType().isPrimitive();
                for (int i = 0; i < Array.getLength(object); i++) {
                    bytes += 8;
                    pushIfPresent(pending, refers ? Array.get(object, i) : null);
                }
            }
            for (Class<?> part = type; part != null && part.getName().startsWith("dev.rollcall."); ) {
                for (Field field : part.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        bytes += 8;
                        pushIfPresent(pending, field.getType().isPrimitive() ? null : read(field, object));
                    }
                }
                part = part.getSuperclass();
            }
        }
        return bytes;
    }

    private static void pushIfPresent(Deque<Object> pending, Object object) {
        if (object != null) {
            pending.push(object);
        }
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_ofTheManager_letsGoOfWhatItsSessionsTook() {
        SessionManager<String> other = manager();
        Transport<String> unused = other.openTransport("unused");
        Session<String> only = other.create(unused);
        other.close();
        Session<String> held = createMany();
        assertThat(reachable(List.of(manager, transport, held))).isGreaterThan(MANY);
        manager.close();
        long withoutSessions = reachable(List.of(other, unused, only));
        assertThat(reachable(List.of(manager, transport, held))).isLessThan(withoutSessions + A_FEW_KILOBYTES);
    }

    @Test
    void gone_lettingGoOfItsSessions_keepsNoMemoryForThem() {
        createMany();
        assertThat(reachable(List.of(transport), manager)).isGreaterThan(MANY);
        transport.gone();
        assertThat(reachable(List.of(transport), manager)).isLessThan(A_FEW_KILOBYTES);
    }

    /** A client that always has two sessions keeps no set for each shard that it ever used, be it refused or not. */
    @Test
    void destroy_ofTheLastSessionInAShard_letsGoOfItsPlace() {
        SessionManager<String> wide = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(new ManualTicker())
                .shards(256)
                .build();
        Transport<String> two = wide.openTransport("two");
        Session<String> former = wide.create(two);
        for (int i = 0; i < MANY / 10; i++) {
            Session<String> next = wide.create(two);
            former.destroy();
            former = next;
        }
        long withTwo = reachable(List.of(two), wide, former);
        two.gone();
        for (int i = 0; i < MANY / 10; i++) {
            assertThatThrownBy(() -> wide.create(two)).isInstanceOf(SessionRejectedException.class);
        }
        // One reference for each shard stays.
        assertThat(withTwo).isLessThan(A_FEW_KILOBYTES + 256 * 8);
        assertThat(reachable(List.of(two), wide)).isLessThan(A_FEW_KILOBYTES + 256 * 8);
        wide.close();
    }

    /** An application may hold on to an ended session for long, and must not keep its connection by that. */
    @Test
    void destroy_ofASession_letsGoOfItsTransport() {
        Session<String> session = manager.create(transport);
        assertThat(session.owner()).isSameAs(transport);
        session.destroy();
        assertThat(session.owner()).isNull();
    }

    /** An executor may hold on to what it has run, and must not keep the sessions by that. */
    @Test
    void delivery_heldByTheExecutor_letsGoOfItsSession() {
        List<Object> deliveries = new ArrayList<>();
        SessionManager<String> told = SessionManager.<String>builder()
                .callerSweeps()
                .listener(new Recorder<>())
                .listenerExecutor(deliveries::add)
                .build();
        Session<String> session = told.create(told.openTransport("ws"));
        session.destroy();
        assertThat(keep(deliveries, session))
                .as("while it has events to deliver")
                .isTrue();
        deliveries.forEach(delivery -> ((Runnable) delivery).run());
        assertThat(keep(deliveries, session)).as("once it has run").isFalse();
    }

    private static boolean keep(List<Object> roots, Object kept) {
        return reachable(roots) != reachable(roots, kept);
    }

    /** The sets are made anew, and a loss still finds who is on them (G5). */
    @Test
    void create_afterTheSetsWereForgotten_isAttachedAsEver() {
        for (int round = 0; round < 3; round++) {
            createMany();
            assertThat(transport.count()).isEqualTo(MANY);
            manager.forEach(Session::destroy);
            assertThat(transport.count()).isZero();
            assertThat(transport.sessions()).isEmpty();
            assertThat(reachable(List.of(transport), manager)).isLessThan(A_FEW_KILOBYTES);
        }
        createMany();
        assertThat(transport.sessions()).hasSize(MANY);
        Fixture.assertConsistent(manager);
        transport.gone();
        assertThat(manager.counts().live()).isZero();
        Fixture.assertConsistent(manager);
    }
}
