package dev.rollcall.lincheck;

import dev.rollcall.CounterStrategy;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Each counter strategy against its promise, and against the promise of the next stronger one,
 * which it must break: else the strategies would differ in cost only.
 */
class CounterLincheckTest {
    /** Creates, ends and lookups on two shards beside the count, which is exact once all is quiet. */
    public abstract static class Counted extends ManagerHarness {
        Counted(CounterStrategy strategy) {
            super(2, 0, builder -> builder.counter(strategy));
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:3") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }

        @Validate
        public void validate() {
            requireCounted();
        }
    }

    public static class Exact extends Counted {
        public Exact() {
            super(CounterStrategy.EXACT);
        }
    }

    public static class Atomic extends Counted {
        public Atomic() {
            super(CounterStrategy.ATOMIC);
        }
    }

    public static class Adder extends Counted {
        public Adder() {
            super(CounterStrategy.ADDER);
        }
    }

    public static class Table extends Counted {
        public Table() {
            super(CounterStrategy.TABLE);
        }
    }

    /** A control: it promises less. */
    public static class AtomicAsExact extends Atomic {}

    /** A control: it promises less. */
    public static class AdderAsExact extends Adder {}

    /** A control: it promises less. */
    public static class TableAsExact extends Table {}

    /** A control: it does under-count, for a session that was found may not be counted yet. */
    public static class TableAsAtomic extends Table {}

    /** Found but not counted, gone but still counted, a sum that never was. */
    private static ModelChecking counting(Class<? extends LifecycleModel> specification) {
        return ModelChecking.races(specification)
                .race("", "", "createHere(2)", "find(2); count")
                .race("", "", "createHere(2)", "count; find(2)")
                .race("", "", "destroy(1)", "find(1); count")
                .race("", "", "destroy(1)", "count; find(1)")
                .race("", "", "createHere(2); destroy(1)", "count; count");
    }

    @Test
    void exact_isLinearizable() {
        counting(LifecycleModel.EndingAtOnce.class).confirm(Exact.class);
    }

    @Test
    void atomic_neverUnderCounts() {
        counting(LifecycleModel.CountedBeside.class).confirm(Atomic.class);
    }

    @Test
    void adder_atRest_isExact() {
        counting(LifecycleModel.CountedAtRest.class).confirm(Adder.class);
    }

    @Test
    void table_atRest_isExact() {
        counting(LifecycleModel.CountedAtRest.class).confirm(Table.class);
    }

    @Test
    void atomic_asExact_isRefuted() {
        counting(LifecycleModel.EndingAtOnce.class).refute(AtomicAsExact.class);
    }

    @Test
    void adder_asExact_isRefuted() {
        counting(LifecycleModel.EndingAtOnce.class).refute(AdderAsExact.class);
    }

    @Test
    void table_asExact_isRefuted() {
        counting(LifecycleModel.EndingAtOnce.class).refute(TableAsExact.class);
    }

    @Test
    void table_asAtomic_isRefuted() {
        counting(LifecycleModel.CountedBeside.class).refute(TableAsAtomic.class);
    }
}
