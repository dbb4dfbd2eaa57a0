package dev.rollcall.stress.cluster;

import dev.rollcall.stress.gateway.Fleet;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * A gateway with the same options as ever, the control beside it, and a way to cut both off from
 * other nodes. Begins when it reads {@code join}; by then it has loaded its classes, so that a process
 * may be started ahead of the time at which there is a seat for it. Prints where it listens, then
 * reads commands: {@code shared} is answered with what the {@link SharedCounter} says, {@code nodes} with how
 * many nodes it sees, {@code cut} and {@code heal} with {@code done}.
 */
public final class CountedGateway {
    private final Cluster cluster;
    private final SharedCounter control;

    private CountedGateway(Cluster cluster, SharedCounter control) {
        this.cluster = cluster;
        this.control = control;
    }

    /** Arguments: the seats of the control, and the gateway's options. */
    public static void main(String[] arguments) throws Exception {
        GatewayOptions options = new GatewayOptions();
        CommandLine.populateCommand(options, Arrays.copyOfRange(arguments, 1, arguments.length));
        loadClasses(options);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (in.readLine() != null) {
                serve(arguments[0], options, in);
            }
        }
    }

    /** By means of a gateway that is by itself, and of an engine that never connects. */
    private static void loadClasses(GatewayOptions options) throws Exception {
        Engine.channel(Seats.parse(options.clusterSeats), 0).close();
        Gateway.start(options, Fleet.NONE, settings -> settings).close();
    }

    private static void serve(String controlSeats, GatewayOptions options, BufferedReader in) throws Exception {
        Cluster cluster = new Cluster(options.cluster, options.clusterSeats, options.fleetLimit, options.maxSessions);
        try (SharedCounter control = new SharedCounter(controlSeats);
                Gateway gateway = Gateway.start(options, cluster, settings -> settings.listener(control))) {
            System.out.println("ready " + gateway.url() + ' ' + gateway.adminUrl());
            CountedGateway node = new CountedGateway(cluster, control);
            for (String command = in.readLine(); command != null; command = in.readLine()) {
                System.out.println(node.answer(command));
            }
        }
    }

    private String answer(String command) throws Exception {
        if (command.equals("shared")) {
            return "shared " + control.live();
        }
        if (command.equals("nodes")) {
            return "nodes " + control.nodes();
        }
        boolean isCut = command.equals("cut");
        Cut.set(cluster.channel(), isCut);
        control.cutOff(isCut);
        return "done";
    }
}
