package dev.rollcall;

import java.lang.System.Logger.Level;

/** The library's log, {@code dev.rollcall}. Logging cannot fail, whatever the log's handlers do. */
final class Log {
    /** Looked up when first used, so that a log that cannot be found disturbs nobody either. */
    private static final class Holder {
        static final System.Logger LOGGER = System.getLogger("dev.rollcall");
    }

    private Log() {}

    /**
     * Logs a failure of something that the application plugged in.
     *
     * @param subject what the message is about; its text is made here, since making it may fail too
     */
    static void failure(Level level, String message, Object subject, Throwable thrown) {
        try {
            Holder.LOGGER.log(level, message + subject, thrown);
        } catch (Throwable ignored) {
            // Nothing is left to tell it to, and the caller's work is more important.
        }
    }
}
