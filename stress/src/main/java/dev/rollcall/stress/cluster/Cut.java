package dev.rollcall.stress.cluster;

import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;

/**
 * A partition by the engine's own means: while it lasts, a member drops every message that it sends
 * or is sent. For tests and the storm. A gateway that runs by its command offers no way to it.
 */
final class Cut {
    private Cut() {}

    /** Cuts the member off from all others, or no longer. */
    static void set(JChannel channel, boolean isCut) throws Exception {
        ProtocolStack stack = channel.getProtocolStack();
        if (isCut) {
            stack.insertProtocol(new DISCARD().discardAll(true), ProtocolStack.Position.ABOVE, TP.class);
        } else {
            stack.removeProtocol(DISCARD.class);
        }
    }
}
