package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.stress.cluster.Cluster;
import dev.rollcall.stress.cluster.FreeSeats;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What the directory costs a request: create, keepalive and destroy as clients ask for them, without
 * sockets, in processor time of the thread that answers. Both ways take turns in one run; prints
 * the median of the ratios of neighbours, with its 95 % interval by the ranks of a binomial. A program
 * and no test, for it measures.
 */
final class DirectoryCost {
    private static final int PAIRS = 1_000;

    /** So many ranks from the median's place the interval ends: 1.96 standard deviations of a binomial. */
    private static final int OFF = (int) Math.ceil(0.98 * Math.sqrt(PAIRS));

    private static final int WARM_UP = 100;
    private static final int ROUNDS = 5_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ClientApi api;
    private final RecordingPeer peer;

    private DirectoryCost(Fleet fleet) {
        SessionManagerBuilder<Handles> builder =
                SessionManager.<Handles>builder().listener(new OwnerNotices());
        fleet.listeners().forEach(builder::listener);
        SessionManager<Handles> sessions = builder.build();
        fleet.join(sessions, URI.create("ws://127.0.0.1:1/"));
        api = new ClientApi(sessions, new Terms(sessions), fleet, Runnable::run);
        peer = new RecordingPeer(sessions, "cost");
    }

    public static void main(String[] arguments) {
        Cluster cluster = new Cluster("cost", FreeSeats.of(1), 0, 0);
        DirectoryCost without = new DirectoryCost(Fleet.NONE);
        DirectoryCost with = new DirectoryCost(cluster);
        double[] ratios = new double[PAIRS];
        double[] nanos = new double[PAIRS];
        for (int i = -WARM_UP; i < PAIRS; i++) {
            boolean isFirst = i % 2 == 0;
            long one = (isFirst ? without : with).nanosOfRounds();
            long other = (isFirst ? with : without).nanosOfRounds();
            if (i >= 0) {
                ratios[i] = isFirst ? (double) other / one : (double) one / other;
                nanos[i] = (double) (isFirst ? one : other) / ROUNDS;
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "create + keepalive + destroy: %.0f ns without; with the directory %.3f times as much"
                        + " (95 %% interval of the median %.3f to %.3f; quartiles %.3f, %.3f)%n",
                nanos[PAIRS / 2],
                ratios[PAIRS / 2],
                ratios[PAIRS / 2 - OFF],
                ratios[PAIRS / 2 + OFF],
                ratios[PAIRS / 4],
                ratios[3 * PAIRS / 4]);
        cluster.close();
    }

    private long nanosOfRounds() {
        long[] id = {0};
        Consumer<ObjectNode> created =
                reply -> id[0] = reply.path("data").path("id").asLong();
        Consumer<ObjectNode> ignored = reply -> {};
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            api.handleAll("{\"janus\":\"create\",\"transaction\":\"t\"}", peer, created);
            api.handleAll(about("keepalive", id[0]), peer, ignored);
            api.handleAll(about("destroy", id[0]), peer, ignored);
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private static String about(String verb, long session) {
        return "{\"janus\":\"" + verb + "\",\"transaction\":\"t\",\"session_id\":" + session + '}';
    }
}
