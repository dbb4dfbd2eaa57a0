package dev.rollcall.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What Janus' own clients did with the gateway.
 *
 * @param notRun why they were not run, or empty
 * @param clients the clients
 */
record ClientsFile(String notRun, List<Client> clients) {
    /**
     * A client.
     *
     * @param name its name
     * @param version its version
     * @param passed whether it took all its steps
     * @param steps those that it took
     * @param failure what went wrong
     */
    record Client(String name, String version, boolean passed, List<String> steps, String failure) {
        String text() {
            return name + ' ' + version + " (" + steps.size() + " steps)";
        }
    }

    String amount() {
        return notRun.isEmpty()
                ? clients.stream().map(Client::text).collect(Collectors.joining(", "))
                : "not run: " + notRun;
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = clients.stream()
                .filter(client -> !client.passed())
                .map(client -> "client " + client.name() + ": " + client.failure())
                .toList();
        return clients.isEmpty() && notRun.isEmpty() ? List.of("clients: none was run, and no reason given") : reasons;
    }
}
