package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeSeatsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, 45})
    void of_anyNumber_isAListOfSoMany(int number) {
        assertThat(Seats.parse(FreeSeats.of(number)).size()).isEqualTo(number);
    }

    @Test
    void lists_two_haveNoPortInCommon() {
        List<String> lists = FreeSeats.lists(2, 21);

        Set<Integer> ports = new HashSet<>();
        for (String list : lists) {
            Seats seats = Seats.parse(list);
            for (int i = 0; i < seats.size(); i++) {
                for (int above = 0; above <= 2; above++) {
                    int port = seats.address(i).getPort() + above * Seats.ENGINE_OFFSET;
                    assertThat(ports.add(port)).as("port " + port).isTrue();
                }
            }
        }
        assertThat(ports).hasSize(2 * 21 * 3);
    }
}
