package dev.rollcall.examples;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** An embedded Tomcat with one WebSocket endpoint, and clients of it. */
final class WebSocketServer implements AutoCloseable {
    /** A field, for a logger that nobody refers to forgets its level. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();

    WebSocketServer(Path folder, Class<?> type, Supplier<?> endpoints) throws Exception {
        LOG.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "nothing", new HttpServlet() {}).addMapping("/");
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    Object container = servlets.getAttribute(ServerContainer.class.getName());
                    try {
                        ((ServerContainer) container).addEndpoint(config(type, endpoints));
                    } catch (DeploymentException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Set.of());
        tomcat.getConnector();
        tomcat.start();
    }

    private static ServerEndpointConfig config(Class<?> type, Supplier<?> endpoints) {
        return ServerEndpointConfig.Builder.create(type, "/ws")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> endpoint) {
                        return endpoint.cast(endpoints.get());
                    }
                })
                .build();
    }

    /** A client that is connected. */
    Client connect(String query) throws Exception {
        Client client = new Client();
        URI uri = URI.create("ws://localhost:" + tomcat.getConnector().getLocalPort() + "/ws" + query);
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, client)
                .get(60, TimeUnit.SECONDS);
        return client;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** Keeps what the server sends. */
    static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            texts.add(data.toString());
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            texts.add("close " + status + ' ' + reason);
            return null;
        }

        void send(String text) throws Exception {
            socket.sendText(text, true).get(60, TimeUnit.SECONDS);
        }

        /** The next text, once it has come. */
        String next() throws InterruptedException {
            String text = texts.poll(60, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the server sends nothing");
            }
            return text;
        }

        void close() throws Exception {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(60, TimeUnit.SECONDS);
        }

        /** Without a word, as a network that fails. */
        void cut() {
            socket.abort();
        }
    }
}
