package dev.rollcall.lincheck;

import dev.rollcall.count.CounterStrategy;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Each counter strategy against its promise, and against the promise of the next stronger one,
 * which it must break: else the strategies would differ in cost only.
 */
class CounterLincheckTest {
    /** Counted by EXACT. */
    public static class Exact extends ManagerHarness {
        public Exact() {
            super(2, 0, builder -> builder.counter(CounterStrategy.EXACT));
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }
    }

    /** Counted by ATOMIC. */
    public static class Atomic extends ManagerHarness {
        public Atomic() {
            super(2, 0, builder -> builder.counter(CounterStrategy.ATOMIC));
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }
    }

    /** Counted by ADDER. */
    public static class Adder extends ManagerHarness {
        public Adder() {
            super(2, 0, builder -> builder.counter(CounterStrategy.ADDER));
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }
    }

    /** Counted by TABLE. */
    public static class Table extends ManagerHarness {
        public Table() {
            super(2, 0, builder -> builder.counter(CounterStrategy.TABLE));
        }

        @Operation
        public String createHere(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doCreate(id, 0);
        }

        @Operation
        public boolean destroy(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doDestroy(id);
        }

        @Operation
        public boolean find(@Param(gen = IntGen.class, conf = "1:2") int id) {
            return doFind(id);
        }

        @Operation
        public long count() {
            return doCount();
        }
    }

    @Test
    void exact_isLinearizable() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).confirm(Exact.class);
    }

    @Test
    void atomic_neverUnderCounts() {
        ModelChecking.inSteps(LifecycleModel.CountedBeside.class).confirm(Atomic.class);
    }

    @Test
    void atomic_isNotLinearizable() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).refute(Atomic.class);
    }

    @Test
    void adder_isNotLinearizable() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).refute(Adder.class);
    }

    @Test
    void table_isNotLinearizable() {
        ModelChecking.inSteps(LifecycleModel.EndingAtOnce.class).refute(Table.class);
    }

    /** It does under-count: a session that was found may not be counted yet. */
    @Test
    void table_doesNotKeepAtomicsPromise() {
        ModelChecking.inSteps(LifecycleModel.CountedBeside.class).refute(Table.class);
    }
}
