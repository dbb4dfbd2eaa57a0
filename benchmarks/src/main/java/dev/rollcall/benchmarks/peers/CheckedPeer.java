package dev.rollcall.benchmarks.peers;

import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.check.SubjectClass;
import dev.rollcall.stress.subjects.Shipped;

/**
 * A subject of the stress module's {@code check}, through the adapter that is put through the races. So it has whatever the
 * adapter has: ids that are texts, a listener if it has events, and a clock that is moved by hand, and so costs nothing to
 * read, where the manager takes one.
 */
public final class CheckedPeer implements Peer {
    private final SessionSubject subject;

    private CheckedPeer(SessionSubject subject) {
        this.subject = subject;
    }

    /**
     * Opens one without sessions.
     *
     * @param name the name of one that comes with the suite, or the class of an adapter on the class path
     */
    public static CheckedPeer named(String name) {
        return new CheckedPeer(Shipped.named(name)
                .map(Shipped::openToMeasure)
                .orElseGet(() -> SubjectClass.named(name).open()));
    }

    /** With ids of the same cheap source for all, if the manager takes any. */
    @Override
    public Client connect(String name, int seats) {
        return subject instanceof SessionSubject.OwnIds taker
                ? new SubjectClient(seats) {
                    @Override
                    String create() {
                        String id = Ids.cheapNumeral();
                        while (taker.create(id) == Answer.NO) {
                            id = Ids.cheapNumeral();
                        }
                        return id;
                    }
                }
                : new SubjectClient(seats) {
                    @Override
                    String create() {
                        return subject.create();
                    }
                };
    }

    private abstract class SubjectClient extends KeyClient<String> {
        SubjectClient(int seats) {
            super(seats);
        }

        @Override
        final boolean destroy(String id) {
            return subject.destroy(id) != Answer.NO;
        }

        @Override
        final boolean keepAlive(String id) {
            return subject.keepAlive(id) == Answer.YES;
        }
    }

    @Override
    public long count() {
        return subject.count();
    }

    @Override
    public void close() {
        subject.close();
    }
}
