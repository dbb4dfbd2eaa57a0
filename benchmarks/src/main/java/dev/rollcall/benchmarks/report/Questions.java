package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.FigureTables.Setting;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The questions that a results file answers, with tables, charts and causes. */
final class Questions {
    private static final String MILLION =
            "Million per second, all threads together; ± is half of the 99.9 % confidence interval.";
    private static final Predicate<Subject> PEER =
            subject -> subject == Subject.EXACT || (!subject.isRollcall() && subject != Subject.MAPPING_COUNT);

    private final ResultsFile file;
    private final PriceTables prices;
    private final FigureTables figures;
    private final List<Question> questions = new ArrayList<>();

    Questions(ResultsFile file) {
        this.file = file;
        this.prices = new PriceTables(file);
        this.figures = new FigureTables(file);
    }

    /** All that were measured. */
    List<Question> all() {
        addLifecycle();
        addKeepalive();
        addCount();
        addTimeouts();
        addTransports();
        addCosts();
        return questions;
    }

    private void addLifecycle() {
        add(
                prices.table(
                        PriceTables.REPLACE,
                        "Create + destroy: a random one of the live sessions is replaced",
                        MILLION),
                () -> Charts.throughput(
                                file,
                                PriceTables.REPLACE,
                                PriceTables.conditions(file, PriceTables.REPLACE),
                                Questions::isStrategy,
                                "Create and destroy per second, by way of counting, live sessions and threads")
                        + (PriceTables.subjects(file, PriceTables.REPLACE).stream()
                                        .anyMatch(Subject::isRival)
                                ? Charts.throughput(
                                        file,
                                        PriceTables.REPLACE,
                                        PriceTables.conditions(file, PriceTables.REPLACE),
                                        PEER,
                                        "Create and destroy per second: Rollcall and peers")
                                : ""),
                "Every way of counting changes a number when a session comes and when it goes; exact changes one that lies"
                        + " under a lock that is held anyway. With a thousand live Rollcall reads the clock and takes two locks, which"
                        + " the bare map does without. With a million what counts is cache misses, about nine against its"
                        + " five: the neighbours in the transport's list, the slot and the timer's record come on top of"
                        + " buckets and sessions. The map under one lock keeps none of these and pays when it scans. Peers"
                        + " pay for ids of text, an object per timer or buffers of their own.",
                "LifecycleBenchmark.replace -t 1");
        add(
                prices.table(PriceTables.CREATE_DESTROY, "Create + destroy of one session that ends at once", MILLION),
                () -> "",
                "All cache lines are warm: instructions, compare-and-sets and the lock are what is left.",
                "LifecycleBenchmark.createDestroy");
        add(
                figures.scaling(
                        "Two threads over one",
                        "Create + destroy: the throughput of two threads together over that of one."),
                () -> "",
                "Two threads hinder each other where they meet: on one lock, one number or one timer's queue. Shards make"
                        + " meeting rare.",
                "LifecycleBenchmark.replace -t 2");
        add(
                figures.otherCollector(
                        "With G1", "Million per second with G1; in parentheses with ParallelGC, from the same run."),
                () -> "",
                "G1's barriers cost something on every store of a reference, of which the bare map makes more: the links"
                        + " of Rollcall's timers and transports are numbers.",
                "LifecycleBenchmark.replace -jvmArgsAppend \"-Xmx4g -XX:+UseG1GC\"");
    }

    private void addKeepalive() {
        List<Condition> onOneThread = PriceTables.conditions(file, PriceTables.BY_ID).stream()
                .filter(at -> at.threads() == 1)
                .toList();
        add(
                prices.table(PriceTables.BY_ID, "Keepalive by id", MILLION),
                () -> Charts.throughput(
                        file,
                        PriceTables.BY_ID,
                        onOneThread,
                        PEER.or(subject -> subject == Subject.EXACT_ALWAYS_WRITES || subject == Subject.EXACT_COARSE),
                        "Keepalives by id per second on one thread: Rollcall and peers"),
                "One lookup, one reading of the clock, one write of the time. A keepalive that finds as late a time on"
                        + " record writes nothing; the row that always writes prices the others.",
                "KeepaliveBenchmark.byId -t 1");
        add(
                prices.byHandle("Keepalive by handle", MILLION),
                () -> "",
                "Without the lookup: the clock and, if the session was not touched lately, one cache miss.",
                "KeepaliveBenchmark.byHandle");
    }

    private void addCount() {
        add(
                new CountTable(file).table(),
                () -> Charts.counting(
                        file, "The cost of reading the count, and of writing beside a reader, by strategy"),
                "A reader in a loop takes lines that the writer needs next, whatever it counts, the bare map's count"
                        + " included. An exact read looks at every shard twice and, beside a writer that"
                        + " never pauses, takes the read locks after eight tries.",
                "CountBenchmark -p shards=64");
    }

