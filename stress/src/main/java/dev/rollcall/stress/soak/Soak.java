package dev.rollcall.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A randomized run of all operations on managers built at random, several threads at a time, in
 * time that runs by hand: thousands of sessions and hundreds of transports, listeners that throw
 * and call back, growth, the limit, drain and close in the midst of work. An auditor compares the
 * manager's own accounts while it moves; every session's history is checked when all threads rest.
 *
 * <p>The seed determines the managers and each thread's choices, but not how the threads
 * interleave. It ends early when a check fails. With a defect the manager is wrapped in a
 * defective façade and the run must fail. It passes if no check failed and everything that can happen
 * did.
 */
final class Soak {
    private static final Duration EPOCH = Duration.ofSeconds(3);
    private static final int LONGER_AT_MOST = 20;

    /** Far beyond what an operation takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The manager logs listeners that throw. Held here, for loggers are weakly reachable. */
    private static final Logger MANAGER_LOGGER = Logger.getLogger("dev.rollcall");

    private final SoakOptions options;
    private final Coverage coverage = new Coverage();
    private final Findings findings = new Findings();
    private int epochs;

    Soak(SoakOptions options) {
        this.options = options;
    }

    void run() throws InterruptedException {
        MANAGER_LOGGER.setLevel(Level.OFF);
        SplittableRandom seeds = new SplittableRandom(options.seed());
        long start = System.nanoTime();
        while (findings.isEmpty() && isToGoOn(System.nanoTime() - start)) {
            Stage stage = new Stage(seeds.nextLong(), options.defect(), coverage, findings, PATIENCE);
            boolean moving = new Epoch(stage, options.workers()).run(EPOCH);
            epochs++;
            if (!moving) {
                findings.violation("G11: a thread did not come to rest: " + Threads.dump("soak-"));
            }
        }
        coverage.missing().forEach(what -> findings.violation("never happened: " + what));
    }

    /** As long as it was told, and on until everything that can happen has, or a defect was seen, within reason. */
    private boolean isToGoOn(long elapsedNanos) {
        long length = options.length().toNanos();
        boolean isOpen = options.defect() != Defect.NONE || !coverage.missing().isEmpty();
        return elapsedNanos < length || (elapsedNanos < LONGER_AT_MOST * length && isOpen);
    }

    Findings findings() {
        return findings;
    }

    boolean hasPassed() {
        return findings.isEmpty();
    }

    String summary() {
        StringBuilder text = new StringBuilder();
        findings.violations()
                .forEach(what -> text.append("  VIOLATION ").append(what).append('\n'));
        if (findings.shortestHistory() != null) {
            text.append("  the shortest history with a violation: ")
                    .append(findings.shortestHistory())
                    .append('\n');
        }
        if (!hasPassed()) {
            text.append("  again: java -jar stress/target/rollcall-stress.jar soak --seed ")
                    .append(options.seed())
                    .append('\n');
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "soak: %d managers, %d sessions, %d events; %d checks passed, %d failed%n",
                        epochs,
                        coverage.of("CREATED"),
                        events(),
                        findings.passedCount(),
                        findings.failedCount()))
                .toString();
    }

    private long events() {
        return coverage.of("CREATED") + coverage.of("DETACHED") + coverage.of("CLAIMED") + coverage.of("ENDED");
    }

    String json() {
        StringBuilder text = new StringBuilder("{\n");
        text.append("  \"passed\": ").append(findings.passedCount()).append(",\n");
        text.append("  \"failed\": ").append(findings.failedCount()).append(",\n");
        text.append("  \"seed\": ").append(options.seed()).append(",\n");
        text.append("  \"seconds\": ").append(options.length().toSeconds()).append(",\n");
        text.append("  \"defect\": ").append(quoted(options.defect().name())).append(",\n");
        text.append("  \"managers\": ").append(epochs).append(",\n");
        text.append("  \"happened\": {");
        String separator = "\n";
        for (Map.Entry<String, Long> figure : coverage.figures().entrySet()) {
            text.append(separator).append("    ").append(quoted(figure.getKey()));
            text.append(": ").append(figure.getValue());
            separator = ",\n";
        }
        text.append("\n  },\n  \"violations\": ")
                .append(array(findings.violations()))
                .append(",\n");
        String shortest = findings.shortestHistory();
        text.append("  \"shortestHistory\": ").append(shortest == null ? "null" : quoted(shortest));
        return text.append("\n}\n").toString();
    }

    private static String array(List<String> texts) {
        return texts.isEmpty()
                ? "[]"
                : "[\n    "
                        + String.join(
                                ",\n    ", texts.stream().map(Soak::quoted).toList()) + "\n  ]";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
