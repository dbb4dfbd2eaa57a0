package dev.rollcall.stress.check;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Ends the virtual machine that runs the races when an adapter fails, or does not return. */
final class Hangs {
    /** Before the reason, on standard error. */
    static final String MARK = "adapter failure: ";

    /** How long one call of an adapter may take. */
    static final long PATIENCE_SECONDS = 5;

    private static final int STATUS = 3;
    private static final AtomicBoolean WATCHING = new AtomicBoolean();

    private Hangs() {}

    /**
     * Starts the watch, once.
     *
     * @param progress a number that changes as long as the races go on
     */
    static void watch(Class<?> adapter, LongSupplier progress) {
        if (!WATCHING.get() && WATCHING.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> watchForever(adapter, progress), "adapter-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void watchForever(Class<?> adapter, LongSupplier progress) {
        String methodBefore = "";
        long progressBefore = -1;
        while (true) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            String method = methodIn(Thread.getAllStackTraces().values());
            long now = progress.getAsLong();
            // Between two tests there is no progress either, but nobody is within the adapter.
            if (!method.isEmpty() && method.equals(methodBefore) && now == progressBefore) {
                exit(AdapterFailure.of(adapter, method, didNotReturn()));
            }
            methodBefore = method;
            progressBefore = now;
        }
    }

    static String didNotReturn() {
        return "did not return within " + PATIENCE_SECONDS + " seconds";
    }

    /** The method of the adapter that a thread is in, or nothing. */
    static String methodIn(Collection<StackTraceElement[]> stacks) {
        for (StackTraceElement[] stack : stacks) {
            for (int depth = 1; depth < stack.length; depth++) {
                if (stack[depth].getClassName().equals(SubjectClass.class.getName())) {
                    return "<init>";
                }
                boolean isCaller = isOurs(stack[depth]) && !isOurs(stack[depth - 1]);
                if (isCaller) {
                    return stack[depth - 1].getMethodName();
                }
            }
        }
        return "";
    }

    /** Its lambdas have classes of their own, named after it. */
    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith(Calls.class.getName());
    }

    /** Tells and ends. */
    static AdapterFailure exit(AdapterFailure failure) {
        System.err.println(MARK + failure.getMessage());
        Runtime.getRuntime().halt(STATUS);
        return failure;
    }
}
