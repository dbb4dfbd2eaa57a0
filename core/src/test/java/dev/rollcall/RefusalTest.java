package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Bad input, design section 9: creates and claims that are refused. Each says operation, identity
 * and the state found, carries its reason, and changes nothing but the tally of refused creates.
 */
class RefusalTest {
    private final Fixture fixture = Fixture.with(builder -> builder.maxSessions(3));
    private final SessionManager<String> manager = fixture.manager;
    private final Transport<String> transport = fixture.transport("ws");
    private final Session<String> session = fixture.create(transport, 42);

    private void assertCreateRefused(RejectReason reason, String message, ThrowingCallable create) {
        long rejected = manager.counts().rejectedCreates();
        long forReason = manager.counts().rejectedCreates(reason);
        assertRefused(reason, message, create);
        assertThat(manager.counts().rejectedCreates()).isEqualTo(rejected + 1);
        assertThat(manager.counts().rejectedCreates(reason)).isEqualTo(forReason + 1);
    }

    private void assertClaimRefused(RejectReason reason, String message, ThrowingCallable claim) {
        Transport<String> owner = session.transport();
        long rejected = manager.counts().rejectedClaims();
        long forReason = manager.counts().rejectedClaims(reason);
        assertRefused(reason, message, claim);
        assertThat(manager.counts().rejectedClaims()).isEqualTo(rejected + 1);
        assertThat(manager.counts().rejectedClaims(reason)).isEqualTo(forReason + 1);
        assertThat(session.transport()).isSameAs(owner);
        assertThat(session.info().claims()).isZero();
    }

