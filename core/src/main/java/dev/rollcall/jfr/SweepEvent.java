package dev.rollcall.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A sweep that ended sessions, or came at least a sweep period late. */
@Name("dev.rollcall.Sweep")
@Label("Sweep")
@Category("Rollcall")
@Description("A sweep that ended sessions, or came at least a sweep period late; one that did neither is not recorded")
@StackTrace(false)
public final class SweepEvent extends Event {
    /** The manager's name. */
    @Label("Manager")
    public @Nullable String manager;

    /** How many sessions it ended. */
    @Label("Ended")
    @Description("How many sessions timed out or were not claimed in time")
    public long ended;

    /** By the manager's ticker, in nanoseconds. */
    @Label("Late")
    @Description("How much later than one sweep period after the latest finished sweep began")
    @Timespan(Timespan.NANOSECONDS)
    public long late;

    /** In nanoseconds. */
    @Label("Took")
    @Description("How long it took, listeners included")
    @Timespan(Timespan.NANOSECONDS)
    public long took;

    /** An empty event. */
    public SweepEvent() {}
}
