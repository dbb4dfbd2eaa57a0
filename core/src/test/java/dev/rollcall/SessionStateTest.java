package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The state word: every legal edge, each field for itself, both ends of every field's range. */
class SessionStateTest {
    private static final int GENERATIONS = 1 << 13;
    private static final long[] TIMES = {0, 1, 4711, 1L << 45, Quanta.MAX - 1, Quanta.MAX};

    /** Attached and detached words at all times, with generations at both ends and in the middle. */
    static Stream<Long> liveWords() {
        List<Long> words = new ArrayList<>();
        for (long time : TIMES) {
            for (int generation : new int[] {0, 1, 4096, GENERATIONS - 1}) {
                long attached = attached(time, generation);
                words.add(attached);
                words.add(SessionState.detached(attached, time));
            }
        }
        return words.stream();
    }

    private static long attached(long time, int generation) {
        long word = SessionState.attached(time);
        for (int i = 0; i < generation; i++) {
            word = SessionState.claimed(word, time);
        }
        return word;
    }

    private static void assertWord(long word, SessionPhase phase, int generation, long time) {
        assertThat(SessionState.phase(word)).isEqualTo(phase);
        assertThat(SessionState.isAttached(word)).isEqualTo(phase == SessionPhase.ATTACHED);
        assertThat(SessionState.isDetached(word)).isEqualTo(phase == SessionPhase.DETACHED);
        assertThat(SessionState.isEnded(word)).isEqualTo(phase == SessionPhase.ENDED);
        assertThat(word < 0).as("ended is negative").isEqualTo(phase == SessionPhase.ENDED);
        assertThat(SessionState.generation(word)).isEqualTo(generation);
        assertThat(SessionState.time(word)).isEqualTo(time);
    }

    @Test
    void attached_everyTime_isTheFirstGeneration() {
        for (long time : TIMES) {
            assertWord(SessionState.attached(time), SessionPhase.ATTACHED, 0, time);
            assertThat(SessionState.toString(SessionState.attached(time))).isEqualTo("ATTACHED");
        }
    }

    @ParameterizedTest
    @MethodSource("liveWords")
    void active_laterTime_changesOnlyTheTime(long word) {
        if (!SessionState.isAttached(word)) {
            return;
        }
        long later = SessionState.active(word, Quanta.MAX);
        assertWord(later, SessionPhase.ATTACHED, SessionState.generation(word), Quanta.MAX);
        assertThat(SessionState.active(word, SessionState.time(word))).isEqualTo(word);
    }

    @ParameterizedTest
    @MethodSource("liveWords")
    void claimed_anyLiveWord_isAttachedInTheNextGeneration(long word) {
        int generation = (SessionState.generation(word) + 1) % GENERATIONS;
        long time = SessionState.time(word);
        assertWord(SessionState.claimed(word, time), SessionPhase.ATTACHED, generation, time);
        assertWord(SessionState.claimed(word, Quanta.MAX), SessionPhase.ATTACHED, generation, Quanta.MAX);
        // Time never moves back.
        assertWord(SessionState.claimed(word, 0), SessionPhase.ATTACHED, generation, time);
    }

    @ParameterizedTest
    @MethodSource("liveWords")
    void detached_anyLiveWord_keepsTheGeneration(long word) {
        int generation = SessionState.generation(word);
        long time = SessionState.time(word);
        assertWord(SessionState.detached(word, time), SessionPhase.DETACHED, generation, time);
        assertWord(SessionState.detached(word, Quanta.MAX), SessionPhase.DETACHED, generation, Quanta.MAX);
        assertWord(SessionState.detached(word, 0), SessionPhase.DETACHED, generation, time);
        assertThat(SessionState.toString(SessionState.detached(word, time))).isEqualTo("DETACHED");
    }

    @ParameterizedTest
    @MethodSource("liveWords")
    void ended_everyCause_keepsGenerationAndTime(long word) {
        for (EndCause cause : EndCause.values()) {
            long ended = SessionState.ended(word, cause);
            assertWord(ended, SessionPhase.ENDED, SessionState.generation(word), SessionState.time(word));
            assertThat(SessionState.cause(ended)).isEqualTo(cause);
            assertThat(SessionState.toString(ended)).isEqualTo("ENDED/" + cause);
        }
    }

    /** Eight thousand claims later the generation is what it was, and nothing else was touched. */
    @Test
    void claimed_pastTheLastGeneration_wrapsAroundIntoNothingElse() {
        long word = attached(4711, GENERATIONS - 1);
        // As if it had never been claimed: no bit of the sum is left over.
        assertThat(SessionState.claimed(word, 4712)).isEqualTo(SessionState.attached(4712));
        long detached = SessionState.detached(word, 4712);
        assertWord(SessionState.claimed(detached, 4713), SessionPhase.ATTACHED, 0, 4713);
    }

    @Test
    void words_differentFields_areAllDifferent() {
        List<Long> words = new ArrayList<>(liveWords().toList());
        for (long word : liveWords().toList()) {
            for (EndCause cause : EndCause.values()) {
                words.add(SessionState.ended(word, cause));
            }
        }
        // A detached word and its attached sibling end alike: the phase before is not kept.
        assertThat(words.stream().distinct().count()).isEqualTo(words.size() - words.size() / 16 * 7);
    }
}