    private void assertRefused(RejectReason reason, String message, ThrowingCallable operation) {
        List<String> before = fixture.state();
        SessionRejectedException refusal = catchThrowableOfType(SessionRejectedException.class, operation);
        assertThat(refusal).hasMessage(message).hasNoCause();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.getStackTrace()).isEmpty();
        fixture.assertUnchanged(before);
    }

    @Test
    void create_duplicateId_isRefused() {
        assertCreateRefused(
                RejectReason.DUPLICATE_ID,
                "cannot create session 42 on transport ws (OPEN): DUPLICATE_ID",
                () -> fixture.create(transport, 42));
        assertThat(manager.find(42)).isSameAs(session);
    }

    /** A detached session still owns its id (G7). */
    @Test
    void create_idOfADetachedSession_isRefused() {
        transport.gone();
        Transport<String> second = fixture.transport("second");
        assertCreateRefused(
                RejectReason.DUPLICATE_ID,
                "cannot create session 42 on transport second (OPEN): DUPLICATE_ID",
                () -> fixture.create(second, 42));
    }

    @Test
    void create_limitReached_isRefusedAndThePermitComesBackWithEachEnd() {
        fixture.createMany(transport, 2);
        assertCreateRefused(
                RejectReason.LIMIT_REACHED,
                "cannot create session 7 on transport ws (OPEN): LIMIT_REACHED",
                () -> fixture.create(transport, 7));
        assertCreateRefused(
                RejectReason.LIMIT_REACHED,
                "cannot create session on transport ws (OPEN): LIMIT_REACHED",
                () -> manager.create(transport));
        // G9: a refused create took no permit, an end gives one back.
        assertThat(session.destroy()).isTrue();
        fixture.create(transport, 7);
        assertCreateRefused(
                RejectReason.LIMIT_REACHED,
                "cannot create session 8 on transport ws (OPEN): LIMIT_REACHED",
                () -> fixture.create(transport, 8));
    }

    /** Every way to end gives the permit back (G9). */
    @Test
    void create_atTheLimitAfterEachCause_succeeds() {
        Transport<String> lost = fixture.transport("lost");
        fixture.createMany(lost, 2);
        session.destroyByAdmin();
        lost.gone();
        assertThat(fixture.sweepAfter(Fixture.RECLAIM_TIMEOUT.plus(Fixture.TICK)))
                .isEqualTo(2);
        List<Session<String>> idle = fixture.createMany(transport, 3);
        assertThat(fixture.sweepAfter(Fixture.SESSION_TIMEOUT.plus(Fixture.TICK)))
                .isEqualTo(3);
        assertThat(idle).noneMatch(Session::isLive);
        Transport<String> brief = fixture.transport("brief");
        for (int i = 0; i < 3; i++) {
            manager.create(brief, Fixture.options().reclaimTimeout(Duration.ZERO));
        }
        brief.gone();
        assertThat(fixture.createMany(transport, 3)).allMatch(Session::isLive);
        fixture.assertConsistent();
    }

    @Test
    void create_transportGone_isRefused() {
        Transport<String> lost = fixture.transport("lost");
        lost.gone();
        assertCreateRefused(
                RejectReason.TRANSPORT_GONE,
                "cannot create session 7 on transport lost (GONE): TRANSPORT_GONE",
                () -> fixture.create(lost, 7));
        assertCreateRefused(
                RejectReason.TRANSPORT_GONE,
                "cannot create session on transport lost (GONE): TRANSPORT_GONE",
                () -> manager.create(lost));
        assertThat(lost.count()).isZero();
    }

    @Test
    void claim_transportGone_isRefused() {
        Transport<String> lost = fixture.transport("lost");
        lost.gone();
        String message = "cannot claim session 42 ATTACHED to ws on transport lost (GONE): TRANSPORT_GONE";
        assertClaimRefused(RejectReason.TRANSPORT_GONE, message, () -> session.claim(lost));
        assertClaimRefused(RejectReason.TRANSPORT_GONE, message, () -> manager.claim(42, lost));
        transport.gone();
        assertClaimRefused(
                RejectReason.TRANSPORT_GONE,
                "cannot claim session 42 DETACHED on transport ws (GONE): TRANSPORT_GONE",
                () -> session.claim(transport));
    }

    @Test
    void create_managerDraining_isRefused() throws InterruptedException {
        assertThat(manager.drain(Duration.ZERO)).isFalse();
        assertCreateRefused(
                RejectReason.DRAINING,
                "cannot create session 7 on transport ws (OPEN): DRAINING",
                () -> fixture.create(transport, 7));
        // Draining refuses new sessions only: the present ones stay usable and may be claimed.
        assertThat(session.keepAlive()).isTrue();
        assertThat(session.claim(fixture.transport("second"))).isTrue();
        assertThat(manager.toString()).contains("DRAINING");
    }

    @Test
    void createAndClaim_managerClosed_areRefused() throws InterruptedException {
        manager.close();
        assertCreateRefused(
                RejectReason.CLOSED,
                "cannot create session 7 on transport ws (OPEN): CLOSED",
                () -> fixture.create(transport, 7));
        assertCreateRefused(
                RejectReason.CLOSED,
                "cannot create session on transport ws (OPEN): CLOSED",
                () -> manager.create(transport));
        // No session is live, so there is nothing that a claim could be refused for.
        assertThat(session.claim(transport)).isFalse();
        assertThat(manager.claim(42, transport)).isFalse();
        assertThat(manager.drain(Duration.ZERO)).isTrue();
        assertThat(transport.gone()).isTrue();
        assertThat(manager.sweep()).isZero();
        assertThat(manager.toString()).contains("CLOSED");
    }

    /** While close() still ends others, a live session may be met: its claim is refused (G10). */
    @Test
    void claim_whileClosing_isRefused() {
        List<Session<String>> met = new ArrayList<>();
        List<SessionRejectedException> refusals = new ArrayList<>();
        Fixture closing = Fixture.bare(builder -> builder.shards(1).listener(new SessionListener<>() {
            @Override
            public void ended(Session<String> ended, Transport<String> from, EndCause cause) {
                SessionManager<String> manager = ended.shard().manager;
                if (met.isEmpty() && !manager.sessions().isEmpty()) {
                    Session<String> live = manager.sessions().get(0);
                    met.add(live);
                    refusals.add(catchThrowableOfType(
                            SessionRejectedException.class, () -> live.claim(manager.openTransport("new"))));
                }
            }
        }));
        closing.createMany(closing.transport("ws"), 2 * Batch.SIZE);
        closing.manager.close();
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(RejectReason.CLOSED);
            assertThat(refusal).hasMessageContainingAll("claim", "session", "ATTACHED", "new (OPEN)", "CLOSED");
        });
        assertThat(met.get(0).endCause()).isEqualTo(EndCause.SHUTDOWN);
        closing.assertConsistent();
    }

    @Test
    void claim_wrongOrMissingSecret_isRefused() {
        Session<String> guarded =
                manager.create(transport, Fixture.options().id(43).claimSecret(new byte[] {1, 2, 3}));
        Transport<String> second = fixture.transport("second");
        String message = "cannot claim session 43 ATTACHED to ws on transport second (OPEN): WRONG_SECRET";
        for (byte[] wrong : List.of(new byte[0], new byte[] {1, 2}, new byte[] {1, 2, 4}, new byte[] {1, 2, 3, 0})) {
            assertClaimRefused(RejectReason.WRONG_SECRET, message, () -> guarded.claim(second, wrong));
            assertClaimRefused(RejectReason.WRONG_SECRET, message, () -> manager.claim(43, second, wrong));
        }
        assertClaimRefused(RejectReason.WRONG_SECRET, message, () -> guarded.claim(second));
        assertClaimRefused(RejectReason.WRONG_SECRET, message, () -> manager.claim(43, second));
        assertThat(guarded.transport()).isSameAs(transport);

        assertThat(guarded.claim(second, new byte[] {1, 2, 3})).isTrue();
        assertThat(manager.claim(43, transport, new byte[] {1, 2, 3})).isTrue();
        guarded.destroy();
        // An ended session has no secret to keep: it is merely not there.
        assertThat(guarded.claim(second)).isFalse();
        // A session without a secret takes any.
        assertThat(session.claim(second, new byte[] {9})).isTrue();
    }

    /** The caller's array is copied on both sides, so that changing it later changes nothing. */
    @Test
    void claimSecret_arrayChangedAfterwards_isStillTheOldOne() {
        byte[] secret = {1, 2, 3};
        SessionOptions<String> options = Fixture.options().id(43).claimSecret(secret);
        secret[0] = 9;
        Session<String> guarded = manager.create(transport, options);
        assertThat(guarded.claim(transport, new byte[] {1, 2, 3})).isTrue();
    }
}
