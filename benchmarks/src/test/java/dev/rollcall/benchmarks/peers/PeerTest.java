package dev.rollcall.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.benchmarks.peers.Subject.Ability;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every subject really does the work that is measured. */
class PeerTest {
    private static final int SESSIONS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Peers reckon in whole milliseconds of the system's time, which may be set meanwhile. */
    private static final Duration ALMOST_IT = Duration.ofMillis(1_900);

    private static final Duration MOST_OF_IT = Duration.ofMillis(1_200);
    private static final Duration MORE_THAN_IT = Duration.ofMillis(2_200);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void create_manySessions_areAllCountedAndKeptAlive(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.usual())) {
            Peer.Client client = peer.connect("test", SESSIONS);
            createAll(client, SESSIONS);

            assertThat(IntStream.range(0, SESSIONS)).allMatch(client::keepAlive);
            assertThat(peer.count()).isEqualTo(SESSIONS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void destroy_oneOfTwo_endsItOnce(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.usual())) {
            Peer.Client client = peer.connect("test", 2);
            createAll(client, 2);

            assertThat(client.destroy(0)).isTrue();
            assertThat(client.destroy(0)).isFalse();
            assertThat(client.keepAlive(0)).isFalse();
            assertThat(client.keepAlive(1)).isTrue();
            assertThat(peer.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_withShards_worksAsWell(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.sharded(64))) {
            createAll(peer.connect("test", 1), 1);

            assertThat(peer.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("withHandles")
    void destroy_byHandle_endsItOnce(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.usual())) {
            Peer.Client client = peer.connectByHandle("test", 2);
            createAll(client, 2);

            assertThat(client.keepAlive(0)).isTrue();
            assertThat(client.destroy(0)).isTrue();
            assertThat(client.destroy(0)).isFalse();
            assertThat(client.keepAlive(1)).isTrue();
            assertThat(peer.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("withClock")
    void sweep_idleForTheTimeout_endsWhatWasNotKeptAlive(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.timed(TIMEOUT))) {
            Peer.Client client = peer.connect("test", SESSIONS);
            createAll(client, SESSIONS);
            peer.advance(MOST_OF_IT);
            assertThat(client.keepAlive(0)).isTrue();
            peer.sweep();
            assertThat(peer.count()).isEqualTo(SESSIONS);

            peer.advance(MOST_OF_IT);
            peer.sweep();

            assertThat(peer.count()).isEqualTo(1);
            assertThat(client.keepAlive(1)).isFalse();
            assertThat(client.keepAlive(0)).isTrue();

            peer.advance(MORE_THAN_IT);
            peer.sweep();

            assertThat(peer.count()).isZero();
            assertThat(client.keepAlive(0)).isFalse();
        }
    }

    /** In real time: sweeps and keeps one session alive until the others have ended. */
    @ParameterizedTest
    @MethodSource("withoutClock")
    void sweep_inRealTime_endsWhatWasNotKeptAlive(Subject subject) {
        // After a pause as long as the timeout the session that is kept alive is due as well.
        for (boolean isPrompt = false; !isPrompt; ) {
            try (Peer peer = subject.open(PeerOptions.timed(TIMEOUT))) {
                isPrompt = endsAllButOne(peer);
            }
        }
    }

    /** False if it took too long to keep a session alive. */
    private static boolean endsAllButOne(Peer peer) {
        Peer.Client client = peer.connect("test", SESSIONS);
        long start = System.nanoTime();
        createAll(client, SESSIONS);

        long keptAt = start;
        for (long left = SESSIONS; left > 1; LockSupport.parkNanos(BETWEEN_TRIES.toNanos())) {
            peer.sweep();
            left = peer.count();
            long now = System.nanoTime();
            boolean isKept = client.keepAlive(0);
            if (System.nanoTime() - keptAt >= ALMOST_IT.toNanos()) {
                return false;
            }
            keptAt = now;

            assertThat(isKept).isTrue();
            assertThat(now - start).isBetween(left < SESSIONS ? ALMOST_IT.toNanos() : 0, LONGEST_WAIT.toNanos());
        }
        assertThat(client.keepAlive(1)).isFalse();
        return true;
    }

    @ParameterizedTest
    @MethodSource("withTransports")
    void gone_oneOfTwoOwners_endsItsOwnSessions(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.usual())) {
            Peer.Owner lost = (Peer.Owner) peer.connect("lost", 2);
            Peer.Owner kept = (Peer.Owner) peer.connect("kept", 1);
            createAll(lost, 2);
            createAll(kept, 1);

            assertThat(lost.claim(0, kept)).isTrue();
            lost.gone();

            assertThat(lost.keepAlive(0)).isTrue();
            assertThat(lost.keepAlive(1)).isFalse();
            assertThat(lost.claim(1, kept)).isFalse();
            assertThat(kept.keepAlive(0)).isTrue();
            assertThat(peer.count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abilities_thatASubjectLacks_areRefused(Subject subject) {
        try (Peer peer = subject.open(PeerOptions.usual())) {
            if (!subject.can(Ability.HANDLES)) {
                assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> peer.connectByHandle("test", 1));
            }
            assertThat(peer.connect("test", 1) instanceof Peer.Owner).isEqualTo(subject.can(Ability.TRANSPORTS));
        }
    }

    private static void createAll(Peer.Client client, int sessions) {
        for (int seat = 0; seat < sessions; seat++) {
            client.create(seat);
        }
    }

    static List<Subject> withHandles() {
        return those(subject -> subject.can(Ability.HANDLES));
    }

    static List<Subject> withClock() {
        return those(subject -> subject.can(Ability.TIMEOUTS) && subject.can(Ability.CLOCK));
    }

    static List<Subject> withoutClock() {
        return those(subject -> subject.can(Ability.TIMEOUTS) && !subject.can(Ability.CLOCK));
    }

    static List<Subject> withTransports() {
        return those(subject -> subject.can(Ability.TRANSPORTS));
    }

    private static List<Subject> those(Predicate<Subject> can) {
        return Arrays.stream(Subject.values()).filter(can).toList();
    }
}
