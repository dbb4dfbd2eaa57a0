package dev.rollcall.stress.soak;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;

/** A listener that throws, and that calls back into the manager. */
final class UnrulyListener implements SessionListener<History> {
    private static final int RARELY = 256;
    private static final int OFTEN = 8;

    private final Stage stage;

    /** Whether this thread is calling back already: what it then causes is left alone. */
    private final ThreadLocal<Boolean> callingBack = ThreadLocal.withInitial(() -> false);

    UnrulyListener(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void created(Session<History> session, Transport<History> transport) {
        react(() -> stage.facade.destroy(session));
    }

    @Override
    public void detached(Session<History> session, Transport<History> from) {
        react(() -> stage.facade.claim(session, stage.anyTransport(), Worker.SECRET));
    }

    @Override
    public void claimed(Session<History> session, Transport<History> from, Transport<History> to) {
        react(() -> stage.facade.keepAlive(session));
    }

    @Override
    public void ended(Session<History> session, Transport<History> from, EndCause cause) {
        stage.coverage.happened("end " + cause);
        react(() -> {
            stage.findings.check(!session.isLive(), "G8: told of the end of a live session");
            stage.findings.check(stage.manager.find(session.id()) != session, "G1: an ended session was found");
            stage.findings.check(stage.facade.live(stage.manager.counts()) >= 0, "G1: a negative count");
        });
    }

    private void react(Runnable reaction) {
        if (!callingBack.get() && stage.random().nextInt(OFTEN) == 0) {
            callingBack.set(true);
            try {
                stage.coverage.happened("listener called back");
                reaction.run();
            } finally {
                callingBack.set(false);
            }
        }
        if (stage.random().nextInt(RARELY) == 0) {
            stage.coverage.happened("listener threw");
            throw new IllegalStateException("on purpose");
        }
    }
}
