package dev.rollcall.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A transport is gone. */
@Name("dev.rollcall.TransportGone")
@Label("Transport Gone")
@Category("Rollcall")
@Description("A transport was lost or closed, and all its sessions were detached or ended")
@StackTrace(false)
public final class TransportGoneEvent extends Event {
    /** The manager's name. */
    @Label("Manager")
    public @Nullable String manager;

    /** The transport's name. */
    @Label("Transport")
    public @Nullable String transport;

    /** Whether it was closed in an orderly way, rather than lost. */
    @Label("Closed")
    @Description("Whether it was closed in an orderly way, rather than lost")
    public boolean closed;

    /** How many sessions the call detached or ended. */
    @Label("Sessions")
    @Description("How many sessions were detached or ended")
    public long sessions;

    /** An empty event. */
    public TransportGoneEvent() {}
}
