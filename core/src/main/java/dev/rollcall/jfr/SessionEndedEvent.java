package dev.rollcall.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A session has ended. Off unless asked for: there is one for each session. */
@Name("dev.rollcall.SessionEnded")
@Label("Session Ended")
@Category("Rollcall")
@Description("A session has ended; told after the end, with the events for listeners")
@Enabled(false)
@StackTrace(false)
public final class SessionEndedEvent extends Event {
    /** The manager's name. */
    @Label("Manager")
    public @Nullable String manager;

    /** The end of the session's id, which is a capability. */
    @Label("Session")
    @Description("The end of the session's id")
    public @Nullable String session;

    /** The {@code EndCause}. */
    @Label("Cause")
    public @Nullable String cause;

    /** The name of the transport that owned it, or null if it was detached. */
    @Label("Transport")
    @Description("The owner until then; none if the session was detached")
    public @Nullable String transport;

    /**
     * In nanoseconds, up to 135 milliseconds too long. With a coarse clock it may also be too short,
     * see {@link dev.rollcall.SessionInfo#age}.
     */
    @Label("Lifetime")
    @Description("Time since the session was created, up to 135 ms too long; with a coarse clock it may be too short")
    @Timespan(Timespan.NANOSECONDS)
    public long lifetime;

    /** An empty event. */
    public SessionEndedEvent() {}
}
