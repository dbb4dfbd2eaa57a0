package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input, design section 9: nulls, durations, ids, foreign transports. Each is a clear error that
 * names what was wrong, and changes nothing.
 */
class BadInputTest {
    private final Fixture fixture = Fixture.with(builder -> builder.maxSessions(10));
    private final SessionManager<String> manager = fixture.manager;
    private final Transport<String> transport = fixture.transport("ws");
    private final Session<String> session = fixture.create(transport, 42);
    private List<String> before;
    private SessionCounts countsBefore;

    @BeforeEach
    void remember() {
        before = fixture.state();
        countsBefore = manager.counts();
    }

    @AfterEach
    void nothingWasChanged() {
        fixture.assertUnchanged(before);
        assertThat(manager.counts()).isEqualTo(countsBefore);
        assertThat(manager.phase()).isEqualTo(ManagerPhase.OPEN);
        assertThat(session.isLive()).isTrue();
        assertThat(session.sessionTimeout()).isEqualTo(Fixture.SESSION_TIMEOUT);
        assertThat(session.reclaimTimeout()).isEqualTo(Fixture.RECLAIM_TIMEOUT);
    }

    static Stream<Arguments> nullArguments() {
        byte[] noSecret = null;
        return Stream.of(
                Arguments.of("transport", call((manager, it) -> manager.create(null))),
                Arguments.of("options", call((manager, it) -> manager.create(it.transport(), null))),
                Arguments.of("transport name", call((manager, it) -> manager.openTransport(null))),
                Arguments.of("transport name", call((manager, it) -> manager.openTransport(null, "attachment"))),
                Arguments.of("transport", call((manager, it) -> manager.claim(it.id(), null))),
                Arguments.of("transport", call((manager, it) -> manager.claim(it.id(), null, new byte[1]))),
                Arguments.of("claim secret", call((manager, it) -> manager.claim(42, it.transport(), noSecret))),
                Arguments.of("transport", call((manager, it) -> it.claim(null))),
                Arguments.of("claim secret", call((manager, it) -> it.claim(it.transport(), noSecret))),
                Arguments.of("transport", call((manager, it) -> it.keepAlive(null))),
                Arguments.of("transport", call((manager, it) -> it.destroy(null))),
                Arguments.of("claim secret", call((manager, it) -> it.setClaimSecret(null))),
                Arguments.of("transport name", call((manager, it) -> manager.connect(null, null))),
                Arguments.of("options", call((manager, it) -> manager.connect("ws", null, null))),
                Arguments.of("action", call((manager, it) -> manager.forEach(null))),
                Arguments.of("session timeout", call((manager, it) -> it.setSessionTimeout(null))),
                Arguments.of("reclaim timeout", call((manager, it) -> it.setReclaimTimeout(null))),
                Arguments.of(
                        "session timeout",
                        call((manager, it) -> Fixture.options().sessionTimeout(null))),
                Arguments.of(
                        "reclaim timeout",
                        call((manager, it) -> Fixture.options().reclaimTimeout(null))),
                Arguments.of(
                        "claim secret", call((manager, it) -> Fixture.options().claimSecret(null))),
                Arguments.of("drain deadline", call((manager, it) -> drain(manager, null))),
                Arguments.of("close deadline", call((manager, it) -> close(manager, null))));
    }

    private static BiConsumer<SessionManager<String>, Session<String>> call(
            BiConsumer<SessionManager<String>, Session<String>> call) {
        return call;
    }

    private static void drain(SessionManager<String> manager, Duration atMost) {
        try {
            manager.drain(atMost);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(SessionManager<String> manager, Duration atMost) {
        try {
            manager.close(atMost);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("nullArguments")
    void anyOperation_nullArgument_isNamed(String name, BiConsumer<SessionManager<String>, Session<String>> call) {
        assertThatNullPointerException()
                .isThrownBy(() -> call.accept(manager, session))
                .withMessageContaining(name);
    }

    @Test
    void claim_nullTransportAndNoSuchSession_isStillAnError() {
        assertThatNullPointerException().isThrownBy(() -> manager.claim(43, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT-1S", "PT-2562047788015H"})
    void anyTimeout_negative_isRefusedByName(Duration negative) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.setSessionTimeout(negative))
                .withMessage("session timeout is negative: " + negative);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.setReclaimTimeout(negative))
                .withMessage("reclaim timeout is negative: " + negative);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixture.options().sessionTimeout(negative))
                .withMessage("session timeout is negative: " + negative);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixture.options().reclaimTimeout(negative))
                .withMessage("reclaim timeout is negative: " + negative);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.drain(negative))
                .withMessage("drain deadline is negative: " + negative);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.close(negative))
                .withMessage("close deadline is negative: " + negative);
    }

