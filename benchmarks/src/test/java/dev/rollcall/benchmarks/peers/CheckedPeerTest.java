package dev.rollcall.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.stress.subjects.MapWithAtomic;
import dev.rollcall.stress.subjects.Shipped;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every subject of the check really does the work that is measured. */
class CheckedPeerTest {
    private static final int SESSIONS = 100;

    @ParameterizedTest
    @EnumSource
    void operations_ofEachSubject_areDoneAndCounted(Shipped subject) {
        try (Peer peer = CheckedPeer.named(subject.cliName())) {
            Peer.Client client = peer.connect("test", SESSIONS);
            IntStream.range(0, SESSIONS).forEach(client::create);

            assertThat(IntStream.range(0, SESSIONS)).allMatch(client::keepAlive);
            assertThat(peer.count()).isEqualTo(SESSIONS);
            assertThat(client.destroy(0)).isTrue();
            assertThat(client.destroy(0)).isFalse();
            assertThat(client.keepAlive(0)).isFalse();
            assertThat(peer.count()).isEqualTo(SESSIONS - 1);
        }
    }

    @Test
    void named_byItsClass_isOpenedAsWell() {
        try (Peer peer = CheckedPeer.named(MapWithAtomic.class.getName())) {
            peer.connect("test", 1).create(0);

            assertThat(peer.count()).isEqualTo(1);
        }
    }

    @Test
    void named_byNothingThatIsThere_isRefusedByName() {
        assertThatThrownBy(() -> CheckedPeer.named("no.such.Adapter")).hasMessageContaining("no.such.Adapter");
    }
}
