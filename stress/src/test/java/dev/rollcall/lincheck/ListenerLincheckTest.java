package dev.rollcall.lincheck;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Transport;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * G8: whatever threads change a session, its events are told one at a time, in the order in which
 * the changes took effect, and none is missing once all threads have returned.
 */
class ListenerLincheckTest {
    /**
     * Follows one session's owner from event to event; an event that does not fit is remembered.
     */
    static final class Follower implements SessionListener<Integer> {
        private static final String NOBODY = "nobody";
        private static final String ENDED = "ended";

        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicReference<String> place = new AtomicReference<>();
        private final AtomicReference<String> misfit = new AtomicReference<>();

        private void follow(String from, String to) {
            boolean alone = busy.compareAndSet(false, true);
            String before = place.getAndSet(to);
            boolean fits = from == null ? before == null : from.equals(before);
            if (!alone || !fits) {
                misfit.set((alone ? "" : "at the same time: ") + from + " -> " + to + ", but it was " + before);
            }
            busy.set(false);
        }

        @Override
        public void created(Session<Integer> session, Transport<Integer> transport) {
            follow(null, transport.name());
        }

        @Override
        public void detached(Session<Integer> session, Transport<Integer> from) {
            follow(from.name(), NOBODY);
        }

        @Override
        public void claimed(Session<Integer> session, Transport<Integer> from, Transport<Integer> to) {
            follow(from == null ? NOBODY : from.name(), to.name());
        }

        @Override
        public void ended(Session<Integer> session, Transport<Integer> from, EndCause cause) {
            end();
        }

        private void end() {
            String before = place.get();
            follow(before == null || before.equals(ENDED) ? "live" : before, ENDED);
        }
    }

    /** One session is moved and ended; at rest the listener must have been told where it is. */
    public abstract static class Followed extends ManagerHarness {
        final Follower follower;

        Followed(Follower follower, UnaryOperator<SessionManagerBuilder<Integer>> more) {
            super(1, 1, more);
            this.follower = follower;
        }

        @Operation
        public Object claimFirst(@Param(gen = IntGen.class, conf = "0:1") int to) {
            return doClaimFirst(to);
        }

        @Operation
        public boolean gone(@Param(gen = IntGen.class, conf = "0:1") int transport) {
            return doGone(transport);
        }

        @Operation
        public boolean destroyFirst() {
            return doDestroyFirst();
        }

        @Validate
        public void validate() {
            SessionInfo info = doDescribeFirst();
            String expected = switch (info.phase()) {
                case ENDED -> Follower.ENDED;
                case DETACHED -> Follower.NOBODY;
                case ATTACHED -> info.transport();
            };
            if (follower.misfit.get() != null || !expected.equals(follower.place.get())) {
                throw new AssertionError(
                        follower.misfit + "; session is at " + expected + ", last told " + follower.place);
            }
        }
    }

    public static class Changes extends Followed {
        public Changes() {
            this(new Follower());
        }

        private Changes(Follower follower) {
            super(follower, builder -> builder.listener(follower));
        }
    }

    /** Each thread tells what it did once it has done it (jetty #6602: told by whoever comes first). */
    public static class ToldByTheCaller extends Followed {
        public ToldByTheCaller() {
            super(new Follower(), builder -> builder);
            follower.follow(null, Integer.toString(0));
        }

        @Override
        public Object claimFirst(int to) {
            String from = doOwnerFirst();
            Object claimed = super.claimFirst(to);
            if (claimed.equals(true)) {
                follower.follow(from == null ? Follower.NOBODY : from, Integer.toString(to));
            }
            return claimed;
        }

        @Override
        public boolean destroyFirst() {
            boolean destroyed = super.destroyFirst();
            if (destroyed) {
                follower.end();
            }
            return destroyed;
        }
    }

    private static ModelChecking claimAndEnd() {
        return ModelChecking.races(LifecycleModel.Reclaiming.class).race("", "", "claimFirst(1)", "destroyFirst");
    }

    @Test
    void claimAndEnd_areToldInOrder() {
        claimAndEnd().confirm(Changes.class);
    }

    @Test
    void claimAndEnd_toldByTheCaller_isRefuted() {
        claimAndEnd().refuteAtRest(ToldByTheCaller.class);
    }

    @Test
    void changes_twoThreads() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class).confirm(Changes.class);
    }

    @Test
    void changes_threeThreads() {
        ModelChecking.inSteps(LifecycleModel.Reclaiming.class).threads(3, 2).confirm(Changes.class);
    }
}
