package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.storm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jgroups.Address;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to the others, and when. */
class CoordinatorTest {
    private static final Address SELF = UUID.randomUUID();
    private static final Address OTHER = UUID.randomUUID();
    private static final int LIMIT = 10;

    private final Told member = new Told();
    private final Seats seats = Seats.parse(FreeSeats.of(2));
    private final Coordinator coordinator = new Coordinator(member, Greeting.of("test", LIMIT, seats), seats, LIMIT);

    /** Does what is due only when it is told to. */
    private static final class Told extends Coordinator.Member {
        private final BlockingQueue<Runnable> soon = new LinkedBlockingQueue<>();
        private final List<Runnable> later = new ArrayList<>();
        private final List<Notice> sent = new ArrayList<>();
        private Membership membership = Membership.NONE;

        @Override
        Membership membership() {
            return membership;
        }

        @Override
        void send(Address to, Notice notice) {
            sent.add(notice);
        }

        @Override
        void tellPart() {}

        @Override
        void soon(Runnable task) {
            soon.add(task);
        }

        @Override
        void later(long millis, Runnable task) {
            later.add(task);
        }
    }

    @AfterEach
    void stop() {
        coordinator.stop();
    }

    /** Until all permits are counted: they are held, by both members. */
    private void open(String view) throws InterruptedException {
        member.membership = new Membership(view, List.of(SELF, OTHER));
        coordinator.close();
        coordinator.count();
        Notice.Count count = (Notice.Count) member.sent.get(member.sent.size() - 1);
        coordinator.reported(SELF, new Notice.Report(view, count.round(), 0, LIMIT - 1));
        coordinator.reported(OTHER, new Notice.Report(view, count.round(), 1, 1));
        member.soon.take().run();
        assertThat(coordinator.isOpen()).isTrue();
        member.sent.clear();
    }

    /** As when both have started at the same instant, so that neither has seen the other's seat taken. */
    @Test
    void nodeThatWasToldOtherwise_isMissing_andItSaysWhy() throws Exception {
        member.membership = new Membership("1", List.of(SELF));
        try (Seat other = Seat.bind(
                1, seats.address(1), Greeting.of("test", LIMIT + 1, seats).text())) {
            assertThat(Await.until(Duration.ofSeconds(20), this::looksAndHearsAnother))
                    .isTrue();
            assertThat(coordinator.missing())
                    .singleElement()
                    .asString()
                    .startsWith(seats.name(other.number()) + " (another rollcall cluster 'test': ")
                    .contains("limit 11, ", "; here it is ", "limit 10, ");
        }
        assertThat(coordinator.isOpen()).isFalse();
    }

    /** A seat is silent for as long as its thread has not run. */
    private boolean looksAndHearsAnother() {
        coordinator.count();
        Notice.Count count = (Notice.Count) member.sent.get(member.sent.size() - 1);
        coordinator.reported(SELF, new Notice.Report("1", count.round(), 0, 0));
        try {
            member.soon.take().run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return coordinator.missing().stream().anyMatch(seat -> seat.contains("another"));
    }

    /** Returns what is due when those with idle permits have been waited for. */
    private Runnable askAndRecall(String view) {
        coordinator.asked(OTHER, new Notice.Ask(view, 1, true));
        assertThat(member.sent).containsExactly(new Notice.Recall(view));
        return member.later.get(member.later.size() - 1);
    }

    @Test
    void recall_thatNobodyAnswers_refusesWhoeverAsked() throws Exception {
        open("1");
        Runnable end = askAndRecall("1");
        end.run();
        assertThat(member.sent).containsExactly(new Notice.Recall("1"), new Notice.Grant("1", 1, 0));
    }

    @Test
    void recallOfAFormerView_neitherStandsForOneOfThis_norRefusesWhoeverAsksInThis() throws Exception {
        open("1");
        Runnable formersEnd = askAndRecall("1");
        open("2");
        askAndRecall("2");
        formersEnd.run();
        assertThat(member.sent).containsExactly(new Notice.Recall("2"));
    }
}
