package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rollcall.benchmarks.peers.Peer;
import dev.rollcall.benchmarks.peers.PeerOptions;
import dev.rollcall.benchmarks.peers.Subject;
import org.junit.jupiter.api.Test;

class SliceTest {
    @Test
    void replaceOne_again_keepsTheCountAndTheSeats() {
        try (Peer peer = Subject.EXACT.open(PeerOptions.usual())) {
            Slice slice = new Slice(peer.connect("test", 10), 10, 0);
            for (int i = 0; i < 100; i++) {
                slice.replaceOne();
            }

            assertThat(peer.count()).isEqualTo(10);
            assertThat(slice.keepOneAlive()).isBetween(0, 9);
        }
    }

    @Test
    void anyOperation_sessionAlreadyGone_fails() {
        try (Peer peer = Subject.EXACT.open(PeerOptions.usual())) {
            Slice slice = new Slice(peer.connect("test", 1), 1, 0);
            slice.client().destroy(0);

            assertThatIllegalStateException().isThrownBy(slice::replaceOne);
            assertThatIllegalStateException().isThrownBy(slice::keepOneAlive);
        }
    }
}
