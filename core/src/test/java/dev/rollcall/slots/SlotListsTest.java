package dev.rollcall.slots;

import static dev.rollcall.slots.SlotLists.NIL;
import static dev.rollcall.slots.SlotLists.PEERS;
import static dev.rollcall.slots.SlotLists.TIMER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotListsTest {
    private static final int SLOTS = 200;
    private static final int MARK = ~7;

    private final SlotLists lists = new SlotLists();

    @BeforeEach
    void reserve() {
        for (int slot = 1; slot <= SLOTS; slot++) {
            lists.reserve(slot);
        }
    }

    @Test
    void links_newSlots_areNil() {
        for (int slot = 1; slot <= SLOTS; slot++) {
            for (int family : new int[] {TIMER, PEERS}) {
                assertThat(lists.next(family, slot)).isEqualTo(NIL);
                assertThat(lists.prev(family, slot)).isEqualTo(NIL);
            }
        }
    }

    @Test
    void reserve_calledAgain_keepsTheLinks() {
        lists.setNext(TIMER, 3, 4);
        lists.setPrev(PEERS, 3, 5);
        lists.set(3, SlotLists.TICK, 6);
        for (int slot = SLOTS; slot <= 100_000; slot++) {
            lists.reserve(slot);
            lists.setPrev(TIMER, slot, slot);
        }
        for (int slot = SLOTS; slot <= 100_000; slot++) {
            assertThat(lists.prev(TIMER, slot)).isEqualTo(slot);
        }
        assertThat(lists.next(TIMER, 3)).isEqualTo(4);
        assertThat(lists.prev(PEERS, 3)).isEqualTo(5);
        assertThat(lists.next(PEERS, 3)).isEqualTo(NIL);
        assertThat(lists.prev(TIMER, 3)).isEqualTo(NIL);
        assertThat(lists.get(3, SlotLists.TICK)).isEqualTo(6);
        lists.setNext(PEERS, 100_000, 1);
        assertThat(lists.next(PEERS, 100_000)).isEqualTo(1);
    }

    /** Both families at once, each against a list of its own: what one does the other never sees. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pushAndUnlink_randomSequence_agreesWithAList(long seed) {
        Random random = new Random(seed);
        List<List<Integer>> expected = List.of(new ArrayList<>(), new ArrayList<>());
        int[] families = {TIMER, PEERS};
        int[] heads = {NIL, NIL};
        for (int i = 0; i < 2_000; i++) {
            int which = random.nextInt(2);
            int slot = 1 + random.nextInt(SLOTS);
            int family = families[which];
            List<Integer> list = expected.get(which);
            if (list.contains(slot)) {
                if (heads[which] == slot) {
                    heads[which] = lists.next(family, slot);
                }
                lists.unlink(family, slot);
                list.remove(Integer.valueOf(slot));
                assertThat(lists.next(family, slot)).isEqualTo(NIL);
                assertThat(lists.prev(family, slot)).isEqualTo(NIL);
            } else {
                lists.push(family, slot, heads[which], MARK);
                heads[which] = slot;
                list.add(0, slot);
            }
            for (int each = 0; each < 2; each++) {
                assertThat(walk(families[each], heads[each]))
                        .as("seed %s, step %s", seed, i)
                        .isEqualTo(expected.get(each));
            }
        }
    }

    private List<Integer> walk(int family, int head) {
        List<Integer> walked = new ArrayList<>();
        int prev = MARK;
        for (int slot = head; slot != NIL; slot = lists.next(family, slot)) {
            assertThat(lists.prev(family, slot)).as("predecessor of %s", slot).isEqualTo(prev);
            walked.add(slot);
            prev = slot;
        }
        return walked;
    }
}
