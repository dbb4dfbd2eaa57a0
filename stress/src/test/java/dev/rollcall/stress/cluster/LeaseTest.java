package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Handles;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node asks for, and what it gives back. */
class LeaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SessionManager<Handles> sessions =
            SessionManager.<Handles>builder().maxSessions(320).callerSweeps().build();
    private final Transport<Handles> transport = sessions.openTransport("test");
    private final Lease lease = lease(320);

    private Lease lease(long most) {
        return new Lease(sessions, most, 320, PATIENCE);
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            sessions.create(transport);
        }
    }

    @Test
    void permits_areTheManagersLimit() {
        assertThat(sessions.status().maxSessions()).hasValue(0);
        assertThat(lease.wish()).isEqualTo(10);
        lease.granted(10);
        assertThat(sessions.status().maxSessions()).hasValue(10);
        assertThat(lease.wish()).isZero();
        create(5);
        assertThat(lease.wish()).isEqualTo(10);
    }

    @Test
    void idlePermits_goBackBeyondTwoBlocks_butNoneThatIsUsed() {
        lease.granted(40);
        create(20);
        assertThat(lease.returnIdle()).isZero();
        sessions.sessions().stream().limit(5).forEach(Session::destroy);
        assertThat(lease.returnIdle()).isEqualTo(15);
        assertThat(lease.held()).isEqualTo(25);
        assertThat(lease.returnHalf()).isEqualTo(5);
        assertThat(lease.returnHalf()).isEqualTo(3);
        create(2);
        assertThat(lease.returnHalf()).isZero();
        assertThat(lease.held()).isEqualTo(17);
        assertThat(sessions.counts().live()).isEqualTo(17);
    }

    @Test
    void waitingCreates_areAnsweredTogether() {
        CompletableFuture<Boolean> first = lease.more();
        CompletableFuture<Boolean> second = lease.more();
        assertThat(lease.wish()).isEqualTo(12);
        assertThat(lease.returnHalf()).isZero();
        lease.granted(0);
        assertThat(first).isCompletedWithValue(false);
        assertThat(second).isCompletedWithValue(false);
        CompletableFuture<Boolean> third = lease.more();
        lease.granted(12);
        assertThat(third).isCompletedWithValue(true);
        assertThat(lease.wanted()).isZero();
    }

    /** As when the cluster's thread is blocked, or has ended. */
    @Test
    void waitingCreate_thatNobodyAnswers_isRefused() throws Exception {
        Lease impatient = new Lease(sessions, 320, 320, Duration.ofMillis(10));
        CompletableFuture<Boolean> refused = impatient.more();
        assertThat(refused.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(impatient.more()).isSameAs(refused);
        impatient.answer(false);
        assertThat(impatient.more()).isNotSameAs(refused);
    }

    @Test
    void grants_beyondTheLimitOfTheNode_areNotItsOwn() {
        Lease small = lease(15);
        assertThat(small.granted(10)).isZero();
        assertThat(small.granted(10)).isEqualTo(5);
        assertThat(small.held()).isEqualTo(15);
        CompletableFuture<Boolean> more = small.more();
        assertThat(small.granted(10)).isEqualTo(10);
        assertThat(more).isCompletedWithValue(false);
        assertThat(sessions.status().maxSessions()).hasValue(15);
    }

    @Test
    void node_withALimitOfItsOwn_holdsNoMore() {
        Lease small = lease(3);
        assertThat(small.wish()).isEqualTo(3);
        small.granted(3);
        create(3);
        assertThat(small.wish()).isZero();
    }
}