    @Test
    void anyTimeout_overflowingNanoseconds_isRefusedByName() {
        for (Duration tooLong :
                List.of(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            String longest = Duration.ofNanos(Long.MAX_VALUE).toString();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.setSessionTimeout(tooLong))
                    .withMessageContainingAll("session timeout", tooLong.toString(), longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.setReclaimTimeout(tooLong))
                    .withMessageContainingAll("reclaim timeout", tooLong.toString(), longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Fixture.options().sessionTimeout(tooLong))
                    .withMessageContainingAll("session timeout", tooLong.toString(), longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Fixture.options().reclaimTimeout(tooLong))
                    .withMessageContainingAll("reclaim timeout", tooLong.toString(), longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> manager.drain(tooLong))
                    .withMessageContainingAll("drain deadline", tooLong.toString(), longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> manager.close(tooLong))
                    .withMessageContainingAll("close deadline", tooLong.toString(), longest);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, SessionManager.MAX_ID + 1, Long.MAX_VALUE})
    void create_idOutOfRange_isRefusedNamingItAndTheRange(long id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixture.options().id(id))
                .withMessage("cannot create: session id " + id + " is outside 1 … 9007199254740991");
    }

    /** Not an exception, for a race makes it normal; so any number is a valid question. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                -1,
                Long.MIN_VALUE,
                41,
                43,
                -42,
                SessionManager.MAX_ID,
                SessionManager.MAX_ID + 1,
                Long.MAX_VALUE
            })
    void anyOperation_unknownId_answersNoSuchSession(long id) {
        assertThat(manager.find(id)).isNull();
        assertThat(manager.keepAlive(id)).isFalse();
        assertThat(manager.claim(id, transport)).isFalse();
        assertThat(manager.claim(id, transport, new byte[1])).isFalse();
        assertThat(manager.destroy(id)).isFalse();
        assertThat(manager.destroyByAdmin(id)).isFalse();
    }

    @Test
    void anyOperation_transportOfAnotherManager_isRefusedByName() {
        Fixture other = Fixture.create();
        Transport<String> foreign = other.transport("foreign");
        List<String> otherBefore = other.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.create(foreign))
                .withMessage("cannot create: transport foreign (OPEN) is another manager's");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.create(foreign, Fixture.options().id(7)))
                .withMessageContaining("foreign");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.claim(foreign))
                .withMessage("cannot claim: transport foreign (OPEN) is another manager's");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.keepAlive(foreign))
                .withMessage("cannot keep alive: transport foreign (OPEN) is another manager's");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.destroy(foreign))
                .withMessage("cannot destroy: transport foreign (OPEN) is another manager's");
        assertThatIllegalArgumentException().isThrownBy(() -> manager.claim(42, foreign));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.claim(43, foreign));
        other.assertUnchanged(otherBefore);
    }

    @Test
    void claimSecret_empty_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.setClaimSecret(new byte[0]))
                .withMessageContaining("claim secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixture.options().claimSecret(new byte[0]))
                .withMessage("claim secret is empty");
    }

    @Test
    void attachment_wrongType_isAClassCastException() {
        Transport<String> withAttachment = manager.openTransport("ws", "connection");
        assertThat(withAttachment.attachment(String.class)).isEqualTo("connection");
        assertThat(withAttachment.attachment(CharSequence.class)).isEqualTo("connection");
        assertThat(transport.attachment(Integer.class)).isNull();
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> withAttachment.attachment(Integer.class));
    }
}
