package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.Subject;
import org.junit.jupiter.api.Test;

class SliceTest {
    @Test
    void replaceOne_again_keepsTheCountAndTheIds() {
        try (Peer peer = Subject.EXACT.open(Subject.DEFAULT_SHARDS)) {
            Slice slice = new Slice(peer, 10, 0);
            for (int i = 0; i < 100; i++) {
                slice.replaceOne();
            }

            assertThat(peer.count()).isEqualTo(10);
            assertThat(slice.client().keepAlive(slice.randomId())).isTrue();
        }
    }

    @Test
    void replaceOne_sessionAlreadyGone_fails() {
        try (Peer peer = Subject.EXACT.open(Subject.DEFAULT_SHARDS)) {
            Slice slice = new Slice(peer, 1, 0);
            slice.client().destroy(slice.randomId());

            assertThatIllegalStateException().isThrownBy(slice::replaceOne);
        }
    }
}
