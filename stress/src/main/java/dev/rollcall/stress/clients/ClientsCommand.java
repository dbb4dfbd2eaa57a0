package dev.rollcall.stress.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Installs Janus' own clients with npm and lets them talk to a gateway. Where Node is missing, or
 * npm cannot install them, it says so and the exit status is 0; it is 1 if a client failed.
 */
@Command(name = "clients", description = "Runs Janus' own clients, from npm, against a gateway.")
public final class ClientsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long INSTALL_MINUTES = 5;
    private static final long SCRIPT_MINUTES = 1;

    /** Shorter than the scripts wait, so that keepalives matter. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration RECLAIM_TIMEOUT = Duration.ofSeconds(10);

    @Option(names = "--scripts", required = true, description = "The folder with package.json and the scripts.")
    private Path scripts;

    @Option(names = "--work", required = true, description = "The folder to install the clients in.")
    private Path work;

    @Option(names = "--out", required = true, description = "The file to write the results to, as JSON.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter print = spec.commandLine().getOut();
        ObjectNode results = JSON.createObjectNode();
        ArrayNode clients = results.putArray("clients");
        String reason = install();
        if (reason.isEmpty()) {
            run(clients);
        }
        boolean isRed = false;
        for (JsonNode client : clients) {
            isRed |= !client.path("passed").asBoolean();
            print.println("clients: " + client.path("name").asText() + " "
                    + client.path("version").asText() + ": "
                    + client.path("steps").size() + " steps, "
                    + (client.path("passed").asBoolean()
                            ? "passed"
                            : "FAILED " + client.path("failure").asText()));
        }
        if (!reason.isEmpty()) {
            print.println("clients: not run: " + reason);
        }
        print.flush();
        results.put("notRun", reason);
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results) + "\n");
        return isRed ? 1 : 0;
    }

    /** Why it could not be done, or nothing. */
    private String install() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        if (execute(output, 1, "node", "--version") != 0 || execute(output, 1, "npm", "--version") != 0) {
            return "no Node";
        }
        Files.createDirectories(work);
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, work.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        output.clear();
        // No scripts of packages but for the one that janode cannot do without.
        if (execute(output, INSTALL_MINUTES, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund") != 0
                || execute(output, INSTALL_MINUTES, "npm", "rebuild", "unix-dgram") != 0) {
            return "npm could not install the clients: " + String.join(" ", output);
        }
        return "";
    }

    /** All at once, for they spend their time waiting. */
    private void run(ArrayNode clients) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<ObjectNode>> runs = new ArrayList<>();
            for (NodeClient client : NodeClient.values()) {
                runs.add(() -> run(client));
            }
            for (Future<ObjectNode> result : threads.invokeAll(runs)) {
                clients.add(result.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private ObjectNode run(NodeClient client) throws IOException, InterruptedException {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.adminSecret = "clients";
        options.sessionTimeout = SESSION_TIMEOUT;
        options.reclaimTimeout = RECLAIM_TIMEOUT;
        try (Gateway gateway = Gateway.start(options)) {
            List<String> output = new ArrayList<>();
            int status = execute(
                    output,
                    SCRIPT_MINUTES,
                    "node",
                    client.script(),
                    gateway.url().toString(),
                    gateway.adminUrl().toString(),
                    options.adminSecret);
            boolean isLeft = gateway.sessions().counts().live() > 0;
            boolean isPassed = client.isPassed(output, status) && !isLeft;
            ObjectNode result = JSON.createObjectNode()
                    .put("name", client.packageName())
                    .put("version", version(client))
                    .put("passed", isPassed);
            ArrayNode steps = result.putArray("steps");
            NodeClient.taken(output).forEach(steps::add);
            if (!isPassed) {
                result.put("failure", isLeft ? "a session is left: " + output : output.toString());
            }
            return result;
        }
    }

    private String version(NodeClient client) throws IOException {
        Path about = work.resolve("node_modules").resolve(client.packageName()).resolve("package.json");
        return JSON.readTree(about.toFile()).path("version").asText();
    }

    /** The exit status, or -1 if there is no such program or it takes too long. */
    private int execute(List<String> output, long minutes, String... command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("rollcall", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Files.isDirectory(work) ? work.toFile() : null)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            boolean hasEnded = process.waitFor(minutes, TimeUnit.MINUTES);
            if (!hasEnded) {
                process.destroyForcibly().waitFor();
            }
            output.addAll(Files.readAllLines(printed));
            return hasEnded ? process.exitValue() : -1;
        } catch (IOException noSuchProgram) {
            return -1;
        } finally {
            Files.delete(printed);
        }
    }
}
