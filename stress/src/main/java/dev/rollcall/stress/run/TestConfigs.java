package dev.rollcall.stress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.CPUMap;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.PresetRegularTopology;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.os.topology.TopologyParseException;
import org.openjdk.jcstress.vm.CompileMode;

/** What jcstress needs to know to run a test. */
final class TestConfigs {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Path out;
    private final Map<Integer, Scheduler> schedulers = new HashMap<>();

    TestConfigs(Path out) {
        this.out = out;
    }

    TestConfig of(StressTest test, JvmMode mode, int millis) throws IOException {
        TestInfo info = TestList.getInfo(test.name());
        String[] yielding = info.threads() > PROCESSORS ? new String[] {"-spinStyle", "THREAD_YIELD"} : new String[0];
        Options options = StressRun.options(out, millis, yielding);
        Scheduler scheduler = schedulers.computeIfAbsent(info.threads(), TestConfigs::scheduler);
        // No affinity: pinned threads lose to whatever else runs on their processor.
        List<SchedulingClass> classes =
                scheduler.scheduleClasses(info.threads(), Math.max(info.threads(), PROCESSORS), AffinityMode.NONE);
        TestConfig config = new TestConfig(options, info, 0, mode.arguments(), CompileMode.UNIFIED, classes.get(0));
        CPUMap map = scheduler.tryAcquire(classes.get(0));
        config.setCPUMap(map);
        scheduler.release(map);
        return config;
    }

    /**
     * Where a test has more actors than there are processors, jcstress would not run it. Told of a larger
     * machine, it does, and its actors share what there is.
     */
    private static Scheduler scheduler(int actors) {
        if (actors <= PROCESSORS) {
            return new Scheduler(Topology.get(), PROCESSORS);
        }
        try {
            return new Scheduler(new PresetRegularTopology(1, actors, 1), actors);
        } catch (TopologyParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
