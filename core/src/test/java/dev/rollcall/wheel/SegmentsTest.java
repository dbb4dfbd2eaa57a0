package dev.rollcall.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
    /** Every index has one place, the places are in order and leave no gap. */
    @Test
    void segmentAndOffset_everyIndex_followTheirPredecessor() {
        int segment = 0;
        int offset = 0;
        for (int index = 0; index < 100_000; index++) {
            if (Segments.segment(index) != segment || Segments.offset(index) != offset) {
                assertThat(new int[] {Segments.segment(index), Segments.offset(index)})
                        .as("place of %s", index)
                        .containsExactly(segment, offset);
            }
            offset++;
            if (offset == Segments.LENGTH) {
                segment++;
                offset = 0;
            }
        }
        assertThat(segment).isGreaterThan(20);
    }

    @Test
    void segmentAndOffset_largestIndex_roundTrip() {
        for (int index : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 1 << 30, (1 << 30) - 1}) {
            assertThat(Segments.offset(index)).isBetween(0, Segments.LENGTH - 1);
            assertThat(Segments.segment(index) * Segments.LENGTH + Segments.offset(index))
                    .isEqualTo(index);
        }
    }

    /** Doubling the first segment must arrive at the length of the others exactly. */
    @Test
    void firstLength_doubled_becomesLength() {
        assertThat(Integer.bitCount(Segments.FIRST_LENGTH)).isEqualTo(1);
        assertThat(Integer.bitCount(Segments.LENGTH)).isEqualTo(1);
        assertThat(Segments.FIRST_LENGTH).isLessThanOrEqualTo(Segments.LENGTH);
    }
}
