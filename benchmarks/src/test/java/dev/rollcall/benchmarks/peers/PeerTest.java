package dev.rollcall.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.SessionManager;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every subject really does the work that is measured. */
class PeerTest {
    private static final int SESSIONS = 1_000;

    @ParameterizedTest
    @EnumSource
    void create_manySessions_areAllCountedAndKeptAlive(Subject subject) {
        try (Peer peer = subject.open(Subject.DEFAULT_SHARDS)) {
            Set<Long> ids = new HashSet<>();
            Peer.Client client = peer.connect("test");
            for (int i = 0; i < SESSIONS; i++) {
                ids.add(client.create());
            }

            assertThat(ids).hasSize(SESSIONS).allMatch(id -> id >= 1 && id <= SessionManager.MAX_ID);
            assertThat(ids).allMatch(client::keepAlive);
            assertThat(peer.count()).isEqualTo(SESSIONS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void destroy_oneOfTwo_endsItOnce(Subject subject) {
        try (Peer peer = subject.open(Subject.DEFAULT_SHARDS)) {
            Peer.Client client = peer.connect("test");
            long ended = client.create();
            long kept = client.create();

            assertThat(client.destroy(ended)).isTrue();
            assertThat(client.destroy(ended)).isFalse();
            assertThat(client.keepAlive(ended)).isFalse();
            assertThat(client.keepAlive(kept)).isTrue();
            assertThat(peer.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_withShards_worksAsWell(Subject subject) {
        try (Peer peer = subject.open(64)) {
            peer.connect("test").create();

            assertThat(peer.count()).isEqualTo(1);
        }
    }
}
