package dev.rollcall.stress.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jgroups.Address;

/**
 * What the first member of a view does for all: it counts permits, gives them out, and looks at the
 * seats of those who are not in the view. Confined to the cluster's thread, but for what says
 * otherwise.
 */
final class Coordinator {
    /** How long those who have idle permits are waited for. */
    static final long RECALL_MILLIS = 200;

    private static final long COUNT_MILLIS = 300;
    private static final long PROBE_MILLIS = 500;

    private final Member member;
    private final Greeting greeting;
    private final Seats seats;
    private final Pool pool;

    /** Looking at seats may take a while. */
    private final ExecutorService prober = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "cluster-probe");
        thread.setDaemon(true);
        return thread;
    });

    private volatile List<String> missing = List.of();
    private volatile boolean isOpen;
    private boolean isRecalling;
    private boolean hasComeBack;

    /** The member that has the duties. */
    abstract static class Member {
        /** The view that it is in. */
        abstract Membership membership();

        /** To one member, or to all if that is null, this one among them. */
        abstract void send(Address to, Notice notice);

        /** Tells all of this node now. */
        abstract void tellPart();

        /** Runs on the cluster's thread, after what came before. */
        abstract void soon(Runnable task);

        /** Runs on the cluster's thread, after so long. */
        abstract void later(long millis, Runnable task);
    }

    Coordinator(Member member, Greeting greeting, Seats seats, long limit) {
        this.member = member;
        this.greeting = greeting;
        this.seats = seats;
        this.pool = new Pool(limit);
    }

    /** Another view: whatever was known is void. */
    void close() {
        pool.close();
        missing = List.of();
        isOpen = false;
        isRecalling = false;
    }

    /** For good. */
    void stop() {
        prober.shutdown();
    }

    /** Whether permits can be had here. From any thread. */
    boolean isOpen() {
        return isOpen;
    }

    /** The seats whose nodes are not in the view, and why not if that is known. From any thread. */
    List<String> missing() {
        return missing;
    }

    /** Counts the permits that are held, and does so again until all nodes are accounted for. */
    void count() {
        long round = pool.begin();
        String counted = view();
        member.send(null, new Notice.Count(counted, round));
        member.later(COUNT_MILLIS, () -> {
            if (isNow(counted, round) && !pool.hasAll(member.membership().members())) {
                count();
            }
        });
    }

    private String view() {
        return member.membership().view();
    }

    private boolean isNow(String view, long round) {
        return view().equals(view) && pool.round() == round;
    }

    void reported(Address from, Notice.Report report) {
        if (pool.report(from, report, member.membership().members())) {
            probe();
        }
    }

    /** Looks who else is there. Not before all have reported: see {@link Pool}. */
    private void probe() {
        String view = view();
        long round = pool.round();
        Set<Integer> present = pool.seats();
        prober.execute(() -> {
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < seats.size(); i++) {
                if (!present.contains(i)) {
                    Seats.Answer answer = seats.probe(i, greeting.cluster());
                    if (answer.finding() == Seats.Finding.TAKEN || answer.finding() == Seats.Finding.SILENT) {
                        String contradiction = answer.contradiction(greeting);
                        taken.add(seats.name(i) + (contradiction == null ? "" : " (" + contradiction + ')'));
                    }
                }
            }
            member.soon(() -> probed(view, round, taken));
        });
    }

    private void probed(String view, long round, List<String> taken) {
        if (!isNow(view, round)) {
            return;
        }
        missing = taken;
        if (!pool.isOpen() && taken.isEmpty()) {
            pool.open();
            isOpen = true;
        }
        member.tellPart();
        member.later(PROBE_MILLIS, () -> {
            if (isNow(view, round) && pool.isOpen()) {
                probe();
            } else if (isNow(view, round)) {
                count();
            }
        });
    }

    void asked(Address from, Notice.Ask ask) {
        boolean mayWait = ask.urgent() || (pool.free() > 0 && !pool.isAsked());
        if (!pool.isOpen() || !mayWait) {
            member.send(from, new Notice.Grant(view(), pool.round(), 0));
            return;
        }
        pool.ask(from, ask.permits());
        serve();
        if (pool.isAsked() && !isRecalling) {
            recall();
        }
    }

    /** Asks for what is idle elsewhere, as long as something comes of that. */
    private void recall() {
        String view = view();
        long round = pool.round();
        isRecalling = true;
        hasComeBack = false;
        member.send(null, new Notice.Recall(view));
        member.later(RECALL_MILLIS, () -> {
            if (!isNow(view, round)) {
                return;
            }
            isRecalling = false;
            if (pool.isAsked() && hasComeBack) {
                recall();
            } else {
                refuseAll();
            }
        });
    }

    void gaveBack(Address from, Notice.Back back) {
        pool.back(from, back);
        hasComeBack = true;
        serve();
    }

    private void serve() {
        for (Pool.Wish<Object> wish = pool.grant(); wish != null; wish = pool.grant()) {
            member.send((Address) wish.member(), new Notice.Grant(view(), pool.round(), wish.permits()));
        }
    }

    private void refuseAll() {
        for (Object asker = pool.refuse(); asker != null; asker = pool.refuse()) {
            member.send((Address) asker, new Notice.Grant(view(), pool.round(), 0));
        }
    }
}