    private void addTimeouts() {
        add(
                prices.table(
                        PriceTables.SWEEP,
                        "A sweep with nothing due",
                        "Microseconds; a tick passes before each sweep of a peer that takes a clock."),
                () -> Charts.overLive(
                        file,
                        PriceTables.SWEEP,
                        "microseconds",
                        "The time of a sweep with nothing due, over live sessions"),
                "Whoever scans pays for every live session; a wheel looks at the buckets that have come, a list in order of"
                        + " age at its first element.",
                "SweepBenchmark.nothingDue");
        add(
                prices.perSession(
                        PriceTables.SWEEP_KEPT_ALIVE,
                        "A sweep with everything kept alive",
                        "Nanoseconds for each live session: the time of one sweep, over the number of sessions. Each"
                                + " session's timer has come since the sweep before, and none is due, since all were kept"
                                + " alive meanwhile. Single shots."),
                () -> "",
                "A keepalive of Rollcall leaves the timer as it is. Once per session and timeout a sweep therefore looks at"
                        + " the session and files it anew under its later deadline. The map under one lock looks at every"
                        + " session in every sweep. Caffeine moves a session to the end of its list when it is used, and not"
                        + " in the sweep.",
                "SweepBenchmark.everythingKeptAlive");
        add(
                prices.table(
                        PriceTables.EXPIRY,
                        "Expiring a million sessions",
                        "Milliseconds for one sweep that ends them all; single shots."),
                () -> Charts.oneEach(
                        file,
                        PriceTables.EXPIRY,
                        PriceTables.conditions(file, PriceTables.EXPIRY).get(0),
                        "milliseconds",
                        "The time to expire a million sessions, by peer"),
                "Every session has to be found, judged and taken out of its table: cache misses in the order of timers,"
                        + " which is not the order of the table. The map under one lock walks its table in its own order, has"
                        + " nothing else to take out, and answers nobody meanwhile. Where the full collection before it began with"
                        + " one of the young (JDK 17), the entries lie in the table's order too; where it did not (JDK 25, or"
                        + " -XX:-ScavengeBeforeFullGC), both took longer.",
                "ExpiryBenchmark");
        add(
                figures.latency(
                        "Requests while a million sessions expire",
                        "Microseconds from the instant at which a request was meant to start, 100,000 requests a second"
                                + " from one thread; the mean of the runs' percentiles."),
                () -> Charts.latency(file, "Percentiles of creates while a million sessions expire"),
                "A sweep under one lock is the longest wait of everyone else; one in bounded batches that lets others in"
                        + " between them is not. The row with nothing due is what the machine adds by itself.",
                "LatencyBenchmark -prof dev.rollcall.benchmarks.figures.FiguresProfiler");
    }

    private void addTransports() {
        add(
                prices.table(
                        PriceTables.GONE,
                        "One transport gone, with one session",
                        "Microseconds, among so many sessions of others."),
                () -> Charts.overLive(
                        file,
                        PriceTables.GONE,
                        "microseconds",
                        "The time of the loss of a transport, over live sessions"),
                "Rollcall visits the lists of that transport, one per shard; a table without them has to be scanned.",
                "TransportGoneBenchmark");
        add(
                prices.table(PriceTables.CLAIM, "Claim: a random session changes its transport", MILLION),
                () -> "",
                "A claim of Rollcall changes two lists and files the session anew, under the shard's lock; the map under one"
                        + " lock only notes the owner.",
                "ClaimBenchmark");
    }

    private void addCosts() {
        Setting usual = new Setting(1_000_000, Jvm.PARALLEL);
        add(
                figures.memory(
                        "Heap per live session",
                        "Bytes: the growth of the heap after full collections, over the number of sessions; ids that the"
                                + " user keeps are not counted."),
                () -> Charts.memory(file, usual, "Bytes of heap per live session, by peer"),
                "One object and its slots in flat arrays, against a node, a boxed key, a value and a timer each.",
                "MemoryBenchmark -prof dev.rollcall.benchmarks.figures.FiguresProfiler");
        add(
                figures.garbage("Garbage per operation", "Bytes allocated per operation."),
                () -> "",
                "A create needs the session, which is garbage when it has ended; a keepalive needs nothing, unless the key"
                        + " has to be boxed to be looked up.",
                "LifecycleBenchmark.replace -prof gc");
    }

    private static boolean isStrategy(Subject subject) {
        return subject.isRollcall() || subject == Subject.BARE_MAP;
    }

    private void add(Optional<Table> table, Supplier<String> chart, String cause, String benchmark) {
        table.ifPresent(present -> questions.add(new Question(present, chart.get(), cause, benchmark)));
    }
}
