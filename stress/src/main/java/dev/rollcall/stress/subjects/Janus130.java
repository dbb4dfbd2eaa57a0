package dev.rollcall.stress.subjects;

import dev.rollcall.stress.controls.JanusSessions;

/** Janus 1.3.0: timeouts and lost transports forget the number. */
public final class Janus130 extends JanusModel {
    /** Made by the suite. */
    public Janus130() {
        super(JanusSessions.Policy.JANUS_1_3_0);
    }
}
