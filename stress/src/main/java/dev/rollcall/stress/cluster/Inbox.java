package dev.rollcall.stress.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;

/**
 * What the engine calls, on threads of its own: hands everything on to the cluster's thread. Ports
 * are open to whoever reaches them, so what cannot be read is dropped, and must not stop a node.
 */
final class Inbox implements Receiver {
    private static final System.Logger LOGGER = System.getLogger(Inbox.class.getName());

    private final Executor thread;
    private final BiConsumer<Address, Notice> read;
    private final Consumer<View> viewed;

    /** Confined to the cluster's thread. Only the first is worth a warning: who sends one may send many. */
    private Level level = Level.WARNING;

    Inbox(Executor thread, BiConsumer<Address, Notice> read, Consumer<View> viewed) {
        this.thread = thread;
        this.read = read;
        this.viewed = viewed;
    }

    @Override
    public void receive(Message message) {
        int start = message.getOffset();
        byte[] bytes = message.hasArray()
                ? Arrays.copyOfRange(message.getArray(), start, start + message.getLength())
                : new byte[0];
        Address from = message.getSrc();
        thread.execute(() -> received(from, bytes));
    }

    @Override
    public void viewAccepted(View next) {
        thread.execute(() -> viewed.accept(next));
    }

    private void received(Address from, byte[] bytes) {
        Notice notice;
        try {
            if (from == null) {
                throw new IOException("nobody sent it");
            }
            notice = Notice.read(bytes);
        } catch (IOException unreadable) {
            LOGGER.log(level, () -> "dropped a message that cannot be read, from " + from + ": " + unreadable);
            level = Level.DEBUG;
            return;
        }
        read.accept(from, notice);
    }
}
