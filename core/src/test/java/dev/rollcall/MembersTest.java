package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set of places, against a map from place to hash. */
class MembersTest {
    private final Members members = new Members();
    private final TreeMap<Integer, Long> expected = new TreeMap<>();

    private int add(long hash) {
        members.reserve();
        int place = members.add(hash);
        if (expected.put(place, hash) != null) {
            throw new AssertionError("place " + place + " was taken");
        }
        return place;
    }

    private void remove(int place) {
        members.remove(place);
        expected.remove(place);
    }

    private void assertAgrees() {
        List<Integer> places = new ArrayList<>();
        for (int place = members.next(0); place != Members.NONE; place = members.next(place + 1)) {
            places.add(place);
            assertThat(members.hash(place)).isEqualTo(expected.get(place).intValue());
        }
        assertThat(places).containsExactlyElementsOf(expected.keySet());
        assertThat(members.size()).isEqualTo(expected.size());
    }

    @Test
    void next_nothingAdded_isNone() {
        assertThat(members.next(0)).isEqualTo(Members.NONE);
        assertThat(members.next(1_000)).isEqualTo(Members.NONE);
        assertThat(members.size()).isZero();
    }

    /** Across every doubling of the first segment and into further segments. */
    @Test
    void add_manyNoneLeaves_fillsPlacesInOrder() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(add(i * 31L)).isEqualTo(i);
        }
        assertAgrees();
    }

    /** Who comes and goes uses places again: the set does not grow with the number of comers. */
    @Test
    void add_asManyLeaveAsCome_usesPlacesAgain() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            places.add(add(i));
        }
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int which = random.nextInt(places.size());
            remove(places.get(which));
            places.set(which, add(i));
        }
        assertAgrees();
        assertThat(expected.lastKey()).isLessThan(3_000 + 3_000 / 7 + 1_024);
    }

    /** A walk in order of places meets each that stays exactly once, whatever comes and goes meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyOperation_randomSequence_agreesWithAMap(long seed) {
        Random random = new Random(seed);
        int target = 1 + random.nextInt(3_000);
        for (int i = 0; i < 30_000; i++) {
            if (random.nextInt(2 * target) >= expected.size()) {
                add(random.nextLong());
            } else {
                int from = members.next(random.nextInt(expected.lastKey() + 1));
                remove(from == Members.NONE ? members.next(0) : from);
            }
            if (i % 5_000 == 0) {
                assertAgrees();
            }
        }
        assertAgrees();
    }

    @Test
    void holds_placeAndHash_bothCount() {
        int place = add(0x1_0000_0007L);
        int other = add(8);
        assertThat(members.holds(place, 0x1_0000_0007L)).isTrue();
        assertThat(members.holds(place, 8)).isFalse();
        assertThat(members.holds(other, 8)).isTrue();
        remove(other);
        assertThat(members.holds(other, 8)).as("after it was freed").isFalse();
        assertThat(members.holds(Members.NONE, 7)).isFalse();
        assertThat(members.holds(Transport.SOLE, 7)).isFalse();
        assertThat(members.holds(1_000_000, 7)).isFalse();
    }
}
