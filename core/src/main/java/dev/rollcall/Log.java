package dev.rollcall;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The library's log, {@code dev.rollcall}. Logging cannot fail, whatever the log's handlers do. */
final class Log {
    /**
     * Null until it was found. The lookup may fail, for lack of memory or because the application's
     * logging is not up yet; then the next message looks again. A constant could not be looked up
     * twice: once its initializer has failed, its class is unusable for good.
     */
    private static volatile System.@Nullable Logger logger;

    private Log() {}

    /**
     * Logs a failure of something that the application plugged in.
     *
     * @param subject what the message is about; its text is made here, since making it may fail too
     */
    static void failure(Level level, String message, Object subject, Throwable thrown) {
        try {
            System.Logger found = logger;
            if (found == null) {
                found = System.getLogger("dev.rollcall");
                logger = found;
            }
            found.log(level, message + subject, thrown);
        } catch (Throwable ignored) {
            // Nothing is left to tell it to, and the caller's work is more important.
        }
    }
}
