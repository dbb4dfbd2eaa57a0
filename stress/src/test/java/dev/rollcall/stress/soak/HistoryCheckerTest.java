package dev.rollcall.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.EndCause;
import dev.rollcall.stress.soak.History.Entry;
import dev.rollcall.stress.soak.History.Kind;
import org.junit.jupiter.api.Test;

/**
 * That the soak's checker accepts what the guarantees allow, and refuses every corruption of it.
 */
class HistoryCheckerTest {
    private static final long TIMEOUT = 1000;
    private static final long RECLAIM = 500;

    private final History history = new History(0, TIMEOUT, RECLAIM);
    private final Carrier carrier = new Carrier(1);
    private final Carrier other = new Carrier(2);

    /** Who owns the session by the events so far. */
    private Carrier owner;

    private void event(Kind kind, Carrier from, Carrier to, long atNanos) {
        owner = to;
        history.add(new Entry(kind, from, to, null, atNanos));
    }

    private void created() {
        event(Kind.CREATED, null, carrier, 0);
    }

    private void ended(EndCause cause, long atNanos) {
        history.add(new Entry(Kind.ENDED, owner, null, cause, atNanos));
    }

    private void returned(Kind kind, long beforeNanos) {
        history.add(new Entry(kind, null, null, null, beforeNanos));
    }

    private void lost(long atNanos) {
        carrier.goneCalled(atNanos);
        event(Kind.DETACHED, carrier, null, atNanos);
    }

    private void expect(EndCause endCause, String violation) {
        assertThat(HistoryChecker.violations(history, endCause)).anyMatch(found -> found.startsWith(violation));
    }

    private void expectNone(EndCause endCause) {
        assertThat(HistoryChecker.violations(history, endCause)).isEmpty();
    }

    @Test
    void live_created_isAccepted() {
        created();
        expectNone(null);
    }

    @Test
    void wholeLife_isAccepted() {
        created();
        event(Kind.CLAIMED, carrier, other, 10);
        returned(Kind.CLAIM_RETURNED, 9);
        event(Kind.CLAIMED, other, carrier, 20);
        returned(Kind.CLAIM_RETURNED, 19);
        lost(30);
        event(Kind.CLAIMED, null, other, 40);
        returned(Kind.CLAIM_RETURNED, 39);
        returned(Kind.KEEPALIVE_RETURNED, 50);
        ended(EndCause.TIMED_OUT, 50 + TIMEOUT);
        expectNone(EndCause.TIMED_OUT);
    }

    @Test
    void ended_onATransportThatDoesNotOwnIt_isNamed() {
        created();
        history.add(new Entry(Kind.ENDED, other, null, EndCause.DESTROYED, 10));
        returned(Kind.DESTROY_RETURNED, 9);
        expect(EndCause.DESTROYED, "G8: ended on");
    }

    @Test
    void reclaimExpired_inTime_isAccepted() {
        created();
        lost(30);
        ended(EndCause.RECLAIM_EXPIRED, 30 + RECLAIM);
        expectNone(EndCause.RECLAIM_EXPIRED);
    }

    @Test
    void destroyed_withOneWinner_isAccepted() {
        created();
        ended(EndCause.DESTROYED, 5);
        returned(Kind.DESTROY_RETURNED, 4);
        expectNone(EndCause.DESTROYED);
    }

    @Test
    void createdMissing_isRefused() {
        ended(EndCause.SHUTDOWN, 5);
        expect(EndCause.SHUTDOWN, "G8: ENDED out of order");
    }

    @Test
    void createdTwice_isRefused() {
        created();
        created();
        expect(null, "G8: CREATED out of order");
    }

    @Test
    void endedMissing_isRefused() {
        created();
        expect(EndCause.SHUTDOWN, "G8: session says SHUTDOWN, but ended event is false");
    }

    @Test
    void endedOfLive_isRefused() {
        created();
        ended(EndCause.SHUTDOWN, 5);
        expect(null, "G8: session says null, but ended event is true");
    }

    @Test
    void endedTwice_isRefused() {
        created();
        ended(EndCause.SHUTDOWN, 5);
        ended(EndCause.SHUTDOWN, 6);
        expect(EndCause.SHUTDOWN, "G8: ENDED after the end");
    }

    @Test
    void claimedAfterEnd_isRefused() {
        created();
        ended(EndCause.SHUTDOWN, 5);
        event(Kind.CLAIMED, null, other, 6);
        expect(EndCause.SHUTDOWN, "G8: CLAIMED after the end");
    }

    @Test
    void otherCause_isRefused() {
        created();
        ended(EndCause.SHUTDOWN, 5);
        expect(EndCause.ADMIN_DESTROYED, "G2: ended event says SHUTDOWN");
    }

