package dev.rollcall.benchmarks.report;

import java.util.List;

/** What one tool of the build left behind. An absent list of its file reads as an empty one. */
public interface EvidenceFile {
    /** How much was done, in words. */
    String amount();

    /** The defects that it had to catch. */
    List<Evidence.Control> controls();

    /** How long it took. */
    double seconds();

    /** Everything that makes the report red. */
    List<String> reasons();
}
