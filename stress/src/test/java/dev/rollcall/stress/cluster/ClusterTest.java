package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.Session;
import dev.rollcall.stress.gateway.FleetFigure;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.Handles;
import dev.rollcall.stress.storm.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of one process, which the engine connects over loopback as it would others. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** It tells of each node that goes on alone, and here they do on purpose. */
    private static final Logger LOG = Logger.getLogger("dev.rollcall.stress.cluster");

    private final String seats = FreeSeats.of(3);
    private final List<Node> nodes = new ArrayList<>();

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    private Node node(long limit) {
        Node node = new Node("test", seats, limit);
        nodes.add(node);
        return node;
    }

    /** The nodes, once they count each other. */
    private void together(long limit, int count) {
        for (int i = 0; i < count; i++) {
            node(limit);
        }
        await(() -> nodes.stream().allMatch(node -> node.counts(count, 0)));
        await(() -> nodes.stream().allMatch(node -> node.figure().isOpen()));
    }

    private void await(BooleanSupplier condition) {
        if (!Await.until(PATIENCE, condition)) {
            List<FleetFigure> figures = nodes.stream().map(Node::figure).toList();
            throw new AssertionError("in vain, at " + figures);
        }
    }

    /** A create is refused while a view changes, or while others have not yet given back what is idle. */
    private void awaitFilled(Node node, long live) {
        await(() -> node.fill(live));
    }

    private long live() {
        return nodes.stream().mapToLong(Node::live).sum();
    }

    @Test
    void figure_ofTwoNodes_isTheirSumAndGoesWithThem() {
        together(0, 2);
        Node first = nodes.get(0);
        Node second = nodes.get(1);
        Session<Handles> session = first.create();
        first.create();
        second.create();
        await(() -> first.counts(2, 3) && second.counts(2, 3));
        session.destroy();
        await(() -> first.counts(2, 2) && second.counts(2, 2));
        assertThat(first.figure().attached()).isEqualTo(2);

        second.close();
        await(() -> first.counts(1, 1));
        Node third = node(0);
        await(() -> first.counts(2, 1) && third.counts(2, 1));
    }

    @Test
    void limit_overTwoNodes_isReachedExactlyAndComesBack() {
        together(100, 2);
        Node first = nodes.get(0);
        Node second = nodes.get(1);
        awaitFilled(first, 70);
        awaitFilled(second, 30);
        assertThat(second.create()).isNull();
        assertThat(first.create()).isNull();
        await(() -> first.counts(2, 100) && second.counts(2, 100));
        assertThat(first.figure().parts()).allMatch(part -> part.leased() == part.live());

        first.sessions.sessions().forEach(Session::destroy);
        await(() -> second.create() != null);
        second.close();
        await(() -> first.counts(1, 0) && first.figure().isOpen());
        awaitFilled(first, 100);
        assertThat(first.create()).isNull();
        assertThat(first.sessions.audit().isClean()).isTrue();
    }

    /** What was refused in one view may be asked for in the next, at once. */
    @Test
    void nodeThatLeaves_itsPermitsAreToBeHad_soonAfterARefusal() {
        together(100, 2);
        Node first = nodes.get(0);
        Node second = nodes.get(1);
        awaitFilled(first, 70);
        awaitFilled(second, 30);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(second::close);
        // Refused again and again, until in the next view the permits have been counted.
        await(() -> {
            boolean isCounted = first.figure().parts().size() == 1
                    && first.figure().isWhole()
                    && first.figure().isOpen();
            first.createAll();
            return isCounted;
        });
        assertThat(first.live()).isEqualTo(100);
        leaving.join();
    }

    @Test
    void nodeCutOff_usesWhatItHasLeased_andNoMore() throws Exception {
        together(100, 3);
        Node first = nodes.get(0);
        Node third = nodes.get(2);
        nodes.forEach(node -> awaitFilled(node, 1));
        await(() -> nodes.stream().allMatch(node -> node.counts(3, 3)));

        third.cutOff(true);
        await(() -> isPart(first, 2, 3) && isPart(nodes.get(1), 2, 3) && isPart(third, 1, 3));
        assertThat(first.figure().live()).isEqualTo(2);
        assertThat(third.figure().live()).isEqualTo(1);
        nodes.forEach(Node::createAll);
        long live = live();
        assertThat(live)
                .isEqualTo(
                        nodes.stream().mapToLong(node -> node.figure().leased()).sum())
                .isBetween(3L, 99L);

        third.cutOff(false);
        await(() -> nodes.stream().allMatch(node -> node.counts(3, live)));
        await(() -> nodes.stream().allMatch(node -> node.figure().isOpen()));
        await(() -> {
            nodes.forEach(Node::createAll);
            return live() >= 100;
        });
        assertThat(live()).isEqualTo(100);
        // Each knows again what the others hold.
        await(() ->
                third.sessions.sessions().stream().allMatch(session -> first.cluster.whereIs(session.id()) != null));
    }

    /** Neither before the others know that it is cut off, nor when they do, nor when it is back. */
    @Test
    void figure_withoutANodeThatLives_isNeverCalledWhole() throws Exception {
        together(0, 3);
        Node third = nodes.get(2);
        third.cutOff(true);
        awaitWithoutPause(() -> isMissingOne(nodes.get(0)) && isMissingOne(nodes.get(1)));
        third.cutOff(false);
        awaitWithoutPause(() -> nodes.stream().allMatch(node -> node.counts(3, 0)));
    }

    /** As when it is read by a thread that is held up until another node has joined. */
    @Test
    void figure_ofAFormerView_isNotCalledWhole() {
        together(0, 2);
        Cluster first = nodes.get(0).cluster;
        Membership former = first.membership();
        node(0);
        await(() -> nodes.get(0).counts(3, 0));
        assertThat(first.figure(former).isWhole()).isFalse();
    }

    private static boolean isMissingOne(Node node) {
        return node.figure().parts().size() == 2 && node.figure().known() == 3;
    }

    private void awaitWithoutPause(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            for (Node node : nodes) {
                FleetFigure figure = node.figure();
                assertThat(figure.isWhole() && figure.parts().size() < nodes.size())
                        .as("whole: %s", figure)
                        .isFalse();
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static boolean isPart(Node node, int nodes, int known) {
        FleetFigure figure = node.figure();
        return figure.parts().size() == nodes && figure.known() == known && !figure.isWhole() && !figure.isOpen();
    }

    @Test
    void directory_tellsWhereASessionIs_andForgetsItWithItsNode() {
        together(0, 2);
        Node first = nodes.get(0);
        Node second = nodes.get(1);
        Session<Handles> session = second.create();
        Session<Handles> other = second.create();
        await(() -> first.cluster.whereIs(session.id()) != null && first.cluster.whereIs(other.id()) != null);
        assertThat(first.cluster.whereIs(session.id()))
                .isEqualTo(second.figure().node() + " (ws://127.0.0.1:1/)");
        assertThat(second.cluster.whereIs(session.id())).isNull();

        session.destroy();
        await(() -> first.cluster.whereIs(session.id()) == null);
        Node third = node(0);
        await(() -> third.cluster.whereIs(other.id()) != null);
        second.close();
        await(() -> first.cluster.whereIs(other.id()) == null && third.cluster.whereIs(other.id()) == null);
    }

    @Test
    void node_thatWasToldOtherwise_goesOnAlone() {
        together(100, 1);
        Node other = node(50);

        await(other::isAlone);
        assertThat(other.figure().trouble())
                .contains("another rollcall cluster 'test'", "limit 100", "here it is", "limit 50");
        assertThat(other.create()).isNull();
        assertThat(other.figure().isWhole()).isFalse();
        awaitFilled(nodes.get(0), 100);
        assertThat(nodes.get(0).create()).isNull();
    }

    @Test
    void clusters_ofTwoNames_shareTheSeats() {
        together(10, 1);
        Node other = new Node("another", seats, 10);
        nodes.add(other);

        await(() -> other.counts(1, 0) && other.figure().isOpen());
        nodes.forEach(node -> awaitFilled(node, 10));
        nodes.forEach(node -> assertThat(node.create()).isNull());
    }

    @Test
    void node_withoutAFreeSeat_goesOnAlone() throws Exception {
        String one = FreeSeats.of(1);
        Seats seatOfAnother = Seats.parse(one);
        try (Seat taken = seatOfAnother.take("another's")) {
            Node node = new Node("test", one, 0);
            nodes.add(node);
            await(node::isAlone);
            assertThat(node.figure().trouble()).contains("no free seat", seatOfAnother.name(taken.number()));
            assertThat(node.create()).isNotNull();
        }
    }

    /** It serves on, and has as many sessions as it likes. */
    @Test
    void node_thatFailsToJoinWithoutALimit_isMissing() throws Exception {
        together(0, 1);
        Seats all = Seats.parse(seats);
        int enginePort = all.engineAddresses().get(1).getPort();
        try (ServerSocket taken = new ServerSocket(enginePort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            Node other = node(0);
            await(other::isAlone);
            Node first = nodes.get(0);
            await(() -> first.figure().missing().equals(List.of(all.name(1))));
            assertThat(first.figure().isWhole()).isFalse();
            other.close();
            await(() -> first.counts(1, 0));
        }
    }

    @Test
    void message_thatCannotBeRead_isDropped() throws Exception {
        together(0, 2);
        Node second = nodes.get(1);
        second.cluster.channel().send(new BytesMessage(null, "hello".getBytes(StandardCharsets.US_ASCII)));
        second.create();
        // What the same node sent later has come, so that has, too.
        await(() -> nodes.stream().allMatch(node -> node.counts(2, 1)));
    }

    /** They are for the coordinator to send: whoever else did so by mistake would break the limit. */
    @Test
    void permits_ofOthersThanTheCoordinator_areNone() {
        together(100, 2);
        Node second = nodes.get(1);
        Cluster cluster = second.cluster;
        Address other = cluster.membership().members().get(1);
        awaitFilled(second, 10);
        await(() -> second.figure().leased() > 10); // some are idle, for the recall
        CompletableFuture.runAsync(
                        () -> {
                            String view = cluster.membership().view();
                            long held = second.figure().leased();
                            for (int round = 0; round < 100; round++) {
                                cluster.received(other, new Notice.Grant(view, round, 1));
                            }
                            assertThat(second.figure().leased()).isEqualTo(held);
                            cluster.received(other, new Notice.Recall(view));
                            cluster.received(other, new Notice.Count(view, 1_000_000));
                            assertThat(second.figure().leased()).isEqualTo(held);
                        },
                        cluster::soon)
                .join();
        // A node that has heard of a later round takes no permits of this one.
        awaitFilled(second, 100);
        assertThat(nodes.get(0).create()).isNull();
    }

    @Test
    void createAfterTheEnd_waitsForNothing() {
        together(10, 1);
        Node node = nodes.get(0);
        node.close();
        assertThat(node.cluster.more()).isNull();
    }

    @Test
    void engineThatFails_leavesSessionsAndPermitsWithTheirNode() {
        together(100, 2);
        Node first = nodes.get(0);
        Node second = nodes.get(1);
        awaitFilled(second, 1);
        second.cluster.channel().close();

        await(second::isAlone);
        assertThat(second.figure().trouble()).contains("the engine has stopped");
        assertThat(second.live()).isEqualTo(1);
        await(() -> isPart(first, 1, 2));
        long live = 1L + second.createAll() + first.createAll();
        assertThat(live)
                .isEqualTo(first.figure().leased() + second.figure().leased())
                .isLessThan(100);
        assertThat(second.sessions.audit().isClean()).isTrue();
        second.close();
        await(() -> first.counts(1, first.live()) && first.figure().isOpen());
        awaitFilled(first, 100);
        assertThat(first.create()).isNull();
    }

    /** As when the engine stops between a view and what is said in it. */
    @Test
    void engineThatStops_isTheTrouble_evenIfAViewIsOnItsWay() {
        together(0, 1);
        Node node = nodes.get(0);
        CompletableFuture.runAsync(() -> closeAndView(node.cluster), node.cluster::soon)
                .join();
        assertThat(node.figure().trouble()).contains("the engine has stopped");
    }

    private static void closeAndView(Cluster cluster) {
        JChannel channel = cluster.channel();
        View view = channel.getView();
        channel.close();
        cluster.viewed(view);
    }

    @Test
    void engineThatDoesNotClose_leavesTheSeatToOthers() throws Exception {
        together(0, 1);
        Node node = nodes.get(0);
        node.cluster.channel().getProtocolStack().insertProtocolAtTop(new Unclosable());
        node.close();
        Seat seat = Seats.parse(seats).take("free");
        assertThat(seat.number()).isZero();
        seat.close();
    }

    /** As when there is no memory for what it takes to close. */
    private static final class Unclosable extends Protocol {
        @Override
        public void destroy() {
            throw new OutOfMemoryError("planned");
        }
    }

    @Test
    void wildcard_isAnnouncedAsTheSeatsAddress() {
        Seats parsed = Seats.parse("127.0.0.1:7900-7901");
        assertThat(parsed.announced("ws://0.0.0.0:8188/", 1)).isEqualTo("ws://127.0.0.1:8188/");
        assertThat(parsed.announced("ws://[::]:8188/", 1)).isEqualTo("ws://127.0.0.1:8188/");
        assertThat(parsed.announced("ws://127.0.0.2:8188/", 1)).isEqualTo("ws://127.0.0.2:8188/");
        assertThat(Gateway.url("::1", 8188)).hasToString("ws://[::1]:8188/");
    }

    @Test
    void seats_thatAreNone_areRefused() {
        assertThatThrownBy(() -> Seats.parse("127.0.0.1")).hasMessageContaining("is not host:port");
        assertThatThrownBy(() -> Seats.parse("127.0.0.1:x")).hasMessageContaining("is not host:port");
        assertThatThrownBy(() -> Seats.parse("127.0.0.1:70-60")).hasMessageContaining("is not host:port");
        assertThatThrownBy(() -> Seats.parse("127.0.0.1:7800,127.0.0.1:7800")).hasMessageContaining("named twice");
        assertThatThrownBy(() -> Seats.parse("no.such.host.invalid:7800")).hasMessageContaining("the host is unknown");
        assertThatThrownBy(() -> Seats.parse("127.0.0.1:7900-7920"))
                .hasMessageContaining("seats 127.0.0.1:7900 and 127.0.0.1:7920 exclude each other")
                .hasMessageContaining("20 and 40 ports above");
        assertThatThrownBy(() -> Seats.parse("127.0.0.1:7940,127.0.0.1:7900"))
                .hasMessageContaining("seats 127.0.0.1:7900 and 127.0.0.1:7940 exclude each other");
        assertThat(Seats.parse("127.0.0.1:7900,127.0.0.2:7920").size()).isEqualTo(2);
        assertThat(Seats.parse("127.0.0.1:7800-7801, 127.0.0.1:7803"))
                .hasToString("127.0.0.1:7800,127.0.0.1:7801,127.0.0.1:7803");
    }
}
