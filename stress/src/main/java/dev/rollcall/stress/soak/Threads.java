package dev.rollcall.stress.soak;

import java.util.Map;

/** Where threads stand, for a report that one of them does not move. */
final class Threads {
    private Threads() {}

    /** The stacks of the threads whose names begin so. */
    static String dump(String prefix) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (thread.getKey().getName().startsWith(prefix)) {
                text.append(thread.getKey()).append('\n');
                for (StackTraceElement frame : thread.getValue()) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
        }
        return text.toString();
    }
}
