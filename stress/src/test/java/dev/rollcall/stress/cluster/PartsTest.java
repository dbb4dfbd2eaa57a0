package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was said in a former view must not decide anything in this one. */
class PartsTest {
    private final Parts parts = new Parts();

    private static Notice.Part part(String view, long sequence) {
        return new Notice.Part(view, "node-1", "", sequence, 0, 0, 0, 0, 0, 0, true, new String[0]);
    }

    @Test
    void partOfAFormerView_countsAsFigureOnly() {
        parts.received("a", part("1", 1));
        assertThat(parts.of("a", "1")).isNotNull();
        assertThat(parts.of("a", "2")).isNull();
        assertThat(parts.of("a")).isNotNull();
    }

    @Test
    void partThatComesLate_doesNotReplaceALaterOne() {
        parts.received("a", part("2", 2));
        parts.received("a", part("1", 1));
        assertThat(parts.of("a", "2")).isNotNull();
    }
}
