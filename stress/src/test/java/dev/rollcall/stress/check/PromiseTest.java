package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.check.SessionSubject.Answer;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final String OFF = Promise.COUNT_AT_REST.broken("destroy; at rest the count is off");
    private static final String TWICE = Promise.ONE_END.broken("both are told");

    @Test
    void orderIn_sampleThatBrokeTwo_isThatOfEach() {
        String line = Promise.and(TWICE, OFF);

        assertThat(Promise.ONE_END.orderIn(line)).isEqualTo("both are told");
        assertThat(Promise.COUNT_AT_REST.orderIn(line)).isEqualTo("destroy; at rest the count is off");
        assertThat(Promise.EVENTS.orderIn(line)).isNull();
    }

    @Test
    void and_onlyOneIsBroken_isItsLine() {
        assertThat(Promise.and(TWICE, "destroy -> destroy")).isEqualTo(TWICE);
        assertThat(Promise.and(null, OFF)).isEqualTo(OFF);
        assertThat(Promise.and(null, "destroy -> destroy")).isEqualTo("destroy -> destroy");
    }

    /** An answer that is not given is no evidence for the promise that hangs on it. */
    @Test
    void ifTold_untold_isJudgedByTheOthersOnly() {
        String line = Promise.KEEPALIVE.ifTold(Answer.UNTOLD, "timeout -> keepalive");

        assertThat(line).isEqualTo("timeout -> keepalive; KEEPALIVE is not judged, for the answer is UNTOLD");
        assertThat(Promise.KEEPALIVE.isJudgedIn(line)).isFalse();
        assertThat(Promise.COUNT_AT_REST.isJudgedIn(line)).isTrue();
        assertThat(Promise.KEEPALIVE.ifTold(Answer.UNTOLD, OFF)).isEqualTo(OFF);
        assertThat(Promise.KEEPALIVE.ifTold(Answer.NO, "timeout -> keepalive")).isEqualTo("timeout -> keepalive");
    }

    /** The count at rest is judged whatever else is broken, and last: what it alone broke was judged by all others. */
    @Test
    void isJudgedIn_anotherPromiseBroken_isNotExceptForTheCountAtRest() {
        assertThat(Promise.EVENTS.isJudgedIn(TWICE)).isFalse();
        assertThat(Promise.EVENTS.isJudgedIn(Promise.and(TWICE, OFF))).isFalse();
        assertThat(Promise.ONE_END.isJudgedIn(TWICE)).isTrue();
        assertThat(Promise.COUNT_AT_REST.isJudgedIn(TWICE)).isTrue();
        assertThat(Promise.EVENTS.isJudgedIn(OFF)).isTrue();
        assertThat(Promise.EVENTS.isJudgedIn("destroy -> destroy")).isTrue();
    }
}
