package dev.rollcall.stress.soak;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.Transport;
import dev.rollcall.stress.soak.History.Entry;
import dev.rollcall.stress.soak.History.Kind;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** The soak's controls: façades that err once in twenty times. Each must make the run fail. */
enum Defect {
    /** None: the manager as it is. */
    NONE(Facade::new),

    /** An end that nobody is told of (Janus #3533). */
    DROPPED_EVENT((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        public void ended(Session<History> session, Transport<History> from, EndCause cause) {
            if (!NOW_AND_THEN.errs()) {
                super.ended(session, from, cause);
            }
        }
    }),

    /** An end that is told of twice (Hazelcast PR #6310). */
    DOUBLED_EVENT((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        public void ended(Session<History> session, Transport<History> from, EndCause cause) {
            super.ended(session, from, cause);
            if (NOW_AND_THEN.errs()) {
                super.ended(session, from, cause);
            }
        }
    }),

    /** An end with another cause than the session's (Caffeine #412). */
    WRONG_CAUSE((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        public void ended(Session<History> session, Transport<History> from, EndCause cause) {
            super.ended(session, from, NOW_AND_THEN.errs() ? EndCause.ADMIN_DESTROYED : cause);
        }
    }),

    /** A loser that is told it won. */
    TWO_WINNERS((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        boolean destroy(Session<History> session) {
            boolean won = super.destroy(session);
            if (!won && NOW_AND_THEN.errs()) {
                session.attachment().add(new Entry(Kind.DESTROY_RETURNED, null, null, null, clockNanos()));
                return true;
            }
            return won;
        }
    }),

    /** A keepalive that says yes and does nothing (spring-session #93). */
    LOST_KEEPALIVE((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        boolean keepAlive(Session<History> session) {
            if (session.isLive() && NOW_AND_THEN.errs()) {
                session.attachment().add(new Entry(Kind.KEEPALIVE_RETURNED, null, null, null, clockNanos()));
                return true;
            }
            return super.keepAlive(session);
        }
    }),

    /** A claim that says yes and does nothing (Janus' claim against timeout). */
    LOST_CLAIM((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        boolean claim(Session<History> session, Transport<History> to, byte[] secret) {
            if (session.isLive() && NOW_AND_THEN.errs()) {
                session.attachment().add(new Entry(Kind.CLAIM_RETURNED, null, null, null, clockNanos()));
                return true;
            }
            return super.claim(session, to, secret);
        }
    }),

    /** A loss that leaves sessions attached (Janus' orphans). */
    ORPHANS((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        void gone(Transport<History> transport) {
            if (!NOW_AND_THEN.errs()) {
                super.gone(transport);
            }
        }
    }),

    /** A count beside the table that misses an end (Janus #3526). */
    DRIFTING_COUNT((clock, coverage) -> new Facade(clock, coverage) {
        @Override
        long live(SessionCounts counts) {
            return counts.live() + counts.ended(EndCause.TIMED_OUT) / Occasions.RARITY;
        }
    });

    /** Counts the occasions to err. */
    private static final class Occasions {
        private static final int RARITY = 20;
        private final AtomicLong number = new AtomicLong();

        boolean errs() {
            return number.incrementAndGet() % RARITY == 0;
        }
    }

    private static final Occasions NOW_AND_THEN = new Occasions();

    private final BiFunction<AtomicLong, Coverage, Facade> facades;

    Defect(BiFunction<AtomicLong, Coverage, Facade> facades) {
        this.facades = facades;
    }

    Facade facade(AtomicLong clock, Coverage coverage) {
        return facades.apply(clock, coverage);
    }
}
