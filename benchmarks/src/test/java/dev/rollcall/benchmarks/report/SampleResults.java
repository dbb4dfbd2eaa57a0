package dev.rollcall.benchmarks.report;

import com.google.gson.Gson;
import dev.rollcall.benchmarks.MemoryBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.ResultsFile.Measured;
import dev.rollcall.benchmarks.results.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Invented input files, to test what is made of them. */
public final class SampleResults {
    private SampleResults() {}

    /** One question's answer for each verdict. */
    public static ResultsFile results() {
        return new ResultsFile(
                new Provenance("a machine", "a JDK", "abc", "measure", "then"),
                List.of("pass 2: a cell never became steady: 1 2 3"),
                List.of(
                        score(Cells.replace(Subject.EXACT, Cells.FEW, 1), 9.2, 9.4, 9.5, 9.6, 9.8),
                        score(Cells.replace(Subject.BARE_MAP, Cells.FEW, 1), 19.0, 19.0, 19.0, 19.0, 19.0),
                        score(Cells.replace(Subject.NONE, Cells.FEW, 1), 9.5, 12.0, 7.0, 9.5, 9.5),
                        score(Cells.replace(Subject.EXACT, Cells.MANY, 1), 2.0, 2.0, null, 2.0, 2.0, 2.0),
                        score(Cells.replace(Subject.BARE_MAP, Cells.MANY, 1), 1.0, 1.0, 9.0, 1.0, 1.0, 1.0),
                        score(Cells.replace(Subject.CAFFEINE, Cells.MANY, 1), 0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
                        score(Cells.replace(Subject.TOMCAT, Cells.MANY, 1), 0.8, 0.8, 0.8, 0.8, 0.8, 0.8),
                        score(Cells.expiry(Subject.EXACT), 50.0, 50.0, 50.0, 50.0, 50.0),
                        score(Cells.expiry(Subject.CAFFEINE), 300.0, 300.0, 300.0, 300.0, 300.0),
                        score(Cells.expiry(Subject.VERTX), 600.0, 600.0, 600.0, 600.0, 600.0),
                        score(Cells.expiry(Subject.LOCKED_MAP), 10.0, 10.0, 10.0, 10.0, 10.0),
                        measured(
                                Cells.memory(Cells.MEMORY, Subject.EXACT, Cells.MANY),
                                MemoryBenchmark.BYTES,
                                "B",
                                85.8,
                                85.8,
                                85.8,
                                85.8,
                                85.8),
                        score(Cells.byId(Subject.EXACT, Cells.FEW), 20.0, 20.0)));
    }

    /** The same as a file. */
    static String json() {
        return new Gson().toJson(results());
    }

    /** Subjects of the check: one measured well, one too unsteadily, and keepalives too seldom. */
    static ResultsFile subjects() {
        return new ResultsFile(
                new Provenance("a machine", "a JDK", "abc", "measure --subjects", "then"),
                List.of(),
                List.of(
                        score(Cells.checked(Cells.SUBJECT_REPLACE, "rollcall"), 200.0, 220.0, 222.0),
                        score(Cells.checked(Cells.SUBJECT_REPLACE, "map-atomic"), 100.0, 110.0, 111.0),
                        score(Cells.checked(Cells.SUBJECT_REPLACE, "tomcat"), 100.0, 900.0, 300.0),
                        score(Cells.checked(Cells.SUBJECT_KEEP_ALIVE, "rollcall"), 50.0, 50.0),
                        score(Cells.checked(Cells.SUBJECT_KEEP_ALIVE, "map-atomic"), 50.0, 50.0)));
    }

    /** A cell with its scores by pass; null for a pass without. */
    public static Measured score(Cell cell, Double... passes) {
        return measured(cell, Series.SCORE, "ops/us", passes);
    }

    /** Threads whose processors shared a cache in the first passes and did not in the last ones. */
    public static ResultsFile apart() {
        Cell eight = Cells.replace(Subject.EXACT, Cells.FEW, 8);
        Map<String, Series> series = Map.of(
                Series.SCORE,
                new Series("ops/us", Arrays.asList(20.0, 20.0, 20.0, 20.0, 20.0, null, null, null)),
                Series.far(Series.SCORE),
                new Series("ops/us", Arrays.asList(null, null, null, null, null, 5.0, 5.0, 5.0)),
                Series.HANDOVER,
                new Series("ns", Arrays.asList(25.0, 25.0, 25.0, 25.0, 25.0, 200.0, 200.0, 200.0)));
        Cell point = Curves.cell(Subject.EXACT, Curves.WRITERS.get(1), 1);
        return new ResultsFile(
                ResultsFile.none().run(),
                List.of(),
                List.of(
                        new Measured(eight, series),
                        new Measured(point, series),
                        score(
                                Cells.replace(Subject.EXACT, Cells.FEW, 1),
                                10.0,
                                10.0,
                                10.0,
                                10.0,
                                10.0,
                                10.0,
                                10.0,
                                10.0)));
    }

    private static Measured measured(Cell cell, String series, String unit, Double... passes) {
        return new Measured(cell, Map.of(series, new Series(unit, Arrays.asList(passes))));
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
                {"name": "lifecycle.DestroyVsTimeout.Exact", "kind": "scenario", "guarantees": ["G2"], "file": "a.Race",
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
}
