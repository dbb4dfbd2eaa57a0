package dev.rollcall.benchmarks.report;

import java.util.List;

/** What a green report does not say. */
final class LimitsSection {
    private static final List<String> LIMITS = List.of(
            "A sampled race proves that its defects are reachable, through the controls, and that none was met in so many"
                    + " samples. It does not prove that there is none: an outcome that needs a rarer timing than this run"
                    + " produced is not excluded.",
            "Weak memory on hardware. On x86 the processor hides most reorderings that AArch64 would show; a green run on x86"
                    + " says little about orders weaker than its own. The litmus tests check each order that is known to be"
                    + " relied on, in models of Java and of AArch64; they have no compiler, and nothing ran on AArch64. The"
                    + " JIT's reorderings were exercised, in the JVM modes that are listed. This run's processor is named"
                    + " below.",
            "Races of three and more threads, on real ones. On two processors they hardly ever overlap: pairs were raced,"
                    + " three threads are left to model checking.",
            "Beyond the bounds. The specification has two or three ids, transports, incarnations and ticks, and two shards;"
                    + " model checking has a few operations on two or three threads. Most of it takes every read and"
                    + " write in order; weak memory is the litmus tests' part. What takes more to go wrong is not excluded.",
            "That the specification is the code. A table maps its actions to methods; people keep it true. Recorded runs were"
                    + " behaviours of it; what they did not do is not covered by that.",
            "Mutation survivors. Mutants change one place of the library at a time, never its atomicity or memory order."
                    + " Those that no unit test notices are listed in core/src/pit/survivors.txt with a reason each; that"
                    + " they are no gap is argued there, not proved. In a profile without mutation testing there were none.",
            "Other virtual machines, other versions, other collectors than those named here.",
            "Liveness and deadlock: only what would have hung this run. That every lock is held for a bounded batch is"
                    + " argued in the code and tested in parts.",
            "The manager's assumptions: a ticker that is monotonic, an application that reports lost connections and"
                    + " activity, sweeps that come about once a tick.",
            "The controls model historical counters from their public reports; they are not those projects' code.",
            "Speed on another machine. The ratios of one run compare like with like; the absolute numbers belong to the"
                    + " machine below, which may have been shared.");

    private LimitsSection() {}

    static String html() {
        return Html.list(LIMITS);
    }
}
