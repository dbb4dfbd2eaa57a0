package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTableTest {
    private static final String MILLION_LIVE = "\"live\": \"1000000\"";

    @Test
    void table_createAndDestroy_isJudgedAgainstFloorAndBestPeer() {
        assertThat(rows(
                        result("LifecycleBenchmark.replace", "EXACT", MILLION_LIVE, 12, ""),
                        result("LifecycleBenchmark.replace", "BARE_MAP", MILLION_LIVE, 10, ""),
                        result("LifecycleBenchmark.replace", "CAFFEINE", MILLION_LIVE, 3, ""),
                        result("LifecycleBenchmark.replace", "TOMCAT", MILLION_LIVE, 10, "")))
                .containsExactly(List.of(
                        "create + destroy, M/s: 1 M live, 1 thread",
                        "10.0 ± 0.0",
                        "10.0 Tomcat",
                        "12.0 ± 0.0",
                        "1.20 ± 0.00",
                        "1.20 ± 0.00",
                        "floor ≥ 1.0: met; peer ≥ 1.5: missed"));
    }

    @Test
    void table_expiry_isJudgedByTime() {
        assertThat(rows(
                        result("ExpiryBenchmark.expireAll", "EXACT", MILLION_LIVE, 100, ""),
                        result("ExpiryBenchmark.expireAll", "VERTX", MILLION_LIVE, 400, ""),
                        result("ExpiryBenchmark.expireAll", "TOMCAT", MILLION_LIVE, 500, "")))
                .containsExactly(List.of(
                        "expiring them all, ms: 1 M live",
                        "—",
                        "400 Vert.x",
                        "100 ± 0",
                        "—",
                        "4.00 ± 0.00",
                        "peer ≥ 3.0: met"));
    }

    @Test
    void table_memory_isJudgedByItselfAndByTheOthers() {
        assertThat(rows(
                        result("MemoryBenchmark.populate", "EXACT", MILLION_LIVE, 1, bytes(100)),
                        result("MemoryBenchmark.populate", "BARE_MAP", MILLION_LIVE, 1, bytes(90)),
                        result("MemoryBenchmark.populate", "CAFFEINE", MILLION_LIVE, 1, bytes(150))))
                .containsExactly(List.of(
                        "bytes per session: 1 M live",
                        "90.0",
                        "150 Caffeine",
                        "100",
                        "0.90",
                        "1.50",
                        "itself ≤ 96: missed; smallest of all: missed"));
    }

    @Test
    void table_sweep_isFlatOrNot() {
        assertThat(rows(
                        result("SweepBenchmark.nothingDue", "EXACT", "\"live\": \"1000\"", 1, ""),
                        result("SweepBenchmark.nothingDue", "EXACT", MILLION_LIVE, 3, "")))
                .extracting(row -> row.get(6))
                .containsExactly("", "3.00 ± 0.00 of that at 1 k, ≤ 2.0: missed");
    }

    @Test
    void table_sweepOfKeptAlive_isToldPerSession() {
        assertThat(rows(result("SweepBenchmark.everythingKeptAlive", "EXACT", MILLION_LIVE, 50_000, "")))
                .containsExactly(List.of(
                        "a sweep with everything kept alive, ns a session: 1 M live",
                        "—",
                        "—",
                        "50.0 ± 0.0",
                        "—",
                        "—",
                        ""));
    }

    @Test
    void table_nothingMeasured_isAbsent() {
        assertThat(new GoalTable(ResultsFile.none()).table()).isEmpty();
    }

    private static List<List<String>> rows(String... results) {
        String json = "{\"run\": {}, \"results\": [" + String.join(",", results) + "]}";
        return new GoalTable(new Gson().fromJson(json, ResultsFile.class))
                .table()
                .orElseThrow()
                .rows();
    }

    private static String bytes(double value) {
        return "\"bytesPerSession\": " + metric(value);
    }

    private static String result(String method, String subject, String param, double score, String figures) {
        return """
                {"benchmark": "dev.rollcall.benchmarks.%s", "threads": 1, "params": {"subject": "%s", %s},
                 "primaryMetric": %s, "secondaryMetrics": {%s}}""".formatted(method, subject, param, metric(score), figures);
    }

    private static String metric(double score) {
        return "{\"score\": %s, \"scoreError\": 0, \"scoreUnit\": \"\", \"rawData\": [[%s]]}".formatted(score, score);
    }
}
