package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Handles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What one node tells, and what another makes of it. */
class DirectoryTest {
    private final Directory here = new Directory();
    private final Directory there = new Directory();
    private final AtomicLong ids = new AtomicLong();
    private final SessionManager<Handles> sessions = SessionManager.<Handles>builder()
            .callerSweeps()
            .idSource(ids::incrementAndGet)
            .listener(here)
            .build();
    private final Transport<Handles> transport = sessions.openTransport("test");

    /** What is told, which the other reads. */
    private List<Notice.Changes> flush() {
        List<Notice.Changes> told = new ArrayList<>();
        here.flush(sessions, notice -> {
            Notice.Changes changes = (Notice.Changes) notice;
            told.add(changes);
            there.changed("here", changes);
        });
        return told;
    }

    @Test
    void changesOfOneId_becomeOne_andTellWhatIs() {
        flush();
        Session<Handles> kept = sessions.create(transport);
        sessions.create(transport).destroy();
        Session<Handles> former =
                sessions.create(transport, SessionOptions.<Handles>defaults().id(77));
        former.destroy();
        sessions.create(transport, SessionOptions.<Handles>defaults().id(77));

        List<Notice.Changes> told = flush();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).live()).containsExactly(kept.id(), 77);
        assertThat(told.get(0).ended()).containsExactly(2);
        assertThat(there.holder(77)).isEqualTo("here");
        assertThat(there.holder(2)).isNull();
        assertThat(flush()).isEmpty();
    }

    @Test
    void moreThanIsNoted_isToldAsTheWholeListing() {
        flush();
        for (int i = 0; i < Directory.MOST_NOTED / 2 + 1; i++) {
            sessions.create(transport).destroy();
        }
        for (int i = 0; i < Directory.MOST_IN_MESSAGE + 5; i++) {
            sessions.create(transport);
        }

        List<Notice.Changes> told = flush();
        assertThat(told).hasSize(2);
        assertThat(told.get(0).whole()).isTrue();
        assertThat(told.get(1).whole()).isFalse();
        assertThat(there.size("here")).isEqualTo(Directory.MOST_IN_MESSAGE + 5);
        assertThat(there.isUpTo("here", here.told())).isTrue();
    }

    @Test
    void missedChanges_areSeen_andMadeGoodByTellingAll() {
        flush();
        Session<Handles> missed = sessions.create(transport);
        here.flush(sessions, notice -> {});
        assertThat(there.isUpTo("here", here.told())).isFalse();
        sessions.create(transport);
        flush();
        assertThat(there.isUpTo("here", here.told())).isFalse();
        assertThat(there.holder(missed.id())).isNull();

        here.tellAll();
        flush();
        assertThat(there.isUpTo("here", here.told())).isTrue();
        assertThat(there.holder(missed.id())).isEqualTo("here");
        there.retain(Set.of("another"));
        assertThat(there.holder(missed.id())).isNull();
        assertThat(there.size("here")).isZero();
    }

    @Test
    void tellingAll_replacesWhatWasKnown() {
        Session<Handles> session = sessions.create(transport);
        flush();
        assertThat(there.holder(session.id())).isEqualTo("here");
        session.destroy();
        here.tellAll();
        assertThat(flush()).hasSize(1);
        assertThat(there.holder(session.id())).isNull();
    }

    /** For meanwhile it is looked up who holds what. */
    @Test
    void tellingAllInSeveralMessages_replacesWhatWasKnown_onlyWithTheLast() {
        for (int i = 0; i < Directory.MOST_IN_MESSAGE + 5; i++) {
            sessions.create(transport);
        }
        flush();
        Session<Handles> ended = sessions.find(1);
        ended.destroy();
        here.tellAll();
        List<Notice.Changes> told = new ArrayList<>();
        here.flush(sessions, notice -> told.add((Notice.Changes) notice));
        assertThat(told).hasSize(2);

        there.changed("here", told.get(0));
        assertThat(sessions.sessions()).allMatch(session -> there.holder(session.id()) != null);
        there.changed("here", told.get(1));
        assertThat(sessions.sessions()).allMatch(session -> there.holder(session.id()) != null);
        assertThat(there.holder(ended.id())).isNull();
        assertThat(there.isUpTo("here", here.told())).isTrue();
    }
}
