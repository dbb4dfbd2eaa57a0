package dev.rollcall.stress.cluster;

import dev.rollcall.SessionCounts;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.stress.gateway.Fleet;
import dev.rollcall.stress.gateway.FleetFigure;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.Handles;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.ChannelListener;
import org.jgroups.JChannel;
import org.jgroups.View;

/**
 * A node of a cluster. All that it knows of others is changed by one thread, which reads what comes
 * in the order in which it came, and which no request ever waits for, but a create that found no
 * permit. If the engine fails the gateway goes on with its sessions and its permits, alone.
 */
public final class Cluster extends Coordinator.Member implements Fleet {
    private static final System.Logger LOGGER = System.getLogger(Cluster.class.getName());

    private static final long BEAT_MILLIS = 50;
    private static final int BEATS_BETWEEN_PARTS = 5;
    private static final long JUMP = 16;
    private static final long RETRY_MILLIS = 300;
    private static final long CLOSE_SECONDS = 10;

    private final String name;
    private final Seats seats;
    private final Greeting greeting;
    private final long limit;
    private final long most;
    private final Duration patience;
    private final Directory directory = new Directory();
    private final Parts parts = new Parts();
    private final Coordinator coordinator;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "cluster");
        made.setDaemon(true);
        return made;
    });

    private volatile SessionManager<Handles> sessions;
    private volatile Lease lease;
    private volatile String url = "";
    private volatile String node = "";
    private volatile String trouble = "joining";
    private volatile Membership membership = Membership.NONE;
    private volatile Address self;
    private volatile boolean isClosing;
    private volatile JChannel channel;

    /** From here on confined to the cluster's thread, which alone changes the channel, too. */
    private Seat seat;

    private long countedRound;
    private Notice.Count early;
    private Address earlyFrom;
    private boolean isAsking;
    private boolean isAskUrgent;
    private long askAgainNanos;
    private long missedAgainNanos;
    private long sequence;
    private long beats;
    private long toldLive;

    /**
     * A node that has not joined yet.
     *
     * @param name the cluster's
     * @param seatList see {@link Seats#parse}
     * @param limit how many sessions all may have, 0 for no limit
     * @param most how many of them this node may have, 0 for all
     * @throws IllegalArgumentException if the list is none, or the name is too long
     */
    public Cluster(String name, String seatList, long limit, long most) {
        this(name, seatList, limit, most, Lease.PATIENCE);
    }

    Cluster(String name, String seatList, long limit, long most, Duration patience) {
        this.name = name;
        this.seats = Seats.parse(seatList);
        this.limit = limit;
        this.most = most == 0 ? limit : Math.min(most, limit);
        this.patience = patience;
        this.greeting = Greeting.of(name, limit, seats);
        this.coordinator = new Coordinator(this, greeting, seats, limit);
    }

    @Override
    public List<SessionListener<Handles>> listeners() {
        return List.of(directory);
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public void join(SessionManager<Handles> manager, URI clients) {
        sessions = manager;
        url = clients.toString();
        if (limit > 0) {
            lease = new Lease(manager, most, limit, patience);
        }
        soon(this::connect);
    }

    @Override
    void soon(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOGGER.log(Level.DEBUG, "too late for the cluster", closed);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | OutOfMemoryError failure) {
            if (!isClosing) {
                alone("the engine failed: " + failure);
                LOGGER.log(Level.WARNING, "cluster '" + name + "' failed", failure);
            }
        }
    }

    private void connect() {
        try {
            seats.checkOthers(greeting);
            seat = seats.take(greeting.text());
            url = seats.announced(url, seat.number());
            node = "node-" + (seat.number() + 1);
            channel = Engine.channel(seats, seat.number());
            channel.name(node);
            channel.setReceiver(new Inbox(this::soon, this::received, this::viewed));
            channel.addChannelListener(new Ends());
            channel.setDiscardOwnMessages(false);
            channel.connect(greeting.engineName());
        } catch (Exception cannot) {
            alone(Gateway.rootMessage(cannot));
            if (limit > 0) {
                leaveSeat(); // it will never have a session; without a limit it will, and the others have to know
            }
            return;
        }
        if (trouble.equals("joining")) {
            trouble = "";
        }
        var unused = thread.scheduleWithFixedDelay(
                () -> guarded(this::beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Goes on without the others, for good. Keeps the seat: the permits are still in use. */
    private void alone(String reason) {
        if (isClosing) {
            return;
        }
        trouble = "alone: " + reason;
        LOGGER.log(Level.WARNING, "the gateway goes on alone, not in cluster ''{0}'': {1}", name, reason);
        enter(Membership.NONE);
        if (lease != null) {
            lease.answer(false);
        }
        if (channel != null) {
            JChannel former = channel;
            channel = null;
            // It may wait for the thread that told of the failure.
            new Thread(former::close, "cluster-close").start();
        }
    }

    /** What the engine calls when it ends, on threads of its own. */
    private final class Ends implements ChannelListener {
        @Override
        public void channelDisconnected(JChannel ended) {
            soon(() -> {
                if (ended.equals(channel)) {
                    alone("the engine has stopped");
                }
            });
        }

        @Override
        public void channelClosed(JChannel ended) {
            channelDisconnected(ended);
        }
    }

    void viewed(View next) {
        if (channel == null) {
            return;
        }
        self = channel.getAddress();
        enter(Membership.of(next));
        directory.tellAll();
        countedRound = 0;
        isAsking = isAskUrgent = false; // so that a refusal of a former view does not keep a create from asking
        tellPart();
        if (channel == null) {
            return; // the engine has stopped
        }
        if (membership.coordinator().equals(self)) {
            coordinator.count();
        }
        if (early != null) {
            report(earlyFrom, early);
        }
        early = null;
    }

    /** Whatever was known of others than these is void, and what the coordinator has counted. */
    private void enter(Membership next) {
        membership = next;
        parts.retain(next.members());
        directory.retain(next.members());
        coordinator.close();
    }

    @Override
    Membership membership() {
        return membership;
    }

    private boolean isNow(String view) {
        return membership.view().equals(view);
    }

    void received(Address from, Notice notice) {
        if (notice instanceof Notice.Count count && !isNow(count.view())) {
            // The view that it belongs to may be on its way.
            early = count;
            earlyFrom = from;
        }
        if (!membership.members().contains(from)) {
            return;
        }
        if (notice instanceof Notice.Part part) {
            parts.received(from, part);
            if (!from.equals(self) && !directory.isUpTo(from, part.told()) && System.nanoTime() >= missedAgainNanos) {
                missedAgainNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
                send(from, new Notice.Missed());
            }
        } else if (notice instanceof Notice.Changes changes) {
            if (!from.equals(self)) {
                directory.changed(from, changes);
            }
        } else if (notice instanceof Notice.Missed) {
            directory.tellAll();
        } else if (notice instanceof Notice.Count count) {
            report(from, count);
        } else if (notice instanceof Notice.Report report && isNow(report.view())) {
            coordinator.reported(from, report);
        } else if (notice instanceof Notice.Ask ask && isNow(ask.view())) {
            coordinator.asked(from, ask);
        } else if (notice instanceof Notice.Grant grant) {
            granted(from, grant);
        } else if (notice instanceof Notice.Back back && isNow(back.view())) {
            coordinator.gaveBack(from, back);
        } else if (notice instanceof Notice.Recall recall && isCoordinators(from, recall.view()) && lease != null) {
            giveBack(lease.returnHalf());
        }
    }

    /** Whether somebody who tells something of a view coordinates it, and it is that of now. */
    private boolean isCoordinators(Address from, String view) {
        return isNow(view) && from.equals(membership.coordinator());
    }

    private void report(Address from, Notice.Count count) {
        if (isCoordinators(from, count.view()) && count.round() > countedRound) {
            countedRound = count.round();
            send(membership.coordinator(), new Notice.Report(count.view(), countedRound, seat.number(), held()));
        }
    }

    private long held() {
        return lease == null ? 0 : lease.held();
    }

    private void granted(Address from, Notice.Grant grant) {
        // A refusal may be of a later round than this node has heard of.
        boolean isOfRound = grant.permits() == 0 || grant.round() == countedRound;
        if (lease != null && isCoordinators(from, grant.view()) && isOfRound) {
            isAsking = false;
            askAgainNanos = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(grant.permits() == 0 ? Coordinator.RECALL_MILLIS : 0);
            if (isAskUrgent || grant.permits() > 0) {
                giveBack(lease.granted(grant.permits()));
            }
        }
    }

    private void giveBack(long permits) {
        if (permits > 0 && !membership.isEmpty()) {
            send(membership.coordinator(), new Notice.Back(membership.view(), countedRound, permits));
        }
    }

    private void beat() {
        if (channel == null || membership.isEmpty()) {
            return;
        }
        directory.flush(sessions, changes -> send(null, changes));
        long live = sessions.counts().live();
        if (++beats % BEATS_BETWEEN_PARTS == 0 || Math.abs(live - toldLive) >= JUMP) {
            tellPart();
        }
        if (lease != null) {
            isAsking &= !lease.refuseOverdue();
            if (parts.coordinators(membership).open()) {
                giveBack(lease.returnIdle());
            }
            ask();
        }
    }

    @Override
    void tellPart() {
        if (channel == null || membership.isEmpty()) {
            return;
        }
        Notice.Part part = part(++sequence);
        toldLive = part.live();
        send(null, part);
    }

    private Notice.Part part(long number) {
        SessionCounts counts = sessions.counts();
        return new Notice.Part(
                membership.view(),
                node,
                url,
                number,
                directory.told(),
                counts.live(),
                counts.attached(),
                counts.detached(),
                counts.created(),
                held(),
                coordinator.isOpen(),
                coordinator.missing().toArray(String[]::new));
    }

    private void ask() {
        Notice.Part latest = parts.coordinators(membership);
        boolean mayAsk = channel != null && countedRound > 0 && latest.open();
        long wish = lease.wish();
        boolean isUrgent = lease.wanted() > 0;
        boolean isTooEarly = System.nanoTime() - askAgainNanos < 0;
        boolean isInVain = wish == 0 || (!mayAsk && latest.hasLooked()) || (isTooEarly && isAskUrgent);
        if (isUrgent && isInVain) {
            lease.answer(false);
        } else if (mayAsk && wish > 0 && !isAsking && (isUrgent || !isTooEarly)) {
            isAsking = true;
            isAskUrgent = isUrgent;
            send(membership.coordinator(), new Notice.Ask(membership.view(), wish, isUrgent));
        }
    }

    @Override
    void send(Address to, Notice notice) {
        if (channel == null) {
            return;
        }
        try {
            channel.send(new BytesMessage(to, notice.bytes()));
        } catch (Exception e) {
            alone("the engine has stopped: " + Gateway.rootMessage(e));
        }
    }

    @Override
    void later(long millis, Runnable task) {
        var unused = thread.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Boolean> more() {
        Lease mine = lease;
        if (mine == null || isClosing || trouble.startsWith("alone")) {
            return null;
        }
        CompletableFuture<Boolean> more = mine.more();
        soon(() -> {
            if (channel == null) {
                mine.answer(false);
            } else {
                ask();
            }
        });
        return more;
    }

    @Override
    public String whereIs(long id) {
        Object holder = directory.holder(id);
        Notice.Part part = holder == null || !membership.members().contains(holder) ? null : parts.of(holder);
        return part == null ? null : part.node() + " (" + part.url() + ')';
    }

    @Override
    public FleetFigure figure() {
        return figure(membership);
    }

    /** Of a view that may be a former one by now; then it is not called whole. */
    FleetFigure figure(Membership now) {
        Address me = self;
        List<Address> others =
                now.members().stream().filter(member -> !member.equals(me)).toList();
        List<FleetFigure.Part> all = new ArrayList<>(parts.of(others));
        all.add(0, Parts.figure(me == null ? "none" : me, part(0), 0));
        Notice.Part latest = parts.coordinators(now);
        List<String> absent = List.of(latest.missing());
        return new FleetFigure(
                name,
                node.isEmpty() ? "no node" : node,
                trouble,
                all,
                others.size() + 1 + absent.size(),
                absent,
                limit,
                held(),
                latest.open(),
                latest.hasLooked());
    }

    /** The engine's channel, for whoever breaks it on purpose; null if there is none. From any thread. */
    JChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        isClosing = true;
        soon(this::leave);
        thread.shutdown();
        coordinator.stop();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.WARNING, "the cluster was not left in good order");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        membership = Membership.NONE;
        if (lease != null) {
            lease.answer(false);
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            channel = null;
            leaveSeat();
        }
    }

    private void leaveSeat() {
        if (seat != null) {
            seat.close();
            seat = null;
        }
    }
}
