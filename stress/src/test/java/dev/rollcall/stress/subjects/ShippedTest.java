package dev.rollcall.stress.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.subjects.Shipped.Expected;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every subject really does the work that it is put through the races for; on one thread, where all but one count. */
class ShippedTest {
    private static SessionSubject open(Shipped shipped) throws ReflectiveOperationException {
        return shipped.adapter().getConstructor().newInstance();
    }

    @ParameterizedTest
    @EnumSource
    void ends_ofEveryKind_areDoneAndCounted(Shipped shipped) throws Exception {
        // On the system's clock the session that is kept alive is due again after some milliseconds.
        for (boolean isPrompt = false; !isPrompt; ) {
            try (SessionSubject subject = open(shipped)) {
                isPrompt = endsAllButOne(subject, shipped == Shipped.JANUS_1_3_0 ? 1 : 0);
            }
        }
    }

    /** False if it took too long to be told from a timeout. */
    private static boolean endsAllButOne(SessionSubject subject, int forgotten) {
        String destroyed = subject.create();
        String timedOut = subject.create();
        assertThat(subject.count()).isEqualTo(2);
        assertThat(subject.destroy(destroyed)).isNotEqualTo(Answer.NO);
        assertThat(subject.destroy(destroyed)).isNotEqualTo(Answer.YES);

        subject.makeDue(timedOut);
        long keptAt = System.nanoTime();
        String kept = subject.create();
        assertThat(subject.keepAlive(kept)).isEqualTo(Answer.YES);
        int ended = subject.sweep();
        if (System.nanoTime() - keptAt > subject.sessionTimeout().toNanos() / 2) {
            return false;
        }

        assertThat(ended).isIn(1, SessionSubject.UNTOLD);
        assertThat(subject.find(destroyed)).isFalse();
        assertThat(subject.find(timedOut)).isFalse();
        assertThat(subject.find(kept)).isTrue();
        assertThat(subject.count()).isEqualTo(1 + forgotten);
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void keepAlive_beforeTheDeadline_isServed(Shipped shipped) throws Exception {
        try (SessionSubject subject = open(shipped)) {
            String id = subject.create();

            assertThat(subject.keepAlive(id)).isEqualTo(Answer.YES);
            assertThat(subject.keepAlive("999")).isEqualTo(Answer.NO);
            assertThat(subject.destroy("999")).isEqualTo(Answer.NO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aboutIt_everythingIsSaid(Shipped shipped) {
        assertThat(shipped.version()).isNotBlank().doesNotContain("$");
        assertThat(shipped.title()).isNotBlank();
        assertThat(shipped.assumes().isEmpty()).isEqualTo(shipped.expected() == Expected.SOUND);
    }
}
