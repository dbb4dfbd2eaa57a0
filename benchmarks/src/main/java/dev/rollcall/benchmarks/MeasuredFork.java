package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.results.Jvm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the forks of all benchmarks have in common; JMH looks for annotations in superclasses too. The
 * iterations are for runs by hand: campaigns set their own.
 */
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgsAppend = {Jvm.PRE_TOUCH, Jvm.LENIENT, Jvm.HUGE_PAGES, Jvm.HEAP, Jvm.MOST_HEAP, Jvm.YOUNG, Jvm.COLLECTOR})
public abstract class MeasuredFork {
    /** For benchmarks. */
    protected MeasuredFork() {}
}
