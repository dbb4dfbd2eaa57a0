package dev.rollcall.stress.cluster;

import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * A gateway with the same options as ever, and the control beside it. Prints where it listens; to
 * each line that it reads it answers with what the {@link SharedCounter} says.
 */
public final class CountedGateway {
    private CountedGateway() {}

    /** Arguments: the seats of the control, and the gateway's options. */
    public static void main(String[] arguments) throws Exception {
        GatewayOptions options = new GatewayOptions();
        CommandLine.populateCommand(options, Arrays.copyOfRange(arguments, 1, arguments.length));
        try (SharedCounter control = new SharedCounter(arguments[0]);
                Gateway gateway = Gateway.start(options, settings -> settings.listener(control));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready " + gateway.url() + ' ' + gateway.adminUrl());
            while (in.readLine() != null) {
                System.out.println("shared " + control.live());
            }
        }
    }
}
