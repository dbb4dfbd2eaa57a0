package dev.rollcall.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Invented results of every kind of evidence, laid out as the modules' builds leave theirs. */
final class SampleEvidence {
    static final String SPEC = """
            {"passed": 2, "failed": 0, "profile": "small", "seconds": 61.5, "models": [
            {"name": "some", "kind": "sound", "verdict": "passed", "expected": "no error", "found": "no error", "states": 1234},
            {"name": "variant-one", "kind": "variant", "verdict": "passed", "expected": "G5_NoOrphans",
             "found": "G5_NoOrphans", "states": 9}]}
            """;
    static final String LITMUS = """
            {"passed": 4, "failed": 0, "seconds": 12.5, "programs": [
            {"kind": "calibration", "test": "MP", "variant": "", "verdict": "passed", "expected": [], "found": []},
            {"kind": "sound", "test": "Split", "variant": "", "verdict": "passed", "expected": [], "found": []},
            {"kind": "weaker", "test": "Split", "variant": "cut = opaque", "verdict": "passed", "expected": ["JAM21"],
             "found": ["JAM21"]},
            {"kind": "weaker", "test": "Split", "variant": "walk = acquire", "verdict": "passed", "expected": [],
             "found": []}]}
            """;
    static final String SOAK = """
            {"passed": 4000, "failed": 0, "seed": 7, "seconds": 10, "defect": "NONE", "managers": 4,
             "happened": {"CREATED": 1500}, "violations": []}
            """;
    static final String MUTANTS = """
            {"passed": 1, "failed": 0, "profile": "full", "seconds": 7, "mutants": [
            {"name": "one-off", "defect": "counts <one> too many", "guarantees": ["G1"], "invariants": ["S1"],
             "real": "a report", "verdict": "passed", "failures": [], "catches": [
              {"by": "jcstress count.Some", "caught": true, "hits": 3, "samples": 4000, "seconds": 1.25, "how": "2"},
              {"by": "junit SomeTest#one", "caught": true, "hits": 1, "samples": 1, "seconds": 0.5, "how": "x"}]}]}
            """;
    static final String CHECK = """
            {"passed": 1, "failed": 1, "expected": true, "seconds": 90, "subjects": [
            {"name": "rollcall", "title": "Rollcall", "version": "1", "unexpected": [], "cells": [
             {"promise": "COUNT_AT_REST", "status": "HELD", "race": "DestroyVsTimeout", "samples": 9000, "broken": 0, "order": ""},
             {"promise": "LIMIT", "status": "HELD", "race": "CreateVsCreateAtLimit", "samples": 900, "broken": 0, "order": ""}]},
            {"name": "some", "title": "Some <Manager>", "version": "2.0", "unexpected": [], "cells": [
             {"promise": "COUNT_AT_REST", "status": "BROKEN", "race": "DestroyVsTimeout", "samples": 1000, "broken": 310,
              "order": "destroy -> timeout"},
             {"promise": "LIMIT", "status": "NOT_OFFERED", "race": "", "samples": 0, "broken": 0, "order": "needs Limit"}]}]}
            """;
    static final String STORM = """
            {"passed": 900, "failed": 0, "green": true, "seed": 7, "seconds": 6, "clients": 32, "crowd": 100000,
             "happened": {"sockets": 5000, "sessions created": 9000, "sessions that belong to nobody": 0},
             "checks": [{"name": "LIVE", "claim": "live ones are held", "verdict": "passed", "violations": []}],
             "latency": [{"when": "nothing else", "p50Micros": 120, "p99Micros": 900}]}
            """;
    static final String FLEET = """
            {"green": true, "seconds": 150.5, "nodes": 3, "kills": 20, "stops": 1, "partitions": 2, "limit": 90,
             "mostHeld": 89, "happened": {"creates refused": 70}, "checks": [
              {"name": "FIGURE", "claim": "figures are right", "held": true, "passed": 400, "violations": []},
              {"name": "CONTROL", "claim": "a shared counter is wrong", "held": true, "passed": 21, "violations": []}]}
            """;
    static final String CLIENTS = """
            {"notRun": "", "clients": [{"name": "janode", "version": "1.8.0", "passed": true, "steps": ["create"]}]}
            """;
    private static final String PIT = """
            {"passed": 1, "failed": 0, "classes": "dev.rollcall.*", "mutatedClasses": 9, "mutants": 100, "killed": 90,
             "survived": 10, "justified": {"race": 6, "cost": 4}, "failures": []}
            """;

    private SampleEvidence() {}

    /** Writes it all, green; the jcstress verdict's folder is {@code stress/target/jcstress}. */
    static void write(Path root) throws IOException {
        Path stress = root.resolve("stress/target");
        write(stress.resolve("jcstress/verdict.json"), SampleResults.verdict("passed", true, 42));
        write(stress.resolve("spec/spec.json"), SPEC);
        write(stress.resolve("litmus/litmus.json"), LITMUS);
        write(stress.resolve("soak/soak.json"), SOAK);
        write(stress.resolve("pit/mutants.json"), PIT);
        write(stress.resolve("mutants/mutants.json"), MUTANTS);
        write(stress.resolve("check/check.json"), CHECK);
        write(stress.resolve("check/check.html"), "who keeps their count");
        write(stress.resolve("storm/storm.json"), STORM);
        write(stress.resolve("clients/clients.json"), CLIENTS);
        write(stress.resolve("fleet/fleet.json"), FLEET);
        junit(root.resolve("core/target"), "dev.rollcall.PermitsTest", test("takes", "") + test("gives", ""));
        junit(root.resolve("benchmarks/target"), "dev.rollcall.benchmarks.SliceTest", test("slices", ""));
        junit(
                stress,
                "dev.rollcall.stress.soak.SoakTest",
                test("fails[1]", "<system-out>control: orphans\n</system-out>")
                        + test("fails[2]", "<system-out>control: two_winners\n</system-out>")
                        + test("passes", ""));
        junit(
                stress,
                "dev.rollcall.stress.storm.StormTest",
                test("isCaught[1]", "<system-out>control: LATE_CREATE\n</system-out>"));
        junit(
                stress,
                "dev.rollcall.lincheck.SomeLincheckTest",
                test(
                                "confirmed",
                                "<system-out>model checking: 10 scenarios of at most 150 interleavings\n</system-out>")
                        + test(
                                "refuted",
                                "<system-out>control: LostKeepalive\n"
                                        + "model checking: 5 scenarios of at most 400 interleavings\n</system-out>"));
    }

    static String test(String name, String content) {
        return "<testcase name=\"" + name + "\" classname=\"%s\" time=\"1.5\">" + content + "</testcase>\n";
    }

    static void junit(Path target, String testClass, String tests) throws IOException {
        write(
                target.resolve("surefire-reports/TEST-" + testClass + ".xml"),
                "<testsuite name=\"" + testClass + "\">\n" + tests.replace("%s", testClass) + "</testsuite>\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
