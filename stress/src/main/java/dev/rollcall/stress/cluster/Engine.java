package dev.rollcall.stress.cluster;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/** How JGroups is set up: over TCP, with members looked for at the seats. */
final class Engine {
    /** How long a member may be silent before the view goes on without it. */
    static final long SILENCE_MILLIS = 3_000;

    private static final long HEARTBEAT_MILLIS = 600;
    private static final long VERIFY_MILLIS = 500;
    private static final long JOIN_MILLIS = 1_000;
    private static final long MERGE_LEAST_MILLIS = 500;
    private static final long MERGE_MOST_MILLIS = 2_000;
    private static final int CONNECT_MILLIS = 500;

    /** It warns of what a view tells anyway. Held, for loggers are weakly reachable. */
    private static final Logger LOG = Logger.getLogger("org.jgroups");

    /** It calls it an error that a connection to a node that was killed cannot be closed in good order. */
    private static final Logger CONNECTIONS_LOG = Logger.getLogger(TCP.class.getName());

    static {
        LOG.setLevel(Level.SEVERE);
        CONNECTIONS_LOG.setLevel(Level.OFF);
    }

    private Engine() {}

    /** A channel that is not connected yet, with more protocols at the top. */
    static JChannel channel(Seats seats, int seat, Protocol... above) throws Exception {
        InetSocketAddress address = seats.engineAddresses().get(seat);
        TCP tcp = new TCP();
        tcp.setBindAddress(address.getAddress());
        tcp.setBindPort(address.getPort());
        tcp.setPortRange(0);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.disableDiagnostics();
        TCPPING discovery = new TCPPING();
        discovery.setInitialHosts(seats.engineAddresses());
        discovery.setPortRange(0);
        List<Protocol> stack = new ArrayList<>(List.of(
                tcp,
                discovery,
                new MERGE3().setMinInterval(MERGE_LEAST_MILLIS).setMaxInterval(MERGE_MOST_MILLIS),
                new FD_SOCK2().setOffset(Seats.ENGINE_OFFSET).setPortRange(0),
                new FD_ALL3().setTimeout(SILENCE_MILLIS).setInterval(HEARTBEAT_MILLIS),
                new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS),
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE(),
                new GMS().setJoinTimeout(JOIN_MILLIS).printLocalAddress(false),
                new UFC(),
                new MFC(),
                new FRAG2()));
        stack.addAll(List.of(above));
        return new JChannel(stack);
    }
}
