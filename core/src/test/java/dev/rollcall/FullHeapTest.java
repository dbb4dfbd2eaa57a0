package dev.rollcall;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No memory, in the middle of an operation (G1, G2, G5, G8, G9, G10): what threw has changed nothing
 * or, where it is about many sessions, is finished by calling it again; and no event is lost. In a
 * JVM of its own, whose heap is full; see {@link FullHeap}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class FullHeapTest {
    /**
     * Without buffers of a thread's own, so that a free byte is free for whoever comes first. Most of the time goes
     * into full collections, each of which walks through all compiled code: so the less of that the better.
     */
    private static final List<String> SMALL_HEAP =
            List.of("-Xmx12m", "-XX:+UseSerialGC", "-XX:-UseTLAB", "-XX:-ClassUnloading", "-XX:TieredStopAtLevel=1");

    static Iterable<String> firstTimes() {
        return ColdHeap.names();
    }

    /** Before anything like it was done: so what the first time needs is missing too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("firstTimes")
    void lastSessionOfACrowd_heapIsFull_wholeOrNotAtAll(String operation) throws Exception {
        ChildJvm.run(ColdHeap.class, SMALL_HEAP, operation);
    }

    static Stream<String> scenarios() {
        return FullHeap.names().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void everyOperation_heapIsFull_wholeOrNotAtAll(String scenario) throws Exception {
        ChildJvm.run(FullHeap.class, SMALL_HEAP, scenario);
    }
}
