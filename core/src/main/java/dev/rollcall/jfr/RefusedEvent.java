package dev.rollcall.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A create or claim was refused. Off unless asked for: clients decide how many there are. */
@Name("dev.rollcall.Refused")
@Label("Refused")
@Category("Rollcall")
@Description("A create or a claim was refused")
@Enabled(false)
@StackTrace(false)
public final class RefusedEvent extends Event {
    /** The manager's name. */
    @Label("Manager")
    public @Nullable String manager;

    /** {@code create} or {@code claim}. */
    @Label("Operation")
    public @Nullable String operation;

    /** The {@code RejectReason}. */
    @Label("Reason")
    public @Nullable String reason;

    /** The name of the transport that was to own the session. */
    @Label("Transport")
    public @Nullable String transport;

    /** An empty event. */
    public RefusedEvent() {}
}
