package dev.rollcall.stress.storm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What runs in processes that are killed. */
final class Children {
    private Children() {}

    /** Opens sockets with a session each, and waits for its end. Arguments: address, how many. */
    static final class Clients {
        private Clients() {}

        public static void main(String[] arguments) throws IOException {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                Wire wire = Wire.open(URI.create(arguments[0]), Ask.PROTOCOL);
                wire.ask(Ask.create());
                wires.add(wire);
            }
            System.out.println("ready " + wires.size());
            System.in.read();
        }
    }

    /** Says that it is a gateway, and closes all connections. */
    static final class HangsUp {
        private HangsUp() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                String url = "ws://127.0.0.1:" + server.getLocalPort() + "/";
                System.out.println("ready " + url + ' ' + url);
                while (true) {
                    server.accept().close();
                }
            }
        }
    }

    /** Passes bytes on between a port of its own, which it prints, and another. */
    static final class Proxy {
        private Proxy() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                System.out.println("ready " + server.getLocalPort());
                while (true) {
                    Socket client = server.accept();
                    Socket target = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
                    pump(client, target);
                    pump(target, client);
                }
            }
        }

        private static void pump(Socket from, Socket to) {
            new Thread(() -> {
                        try (InputStream in = from.getInputStream();
                                OutputStream out = to.getOutputStream()) {
                            in.transferTo(out);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .start();
        }
    }
}
