package dev.rollcall;

/**
 * What listeners were told of one session: its attachment, so that to write it down takes neither
 * memory nor, to speak of, stack.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time tells of a session (G8)
final class Told {
    /** Writes down what it is told. One for all sessions. */
    static final SessionListener<Told> LISTENER = new SessionListener<>() {
        @Override
        public void created(Session<Told> session, Transport<Told> transport) {
            Told told = session.attachment();
            if (told.created != 0 || told.ended != 0) {
                told.disordered = true;
            }
            told.created = told.created + 1;
            told.owner = transport;
        }

        @Override
        public void detached(Session<Told> session, Transport<Told> from) {
            Told told = session.attachment();
            if (told.owner != from || told.created == 0 || told.ended != 0) {
                told.disordered = true;
            }
            told.detached = told.detached + 1;
            told.owner = null;
        }

        @Override
        public void claimed(Session<Told> session, Transport<Told> from, Transport<Told> to) {
            Told told = session.attachment();
            if (told.owner != from || told.created == 0 || told.ended != 0) {
                told.disordered = true;
            }
            told.claimed = told.claimed + 1;
            told.owner = to;
        }

        @Override
        public void ended(Session<Told> session, Transport<Told> from, EndCause cause) {
            Told told = session.attachment();
            if (told.created == 0 || told.ended != 0) {
                told.disordered = true;
            }
            told.ended = told.ended + 1;
            told.owner = null;
        }
    };

    // Volatile: written by one thread at a time (G8), read by others.
    volatile int created;
    volatile int detached;
    volatile int claimed;
    volatile int ended;

    /** Whose the session is, by what was told. */
    volatile Transport<?> owner;

    /** An event came that cannot follow the one before it. */
    volatile boolean disordered;
}
