package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session ids are capabilities: no text that the library makes shows one in full. */
class RedactionTest {
    private static final long ID = 8_765_432_109_876_543L;
    private static final String SHOWN = "…6543";

    private final LogCapture log = LogCapture.open();
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        log.close();
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "999999, 999999",
        "1000000, …0000",
        "1000001, …0001",
        "123456789, …6789",
        "9007199254740991, …0991",
    })
    void masked_anyId_showsItsEndUnlessItIsGuessable(long id, String expected) {
        assertThat(SessionIds.masked(id)).isEqualTo(expected);
    }

    /** Digits stay what operators search for, wherever the process runs. */
    @Test
    void masked_localeWithDigitsOfItsOwn_isTheSame() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        assertThat(SessionIds.masked(ID)).isEqualTo(SHOWN);
    }

    @Test
    void texts_ofEveryKind_neverShowTheWholeId() {
        List<String> texts = new ArrayList<>();
        SessionListener<String> talkative = new SessionListener<>() {
            @Override
            public void created(Session<String> session, Transport<String> transport) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void detached(Session<String> session, Transport<String> from) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void claimed(Session<String> session, Transport<String> from, Transport<String> to) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                throw new IllegalStateException("on purpose");
            }
        };
        Fixture fixture = Fixture.with(builder -> builder.maxSessions(1).listener(talkative));
        SessionManager<String> manager = fixture.manager;
        Transport<String> transport = fixture.transport("ws");
        SessionOptions<String> options = Fixture.options().id(ID).claimSecret(new byte[] {42});
        Session<String> session = manager.create(transport, options);
        for (Object shown : List.of(
                session, session.info(), manager.sessions(), manager.sessionInfos(), manager, transport, options)) {
            texts.add(shown.toString());
        }
        texts.add(message(() -> manager.create(transport, options)));
        texts.add(message(() -> manager.create(transport, Fixture.options().id(ID - 1))));
        texts.add(message(() -> session.claim(transport)));
        texts.add(message(() -> manager.claim(ID, transport, new byte[] {1})));
        transport.gone();
        texts.add(session.toString());
        texts.add(message(() -> session.claim(transport, new byte[] {42})));
        texts.add(message(() -> manager.create(transport, options)));
        session.claim(fixture.transport("new"), new byte[] {42});
        session.shard().created();
        session.shard().size++;
        texts.add(manager.audit().toString());
        session.destroyByAdmin();
        texts.add(session.toString());

        assertThat(texts).hasSizeGreaterThan(12).noneMatch(text -> text.contains("876543210987654"));
        assertThat(session).hasToString("session …6543 ENDED/ADMIN_DESTROYED");
        assertThat(log.messages())
                .hasSize(4)
                .allMatch(message -> message.contains(SHOWN))
                .noneMatch(message -> message.contains("876543210987654"));
    }

    private static String message(ThrowingCallable refused) {
        Throwable thrown = catchThrowable(refused);
        assertThat(thrown).isInstanceOf(SessionRejectedException.class);
        return thrown.getMessage();
    }

    @Test
    void toString_eachPhase_saysWhatAnOperatorAsks() {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws-7");
        Session<String> session = fixture.create(transport, ID);
        fixture.ticker.advance(Duration.ofSeconds(3));
        assertThat(session).hasToString("session …6543 ATTACHED to ws-7");
        assertThat(session.info().toString()).startsWith("session …6543 ATTACHED to ws-7, idle PT2.99");
        transport.gone();
        assertThat(session).hasToString("session …6543 DETACHED");
        assertThat(session.info()).hasToString("session …6543 DETACHED, idle PT0S");
        session.destroy();
        assertThat(session).hasToString("session …6543 ENDED/DESTROYED");
        assertThat(session.info()).hasToString("session …6543 ENDED/DESTROYED, idle PT0S");
    }
}
