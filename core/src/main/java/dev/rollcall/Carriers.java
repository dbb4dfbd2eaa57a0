package dev.rollcall;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which have to be mounted on a carrier to run. Java 17 cannot ask for them. */
final class Carriers {
    /** {@code Thread.isVirtual()}, or null where there are no virtual threads. */
    private static final @Nullable MethodHandle IS_VIRTUAL = find();

    private Carriers() {}

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Yields, or spins: a virtual thread needs memory to leave its carrier, and cannot with too deep a stack. */
    @SuppressWarnings("ThreadPriorityCheck") // only passes the time: correct whether or not it yields
    static void yieldIfPossible() {
        try {
            Thread.yield();
        } catch (OutOfMemoryError | StackOverflowError cannot) {
            Thread.onSpinWait();
        }
    }

    /** Of the calling thread. */
    static boolean isVirtualThread() {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("Thread.isVirtual() declares no exception", e);
        }
    }
}