    @Test
    void detachedTwice_isRefused() {
        created();
        lost(5);
        lost(6);
        expect(null, "G8: detached twice");
    }

    @Test
    void detachedFromStranger_isRefused() {
        created();
        event(Kind.DETACHED, other, null, 5);
        expect(null, "G4: detached from transport 2");
    }

    @Test
    void claimedFromStranger_isRefused() {
        created();
        event(Kind.CLAIMED, other, carrier, 5);
        returned(Kind.CLAIM_RETURNED, 4);
        expect(null, "G4: claimed from transport 2");
    }

    @Test
    void claimWithoutEvent_isRefused() {
        created();
        returned(Kind.CLAIM_RETURNED, 4);
        expect(null, "G4: 1 claims returned true, but 0");
    }

    @Test
    void eventWithoutClaim_isRefused() {
        created();
        event(Kind.CLAIMED, carrier, other, 5);
        expect(null, "G4: 0 claims returned true, but 1");
    }

    @Test
    void twoDestroysWon_isRefused() {
        created();
        ended(EndCause.DESTROYED, 5);
        returned(Kind.DESTROY_RETURNED, 4);
        returned(Kind.DESTROY_RETURNED, 4);
        expect(EndCause.DESTROYED, "G2: destroy won 2 times");
    }

    @Test
    void noDestroyWon_isRefused() {
        created();
        ended(EndCause.DESTROYED, 5);
        expect(EndCause.DESTROYED, "G2: destroy won 0 times");
    }

    @Test
    void adminDestroyWonOnOtherCause_isRefused() {
        created();
        ended(EndCause.SHUTDOWN, 5);
        returned(Kind.ADMIN_DESTROY_RETURNED, 4);
        expect(EndCause.SHUTDOWN, "G2: destroy by admin won 1 times");
    }

    @Test
    void timedOutEarlyAfterCreate_isRefused() {
        created();
        ended(EndCause.TIMED_OUT, TIMEOUT - 1);
        expect(EndCause.TIMED_OUT, "G3: timed out after 999 ns of 1000");
    }

    @Test
    void timedOutEarlyAfterKeepalive_isRefused() {
        created();
        returned(Kind.KEEPALIVE_RETURNED, 1);
        returned(Kind.KEEPALIVE_RETURNED, 500);
        ended(EndCause.TIMED_OUT, 500 + TIMEOUT - 1);
        expect(EndCause.TIMED_OUT, "G3: timed out after 999 ns of 1000");
    }

    @Test
    void timedOutWithoutTimeout_isRefused() {
        History forEver = new History(0, 0, RECLAIM);
        forEver.add(new Entry(Kind.CREATED, null, carrier, null, 0));
        forEver.add(new Entry(Kind.ENDED, null, null, EndCause.TIMED_OUT, Long.MAX_VALUE - 1));
        assertThat(HistoryChecker.violations(forEver, EndCause.TIMED_OUT))
                .anyMatch(found -> found.startsWith("G3: timed out"));
    }

    @Test
    void timedOutAfterShorterTimeoutWasSet_isAccepted() {
        created();
        history.mayTimeOutAfter(10);
        ended(EndCause.TIMED_OUT, 10);
        expectNone(EndCause.TIMED_OUT);
    }

    @Test
    void timedOutWhileDetached_isRefused() {
        created();
        lost(5);
        ended(EndCause.TIMED_OUT, TIMEOUT);
        expect(EndCause.TIMED_OUT, "G2: a detached session timed out");
    }

    @Test
    void reclaimExpiredEarly_isRefused() {
        created();
        lost(30);
        ended(EndCause.RECLAIM_EXPIRED, 30 + RECLAIM - 1);
        expect(EndCause.RECLAIM_EXPIRED, "G6: reclaim timeout expired after 499 ns of 500");
    }

    @Test
    void reclaimExpiredWhileAttached_isRefused() {
        created();
        ended(EndCause.RECLAIM_EXPIRED, RECLAIM);
        expect(EndCause.RECLAIM_EXPIRED, "G6: an attached session's reclaim timeout expired");
    }

    @Test
    void endedByLossOfOpenTransport_isRefused() {
        created();
        ended(EndCause.TRANSPORT_GONE, 5);
        expect(EndCause.TRANSPORT_GONE, "G4: ended by the loss of transport 1");
    }

    @Test
    void endedByLossWhileDetached_isRefused() {
        created();
        lost(5);
        ended(EndCause.TRANSPORT_GONE, 6);
        expect(EndCause.TRANSPORT_GONE, "G4: a detached session ended by a loss");
    }
}
