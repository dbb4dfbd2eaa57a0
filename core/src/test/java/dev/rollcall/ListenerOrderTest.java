package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** G8: order, one at a time, every listener sees one event before any sees the next, re-entrancy. */
class ListenerOrderTest {
    private final List<String> calls = new ArrayList<>();

    /** What a listener does besides writing down that it was called. */
    abstract class Writer implements SessionListener<String> {
        private final String name;

        Writer(String name) {
            this.name = name;
        }

        void onCreated(Session<String> session) {}

        void onDetached(Session<String> session) {}

        void onClaimed(Session<String> session) {}

        void onEnded(Session<String> session) {}

        @Override
        public void created(Session<String> session, Transport<String> transport) {
            calls.add(name + " created " + session.id());
            onCreated(session);
        }

        @Override
        public void detached(Session<String> session, Transport<String> from) {
            calls.add(name + " detached " + session.id());
            onDetached(session);
        }

        @Override
        public void claimed(Session<String> session, Transport<String> from, Transport<String> to) {
            calls.add(name + " claimed " + session.id());
            onClaimed(session);
        }

        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            calls.add(name + " ended " + session.id());
            onEnded(session);
        }
    }

    private final class Quiet extends Writer {
        Quiet(String name) {
            super(name);
        }
    }

    private Fixture with(Writer first) {
        return Fixture.with(builder -> builder.listener(first).listener(new Quiet("second")));
    }

    @Test
    void events_severalListeners_inTheOrderTheyWereAdded() {
        Fixture fixture = with(new Quiet("first"));
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        transport.gone();
        session.claim(fixture.transport("new"));
        session.destroy();
        assertThat(calls)
                .containsExactly(
                        "first created 1",
                        "second created 1",
                        "first detached 1",
                        "second detached 1",
                        "first claimed 1",
                        "second claimed 1",
                        "first ended 1",
                        "second ended 1");
        assertThat(fixture.recorder.history(session))
                .containsExactly("created ws", "detached ws", "claimed nobody new", "ended DESTROYED");
    }

    @Test
    void claimed_whileAttached_namesBothOwners() {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        Transport<String> second = fixture.transport("second");
        session.claim(second);
        session.claim(second);
        transport.gone();
        assertThat(fixture.recorder.history(session))
                .containsExactly("created ws", "claimed ws second", "claimed second second");
    }

    /** What is refused or lost has no event. */
    @Test
    void events_operationsThatChangeNothing_none() {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        session.keepAlive();
        session.setSessionTimeout(Duration.ofSeconds(5));
        session.setReclaimTimeout(Duration.ZERO);
        fixture.manager.sweep();
        session.destroy();
        int events = fixture.recorder.size();
        session.destroy();
        session.claim(transport);
        transport.gone();
        fixture.manager.close();
        assertThat(fixture.recorder.size()).isEqualTo(events).isEqualTo(2);
    }

    /** The second listener sees `created` before `ended`, although the first destroyed in between. */
    @Test
    void created_listenerDestroys_othersStillSeeCreatedFirst() {
        Fixture fixture = with(new Writer("first") {
            @Override
            void onCreated(Session<String> session) {
                assertThat(session.destroy()).isTrue();
                assertThat(session.destroy()).isFalse();
            }
        });
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(session.isLive()).isFalse();
        assertThat(calls).containsExactly("first created 1", "second created 1", "first ended 1", "second ended 1");
        fixture.assertConsistent();
    }

    /** The promise of SessionListener, "Thread": an operation waits for no event that is to come after one still told. */
    @Test
    void destroy_inAListener_tellsOfAnotherSessionFirstAndOfItsOwnLater() {
        List<String> atReturn = new ArrayList<>();
        Fixture fixture = with(new Writer("first") {
            @Override
            void onCreated(Session<String> session) {
                if (session.id() == 2) {
                    SessionManager<String> manager = session.shard().manager;
                    manager.destroy(1);
                    manager.destroy(2);
                    atReturn.addAll(calls);
                }
            }
        });
        Transport<String> transport = fixture.transport("ws");
        fixture.create(transport, 1);
        fixture.create(transport, 2);
        assertThat(atReturn)
                .containsExactly(
                        "first created 1", "second created 1", "first created 2", "first ended 1", "second ended 1");
        assertThat(calls.subList(atReturn.size(), calls.size()))
                .containsExactly("second created 2", "first ended 2", "second ended 2");
        fixture.assertConsistent();
    }

    @Test
    void ended_listenerCreatesTheSameId_isAnotherSession() {
        Fixture fixture = with(new Writer("first") {
            private int left = 3;

            @Override
            void onEnded(Session<String> session) {
                if (left > 0) {
                    left--;
                    SessionManager<String> manager = session.shard().manager;
                    assertThat(manager.find(1)).isNull();
                    manager.create(
                            manager.openTransport("again"), Fixture.options().id(1));
                }
            }
        });
        Session<String> first = fixture.create(fixture.transport("ws"), 1);
        first.destroy();
        assertThat(fixture.manager.find(1)).isNotNull().isNotSameAs(first);
        assertThat(fixture.manager.counts().created()).isEqualTo(2);
        fixture.manager.destroy(1);
        fixture.manager.destroy(1);
        fixture.manager.destroy(1);
        assertThat(fixture.manager.counts().created()).isEqualTo(4);
        assertThat(fixture.manager.counts().live()).isZero();
        fixture.recorder.assertHistoriesAreLegal();
        fixture.assertConsistent();
    }

    /** A claim in `detached` is a claim: gone() has not undone it when it returns (G4, G5). */
    @Test
    void detached_listenerClaims_sessionIsOnTheNewTransport() {
        Fixture fixture = with(new Writer("first") {
            @Override
            void onDetached(Session<String> session) {
                assertThat(session.claim(session.shard().manager.openTransport("rescue")))
                        .isTrue();
            }
        });
        Transport<String> transport = fixture.transport("ws");
        List<Session<String>> sessions = fixture.createMany(transport, 300);
        transport.gone();
        assertThat(sessions).allSatisfy(session -> {
            assertThat(session.transport().name()).isEqualTo("rescue");
            assertThat(fixture.recorder.history(session))
                    .containsExactly("created ws", "detached ws", "claimed nobody rescue");
        });
        assertThat(transport.count()).isZero();
        assertThat(fixture.manager.counts().attached()).isEqualTo(300);
        fixture.assertConsistent();
    }

    /** Everything may be called from a listener, for no lock is held (G11). */
    @Test
    void anyEvent_listenerCallsEverything_works() {
        Fixture fixture = with(new Writer("first") {
            private void callEverything(Session<String> session) {
                SessionManager<String> manager = session.shard().manager;
                manager.counts();
                manager.count();
                manager.sessions();
                assertThat(manager.audit().disagreements()).isEmpty();
                manager.sweep();
                session.keepAlive();
                session.setSessionTimeout(Duration.ofHours(1));
                session.info();
                if (session.transport() != null) {
                    session.transport().sessions();
                    session.transport().count();
                }
            }

            @Override
            void onCreated(Session<String> session) {
                callEverything(session);
            }

            @Override
            void onDetached(Session<String> session) {
                callEverything(session);
            }

            @Override
            void onClaimed(Session<String> session) {
                callEverything(session);
            }

            @Override
            void onEnded(Session<String> session) {
                callEverything(session);
                session.shard().manager.close();
            }
        });
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        fixture.create(fixture.transport("other"), 2);
        transport.gone();
        session.claim(fixture.transport("new"));
        session.destroy();
        assertThat(fixture.manager.counts().live()).isZero();
        assertThat(fixture.manager.counts().ended(EndCause.SHUTDOWN)).isEqualTo(1);
        fixture.recorder.assertHistoriesAreLegal();
        fixture.assertConsistent();
    }

    /** Thread A delivers `created`; B's events wait for it, B does not, and A delivers them (G8). */
    @Test
    void events_anotherThreadIsDelivering_deliveredByThatThreadInOrder() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> deliverers = new ArrayList<>();
        Fixture fixture = with(new Writer("first") {
            @Override
            void onCreated(Session<String> session) {
                deliverers.add(Thread.currentThread());
                entered.countDown();
                Workers.await(release);
            }

            @Override
            void onClaimed(Session<String> session) {
                deliverers.add(Thread.currentThread());
            }

            @Override
            void onEnded(Session<String> session) {
                deliverers.add(Thread.currentThread());
            }
        });
        Transport<String> transport = fixture.transport("ws");
        Thread[] creator = new Thread[1];
        FutureTask<Session<String>> creating = Workers.start(() -> fixture.create(transport, 1), creator);
        Workers.await(entered);
        Session<String> session = fixture.manager.find(1);
        assertThat(session.claim(fixture.transport("new"))).isTrue();
        assertThat(session.destroy()).isTrue();
        release.countDown();
        Workers.result(creating);
        assertThat(deliverers).containsExactly(creator[0], creator[0], creator[0]);
        assertThat(calls)
                .containsExactly(
                        "first created 1",
                        "second created 1",
                        "first claimed 1",
                        "second claimed 1",
                        "first ended 1",
                        "second ended 1");
        // The queue is empty again: the next event of a new session is delivered by its own thread.
        fixture.create(fixture.transport("own"), 2);
        assertThat(deliverers.get(3)).isSameAs(Thread.currentThread());
    }
}
