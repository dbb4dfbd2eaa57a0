package dev.rollcall.benchmarks.report;

import java.util.List;

/** Invented input files, to test what is made of them. */
public final class SampleResults {
    private SampleResults() {}

    /** A results file with one condition per question. */
    public static String json() {
        return """
                {"run": {"machine": "a machine", "jdk": "a JDK", "commit": "abc", "command": "measure", "finished": "then"},
                 "results": [%s]}
                """.formatted(String.join(
                ",\n",
                List.of(
                        lifecycle("NONE", 10, "0.2"),
                        lifecycle("EXACT", 9.5, "0.25"),
                        lifecycle("BARE_MAP", 5, "\"NaN\""),
                        result("KeepaliveBenchmark.byHandle", 1, "EXACT", "\"live\": \"1000\"", 40, ""),
                        """
                                {"benchmark": "dev.rollcall.benchmarks.KeepaliveBenchmark.nanoTime", "threads": 1,
                                 "primaryMetric": {"score": 50, "scoreError": 1, "scoreUnit": "ops/us", "rawData": [[50]]}}""",
                        count("underChurn", "\"read\": %s, \"replaceWhileRead\": %s", 700, 105),
                        count("unread", "\"readOwnNumber\": %s, \"replaceUnread\": %s", 1, 100),
                        result("SweepBenchmark.everythingKeptAlive", 1, "EXACT", "\"live\": \"300000\"", 15_000, ""),
                        result("CountBenchmark.atRest", 1, "EXACT", "\"shards\": \"64\"", 300, ""))));
    }

    /** A verdict: one race with one sound test and perhaps one control. */
    static String verdict(String soundVerdict, boolean withControl, long caught) {
        String control =
                """
                ,
                {"name": "lifecycle.DestroyVsTimeout.Control_PublishedFix", "kind": "control", "guarantees": ["G2"],
                 "mechanism": "double decrement", "reproduces": "a fix", "verdict": "%s", "failures": [%s],
                 "samples": 1000, "interesting": %d, "outcomes": []}""".formatted(caught > 0 ? "passed" : "failed", caught > 0 ? "" : "\"control not caught\"", caught);
        return """
                {"passed": 1, "failed": 0, "profile": "FULL", "seconds": 9, "jdk": "a JDK", "os": "an OS", "processors": 2,
                 "jvmModes": ["TIERED"], "tests": [
                {"name": "lifecycle.DestroyVsTimeout.Exact", "kind": "scenario", "guarantees": ["G2"],
                 "verdict": "%s", "failures": [%s], "samples": 123456, "interesting": 0,
                 "outcomes": [{"id": "true, <false>", "grade": "ACCEPTABLE", "count": 123456, "description": "destroy -> timeout"}]}%s
                ]}
                """.formatted(
                        soundVerdict,
                        soundVerdict.equals("failed") ? "\"forbidden outcome [true, true] seen 3 times\"" : "",
                        withControl ? control : "");
    }

    /** A drift replay of one manager. */
    static String drift(boolean passed) {
        return """
                {"seed": 1, "java": "17", "os": "an OS", "processors": 2, "passed": %b, "failures": [%s], "subjects": [
                {"name": "Rollcall", "demand": "must not drift", "passed": %b,
                 "day": {"created": 7, "destroyed": 4, "timedOut": 1, "transportGone": 1, "count": 1, "table": 1,
                         "largestDrift": 0, "minutes": [0, 10], "counts": [0, 1], "tables": [0, 1]},
                 "race": {"rounds": 5, "wonByDestroy": 3, "wonByTimeout": 2, "endedTwice": 0, "endedNever": 0,
                          "roundsBelow": 0, "roundsAbove": 0, "count": 0, "table": 0}}]}
                """.formatted(passed, passed ? "" : "\"Rollcall: the count left the table\"", passed);
    }

    private static String lifecycle(String subject, double score, String error) {
        return """
                {"benchmark": "dev.rollcall.benchmarks.LifecycleBenchmark.replace", "threads": 1,
                 "params": {"subject": "%s", "live": "1000"},
                 "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "ops/us", "rawData": [[%s], [%s]]}}""".formatted(subject, score, error, score, score);
    }

    private static String count(String group, String secondary, double reader, double writer) {
        return result(
                "CountBenchmark." + group,
                2,
                "EXACT",
                "\"shards\": \"64\"",
                reader + writer,
                ", \"secondaryMetrics\": {" + secondary.formatted(metric(reader), metric(writer)) + "}");
    }

    private static String result(
            String method, int threads, String subject, String param, double score, String secondary) {
        return """
                {"benchmark": "dev.rollcall.benchmarks.%s", "threads": %d, "params": {"subject": "%s", %s},
                 "primaryMetric": %s%s}""".formatted(method, threads, subject, param, metric(score), secondary);
    }

    private static String metric(double score) {
        return "{\"score\": %s, \"scoreError\": 0, \"scoreUnit\": \"\", \"rawData\": [[%s]]}".formatted(score, score);
    }
}
