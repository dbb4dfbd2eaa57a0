package dev.rollcall.stress.subjects;

import dev.rollcall.stress.controls.JanusSessions;

/** The fix that Janus published: every path counts down, whether or not it removed the session. */
public final class JanusPublishedFix extends JanusModel {
    /** Made by the suite. */
    public JanusPublishedFix() {
        super(JanusSessions.Policy.PUBLISHED_FIX);
    }
}
