package dev.rollcall.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private final SlotLists lists = new SlotLists();
    private final Slots<String> slots = new Slots<>(lists);

    private int add(String element) {
        slots.reserve();
        return slots.add(element);
    }

    @Test
    void newSlots_areEmpty() {
        assertThat(slots.limit()).isZero();
        assertThat(slots.inUse()).isZero();
    }

    @Test
    void add_manyElements_eachKeepsItsSlotThroughGrowth() {
        int count = 50_000;
        for (int i = 1; i <= count; i++) {
            assertThat(add("element " + i)).isEqualTo(i);
        }
        assertThat(slots.limit()).isEqualTo(count);
        assertThat(slots.inUse()).isEqualTo(count);
        for (int i = 1; i <= count; i++) {
            assertThat(slots.get(i)).isEqualTo("element " + i);
        }
    }

    @Test
    void reserve_calledRepeatedly_usesNoSlot() {
        for (int i = 0; i < 100; i++) {
            slots.reserve();
        }
        assertThat(slots.limit()).isZero();
        assertThat(add("first")).isEqualTo(1);
    }

    @Test
    void add_afterRemove_reusesTheSlotAndLeavesItsTimer() {
        add("first");
        int second = add("second");
        add("third");
        lists.push(SlotLists.TIMER, second, SlotLists.NIL, ~7);
        slots.remove(second);
        assertThat(slots.get(second)).isNull();
        assertThat(slots.inUse()).isEqualTo(2);
        assertThat(add("fourth")).isEqualTo(second);
        assertThat(slots.get(second)).isEqualTo("fourth");
        assertThat(slots.limit()).isEqualTo(3);
        assertThat(lists.prev(SlotLists.TIMER, second)).isEqualTo(~7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void addAndRemove_randomSequence_agreesWithAMap(long seed) {
        Random random = new Random(seed);
        Map<Integer, String> expected = new HashMap<>();
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean removes = random.nextInt(1000) < (i / 5000 % 2 == 0 ? 300 : 700);
            if (removes && !expected.isEmpty()) {
                int slot = expected.keySet().iterator().next();
                slots.remove(slot);
                expected.remove(slot);
            } else {
                int slot = add("element " + i);
                assertThat(expected.put(slot, "element " + i))
                        .as("slot %s was free", slot)
                        .isNull();
            }
            most = Math.max(most, expected.size());
            assertThat(slots.inUse()).isEqualTo(expected.size());
        }
        // Slots are reused before new ones are made.
        assertThat(slots.limit()).isEqualTo(most);
        Set<String> found = new HashSet<>();
        for (int slot = 1; slot <= slots.limit(); slot++) {
            assertThat(slots.get(slot)).isEqualTo(expected.get(slot));
            found.add(slots.get(slot));
        }
        found.remove(null);
        assertThat(found).hasSize(expected.size());
    }
}
