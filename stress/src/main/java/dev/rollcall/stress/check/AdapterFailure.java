package dev.rollcall.stress.check;

/** An adapter did what no adapter may: the message names class and method, and what it did. */
public final class AdapterFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message that needs no other explanation. */
    AdapterFailure(String message) {
        super(message);
    }

    /** A method that did something else than it may. */
    static AdapterFailure of(Class<?> adapter, String method, String what) {
        return new AdapterFailure(adapter.getName() + '.' + method + ' ' + what);
    }

    /** A method that threw. Errors of linkage have one explanation. */
    static AdapterFailure thrown(Class<?> adapter, String method, Throwable thrown) {
        if (thrown instanceof AdapterFailure failure) {
            return failure;
        }
        String why = thrown instanceof LinkageError
                ? "cannot be called; was it compiled against another version of " + SessionSubject.class.getName()
                        + "? "
                : "threw ";
        StackTraceElement[] trace = thrown.getStackTrace();
        return of(adapter, method, why + oneLine(thrown) + (trace.length == 0 ? "" : " at " + trace[0]));
    }

    private static String oneLine(Throwable thrown) {
        return thrown.toString().replaceAll("\\s+", " ");
    }
}
