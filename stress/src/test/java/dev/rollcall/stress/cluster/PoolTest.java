package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the coordinator gives, and when. */
class PoolTest {
    private static final List<String> MEMBERS = List.of("a", "b");

    private final Pool pool = new Pool(10);

    private boolean report(String member, long round, long held) {
        return pool.report(member, new Notice.Report("view", round, MEMBERS.indexOf(member), held), MEMBERS);
    }

    private void open(long heldByA, long heldByB) {
        long round = pool.begin();
        report("a", round, heldByA);
        assertThat(report("b", round, heldByB)).isTrue();
        pool.open();
    }

    @Test
    void open_whenAllHaveReported_hasWhatIsLeft() {
        long former = pool.begin();
        assertThat(report("a", former, 1)).isFalse();
        long round = pool.begin();
        assertThat(report("b", former, 9)).isFalse();
        assertThat(report("a", round, 3)).isFalse();
        assertThat(report("a", round, 3)).isFalse();
        assertThat(pool.hasAll(MEMBERS)).isFalse();
        pool.ask("a", 4);
        assertThat(pool.grant()).isNull();
        assertThat(report("b", round, 5)).isTrue();
        assertThat(pool.grant()).isNull();
        assertThat(pool.seats()).containsExactlyInAnyOrder(0, 1);
        pool.open();
        assertThat(pool.free()).isEqualTo(2);
        assertThat(pool.grant()).isEqualTo(new Pool.Wish<Object>("a", 2));
        assertThat(pool.free()).isZero();
        assertThat(pool.grant()).isNull();
    }

    private void back(String member, long round, long permits) {
        pool.back(member, new Notice.Back("view", round, permits));
    }

    @Test
    void back_afterTheReport_isNotCountedAsHeld() {
        long round = pool.begin();
        report("a", round, 8);
        back("a", round, 5);
        report("b", round, 1);
        pool.open();
        assertThat(pool.free()).isEqualTo(6);
        back("b", round, 1);
        assertThat(pool.free()).isEqualTo(7);
    }

    /** It was not reported as held, so it is free already, whenever the message comes. */
    @Test
    void back_beforeTheReport_isNotCountedTwice() {
        long round = pool.begin();
        back("b", round - 1, 5);
        report("a", round, 8);
        report("b", round, 1);
        back("b", round - 1, 5);
        pool.open();
        back("b", round - 1, 5);
        assertThat(pool.free()).isEqualTo(1);
    }

    @Test
    void close_forgetsAll() {
        open(0, 0);
        pool.ask("b", 1);
        pool.close();
        assertThat(pool.isOpen()).isFalse();
        assertThat(pool.free()).isZero();
        assertThat(pool.isAsked()).isFalse();
        assertThat(pool.refuse()).isNull();
    }

    @Test
    void wishes_areMetInTurn_theLatestOfEach() {
        open(2, 2);
        pool.ask("a", 1);
        pool.ask("b", 2);
        pool.ask("a", 3);
        assertThat(pool.grant()).isEqualTo(new Pool.Wish<Object>("b", 2));
        assertThat(pool.grant()).isEqualTo(new Pool.Wish<Object>("a", 3));
        pool.ask("b", 7);
        assertThat(pool.grant()).isEqualTo(new Pool.Wish<Object>("b", 1));
        pool.ask("a", 1);
        assertThat(pool.refuse()).isEqualTo("a");
    }

    @Test
    void moreHeldThanThereIs_isAnError() {
        assertThatThrownBy(() -> open(6, 5)).hasMessage("nodes hold 11 permits of 10");
    }
}
