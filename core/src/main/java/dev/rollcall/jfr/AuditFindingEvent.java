package dev.rollcall.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An audit found a disagreement, which is a defect of the library. */
@Name("dev.rollcall.AuditFinding")
@Label("Audit Finding")
@Category("Rollcall")
@Description("An audit found two records of one fact that differ: a defect of the library")
@StackTrace(false)
public final class AuditFindingEvent extends Event {
    /** The manager's name. */
    @Label("Manager")
    public @Nullable String manager;

    /** What the fact is about. */
    @Label("Subject")
    public @Nullable String subject;

    /** Which fact. */
    @Label("Fact")
    public @Nullable String fact;

    /** What one record says. */
    @Label("Expected")
    public @Nullable String expected;

    /** What the other says. */
    @Label("Found")
    public @Nullable String found;

    /** An empty event. */
    public AuditFindingEvent() {}
}
