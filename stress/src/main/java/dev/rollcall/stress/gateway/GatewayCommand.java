package dev.rollcall.stress.gateway;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs a gateway until it is told to stop. At SIGTERM it drains: it refuses new sessions, waits for
 * those that live, and closes. The exit status is 1 if it could not start, 2 if the call is wrong.
 */
@Command(name = "gateway", description = "Runs a gateway that speaks Janus' session-level API over WebSocket and HTTP.")
public final class GatewayCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions options;

    @Spec
    private CommandSpec spec;

    /** Runs it by itself. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GatewayCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Gateway gateway;
        try {
            gateway = Gateway.start(options);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        } catch (IOException cannot) {
            spec.commandLine().getErr().println(cannot.getMessage());
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(gateway, out), "gateway-drain"));
        String host = gateway.url().getAuthority();
        String admin = gateway.adminUrl().getAuthority();
        out.println("clients    ws://" + host + "/   http://" + host + "/janus");
        out.println("operators  ws://" + admin + "/   http://" + admin + "/admin");
        if (!gateway.adminSecret().equals(options.adminSecret)) {
            out.println("secret     " + gateway.adminSecret());
        }
        out.println("live page  http://" + admin + "/   Prometheus http://" + admin + "/metrics");
        out.flush();
        gateway.join();
        return 0;
    }

    private static void drain(Gateway gateway, PrintWriter out) {
        gateway.sessions().drain();
        long live = gateway.sessions().counts().live();
        out.println("draining: " + live + " sessions live, no new ones");
        out.flush();
        try {
            boolean allEnded = gateway.drain();
            out.println(allEnded ? "drained: all sessions have ended" : "closed: the sessions left were ended");
        } catch (InterruptedException e) {
            out.println("closed: interrupted while draining");
        }
        out.flush();
    }
}
