package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a server and its operators ask for beside the life of a session. */
class ServerApiTest {
    private final Fixture fixture = Fixture.create();
    private final SessionManager<String> manager = fixture.manager;

    @Test
    void connect_oneCall_givesATransportWithItsSession() {
        Connection<String> connection =
                manager.connect("ws", 42, Fixture.options().attachment("client"));
        assertThat(connection.transport().sessions()).containsExactly(connection.session());
        assertThat(connection.transport().attachment(Integer.class)).isEqualTo(42);
        assertThat(connection.session().attachment()).isEqualTo("client");
        assertThat(connection).hasToString(connection.session().toString());
        Connection<String> plain = manager.connect("plain", null);
        assertThat(plain.transport().name()).isEqualTo("plain");
        assertThat(plain.transport().sessions()).containsExactly(plain.session());
        manager.drain();
        assertThatThrownBy(() -> manager.connect("ws", null)).hasMessageContaining("DRAINING");
        fixture.assertConsistent();
    }

    @Test
    void close_ofATransport_endsItsSessionsWithoutGraceAndTellsWhereTheyWere() {
        Map<Session<String>, Transport<String>> told = new HashMap<>();
        Fixture closing = Fixture.with(builder -> builder.listener(new SessionListener<>() {
            @Override
            public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                told.put(session, from);
            }
        }));
        Transport<String> transport = closing.transport("ws");
        Transport<String> other = closing.transport("other");
        List<Session<String>> sessions = closing.createMany(transport, 3 * Batch.SIZE);
        Session<String> staying = closing.create(other, 1);
        assertThat(transport.close()).isTrue();
        assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(told.values()).allMatch(from -> from == transport);
        assertThat(transport.isGone()).isTrue();
        assertThat(transport.close()).isFalse();
        assertThat(transport.gone()).isFalse();
        assertThat(sessions).allMatch(session -> session.endCause() == EndCause.TRANSPORT_CLOSED);
        assertThat(staying.isLive()).isTrue();
        assertThat(closing.manager.counts().ended(EndCause.TRANSPORT_CLOSED)).isEqualTo(sessions.size());
        closing.assertConsistent();
    }

    @Test
    void forEach_liveSessions_visitsEachOnceWithItsAttachment() {
        Transport<String> transport = fixture.transport("ws");
        fixture.createMany(transport, 5);
        fixture.create(transport, 4711).destroy();
        List<Session<String>> visited = new ArrayList<>();
        manager.forEach(visited::add);
        assertThat(visited).hasSize(5).doesNotHaveDuplicates();
        assertThat(manager.sessions()).containsExactlyInAnyOrderElementsOf(visited);
        assertThat(transport.sessions()).containsExactlyInAnyOrderElementsOf(visited);
    }

    @Test
    void status_afterSweepsAndAFailure_tellsOfThem() {
        Fixture failing =
                Fixture.with(builder -> builder.name("gateway").maxSessions(7).listener(new SessionListener<>() {
                    @Override
                    public void created(Session<String> session, Transport<String> transport) {
                        throw new IllegalStateException("on purpose");
                    }
                }));
        LogCapture log = LogCapture.open();
        failing.create(failing.transport("ws"), 1);
        log.close();
        assertThat(log.messages()).hasSize(1);
        failing.manager.sweep();
        failing.ticker.advance(failing.manager.sweepPeriod().multipliedBy(3));
        ManagerStatus status = failing.manager.status();
        assertThat(status.name()).isEqualTo("gateway");
        assertThat(status.phase()).isEqualTo(ManagerPhase.OPEN);
        assertThat(status.maxSessions()).hasValue(7);
        assertThat(status.counts()).isEqualTo(failing.manager.counts());
        assertThat(status.listenerFailures()).isEqualTo(1);
        assertThat(status.eventBacklog()).isZero();
        assertThat(status.sweeps()).isEqualTo(1);
        assertThat(status.sweepDelay()).isEqualTo(failing.manager.sweepPeriod().multipliedBy(2));
        assertThat(status)
                .hasToString("gateway OPEN, " + status.counts() + ", event backlog=0, listener failures=1, sweep delay="
                        + status.sweepDelay());
        assertThat(failing.manager).hasToString("SessionManager[gateway OPEN, about 1 live]");
    }

    /** Nobody sweeps it any longer, and nothing is due. */
    @Test
    void status_closedLongAgo_noSweepIsLate() {
        fixture.ticker.advance(Duration.ofHours(1));
        assertThat(manager.status().sweepDelay()).isPositive();
        manager.close();
        fixture.ticker.advance(Duration.ofHours(1));
        assertThat(manager.status().sweepDelay()).isZero();
        assertThat(manager.status().sinceLastSweep()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void setClaimSecret_replaced_onlyTheNewOneClaims() {
        Session<String> session =
                manager.create(fixture.transport("ws"), Fixture.options().claimSecret(new byte[] {1}));
        Transport<String> next = fixture.transport("next");
        assertThat(session.setClaimSecret(new byte[] {2})).isTrue();
        assertThatThrownBy(() -> session.claim(next, new byte[] {1})).hasMessageContaining("WRONG_SECRET");
        assertThat(session.claim(next, new byte[] {2})).isTrue();
        assertThat(session.removeClaimSecret()).isTrue();
        assertThat(session.claim(fixture.transport("last"))).isTrue();
        session.destroy();
        assertThat(session.setClaimSecret(new byte[] {3})).isFalse();
    }

    /** From the moment at which it is set, nobody claims the session without it, however early that claim began. */
    @Test
    void setClaimSecret_amidAClaimWithoutIt_refusesTheClaim() {
        AtomicReference<Runnable> atReading = new AtomicReference<>();
        SessionManager<String> interrupted = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(() -> {
                    Runnable once = atReading.getAndSet(null);
                    if (once != null) {
                        once.run();
                    }
                    return 0;
                })
                .build();
        Transport<String> owner = interrupted.openTransport("owner");
        Session<String> session = interrupted.create(owner);
        atReading.set(() -> assertThat(session.setClaimSecret(new byte[] {1})).isTrue());
        assertThatThrownBy(() -> session.claim(interrupted.openTransport("thief")))
                .hasMessageContaining("WRONG_SECRET");
        assertThat(atReading).as("the claim was interrupted").hasNullValue();
        assertThat(session.transport()).isSameAs(owner);
        assertThat(interrupted.counts().rejectedClaims(RejectReason.WRONG_SECRET))
                .isOne();
    }

    /** However long what is presented is, the shard is not locked for longer. */
    @Test
    void claim_secretOfAnotherLength_isRefused() {
        Session<String> session =
                manager.create(fixture.transport("ws"), Fixture.options().claimSecret(new byte[] {1, 2}));
        Transport<String> next = fixture.transport("next");
        for (byte[] wrong : List.of(new byte[0], new byte[] {1}, new byte[] {1, 2, 0})) {
            assertThatThrownBy(() -> session.claim(next, wrong)).hasMessageContaining("WRONG_SECRET");
        }
        assertThat(session.claim(next, new byte[] {1, 2})).isTrue();
    }

    /** Both wait for one lock: neither undoes what the other has set. */
    @Test
    void setSessionTimeout_besideSetClaimSecret_bothStand() throws Exception {
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        Duration timeout = Duration.ofMinutes(5);
        Thread[] first = new Thread[1];
        Thread[] second = new Thread[1];
        long stamp = session.shard().writeLock();
        FutureTask<Boolean> timeoutSet = Workers.start(() -> session.setSessionTimeout(timeout), first);
        FutureTask<Boolean> secretSet = Workers.start(() -> session.setClaimSecret(new byte[] {1}), second);
        Workers.awaitWaiting(first[0]);
        Workers.awaitWaiting(second[0]);
        session.shard().unlockWrite(stamp);
        assertThat(Workers.result(timeoutSet)).isTrue();
        assertThat(Workers.result(secretSet)).isTrue();
        assertThat(session.sessionTimeout()).isEqualTo(timeout);
        assertThat(session.info().guarded()).isTrue();
    }

    @Test
    void build_ownThreadFactory_makesTheSweepersThread() throws InterruptedException {
        AtomicReference<Thread> made = new AtomicReference<>();
        SessionManager<String> swept = SessionManager.<String>builder()
                .sweeperThreadFactory(task -> {
                    made.set(new Thread(task, "mine"));
                    return made.get();
                })
                .build();
        assertThat(made.get().isAlive()).isTrue();
        swept.close();
        made.get().join();
    }

    @Test
    void threads_byDefault_takeNothingOverFromTheBuildingThread() throws InterruptedException {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the building thread");
        AtomicReference<String> seen = new AtomicReference<>("not run");
        Thread thread = Sweeper.threads("test").newThread(() -> seen.set(local.get()));
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isNull();
        thread.start();
        thread.join();
        assertThat(seen.get()).isNull();
    }

    /** Its thread does not keep it alive. */
    @Test
    void forgottenManager_withAThread_isCollectedAndItsThreadEnds() throws Exception {
        AtomicReference<Thread> sweeper = new AtomicReference<>();
        WeakReference<SessionManager<String>> forgotten = new WeakReference<>(SessionManager.<String>builder()
                .tick(Duration.ofMillis(1))
                .sweeperThreadFactory(task -> {
                    sweeper.set(new Thread(task, "of a forgotten manager"));
                    sweeper.get().setDaemon(true);
                    return sweeper.get();
                })
                .build());
        while (forgotten.get() != null) {
            System.gc();
        }
        assertThat(forgotten.get()).isNull();
        sweeper.get().join(Duration.ofMinutes(1).toMillis());
        assertThat(sweeper.get().isAlive()).isFalse();
    }

    /** One session a transport, as WebSockets have: its place needs no list, at any number of shards. */
    @Test
    void gone_oneSessionAmongManyShards_visitsItsShardOnly() {
        Fixture wide = Fixture.bare(builder -> builder.shards(4096).reclaimTimeout(Duration.ZERO));
        Transport<String> transport = wide.transport("ws");
        Session<String> session = wide.manager.create(transport);
        List<Integer> visited = new ArrayList<>();
        transport.forEachShard(shard -> visited.add(shard) ? 1 : 0);
        assertThat(visited).containsExactly(session.shard().index);
        assertThat(transport.count()).isEqualTo(1);
        session.destroy();
        List<Integer> afterwards = new ArrayList<>();
        transport.forEachShard(shard -> afterwards.add(shard) ? 1 : 0);
        assertThat(afterwards).as("the place is free again").isEmpty();
        wide.createMany(transport, 3);
        assertThat(transport.count()).isEqualTo(3);
        assertThat(transport.gone()).isTrue();
        assertThat(wide.manager.counts().live()).isZero();
        wide.assertConsistent();
    }
}
