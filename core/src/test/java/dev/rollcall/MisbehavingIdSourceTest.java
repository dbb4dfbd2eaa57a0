package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input, design section 9: an id source that repeats itself, leaves the range or throws. */
class MisbehavingIdSourceTest {
    private final AtomicInteger asked = new AtomicInteger();

    private Fixture withIds(LongSupplier ids) {
        return Fixture.with(builder -> builder.maxSessions(10).idSource(() -> {
            asked.incrementAndGet();
            return ids.getAsLong();
        }));
    }

    @Test
    void create_idSourceRepeatsItself_asksAgain() {
        int[] next = {0};
        Fixture fixture = withIds(() -> 1 + next[0]++ / 3);
        Transport<String> transport = fixture.transport("ws");
        assertThat(fixture.manager.create(transport).id()).isEqualTo(1);
        assertThat(fixture.manager.create(transport).id()).isEqualTo(2);
        assertThat(fixture.manager.create(transport).id()).isEqualTo(3);
        // Ids that the source repeats are no caller's mistake.
        assertThat(fixture.manager.counts().rejectedCreates()).isZero();
        fixture.assertConsistent();
    }

    @Test
    void create_idSourceIsConstant_givesUpAndChangesNothing() {
        Fixture fixture = withIds(() -> 7);
        Transport<String> transport = fixture.transport("ws");
        Session<String> first = fixture.manager.create(transport);
        List<String> before = fixture.state();
        asked.set(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.manager.create(transport))
                .withMessage("cannot create session: the id source gave 64 ids in a row that are taken");
        assertThat(asked).hasValue(64);
        fixture.assertUnchanged(before);
        assertThat(fixture.manager.counts().rejectedCreates()).isZero();
        first.destroy();
        assertThat(fixture.manager.create(transport).id()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, SessionManager.MAX_ID + 1, Long.MAX_VALUE})
    void create_idSourceOutOfRange_isRefusedNamingTheRange(long id) {
        Fixture fixture = withIds(() -> id);
        Transport<String> transport = fixture.transport("ws");
        List<String> before = fixture.state();
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.manager.create(transport))
                .withMessage("cannot create session: the id source gave " + id + ", outside 1 … 9007199254740991");
        fixture.assertUnchanged(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, SessionManager.MAX_ID})
    void create_idAtTheEndsOfTheRange_isFound(long id) {
        Fixture fixture = withIds(() -> id);
        Session<String> session = fixture.manager.create(fixture.transport("ws"));
        assertThat(fixture.manager.find(id)).isSameAs(session);
        fixture.assertConsistent();
    }

    @Test
    void create_idSourceThrows_changesNothing() {
        IllegalStateException broken = new IllegalStateException("no entropy");
        Fixture fixture = withIds(() -> {
            throw broken;
        });
        Transport<String> transport = fixture.transport("ws");
        List<String> before = fixture.state();
        assertThatThrownBy(() -> fixture.manager.create(transport)).isSameAs(broken);
        fixture.assertUnchanged(before);
    }

    /** What refuses every id is found at the first one: no search for a free id that is of no use. */
    @Test
    void create_limitReachedOrTransportGone_asksOnce() {
        int[] next = {0};
        Fixture fixture = withIds(() -> ++next[0]);
        Transport<String> transport = fixture.transport("ws");
        fixture.createMany(transport, 10);
        asked.set(0);
        assertThatThrownBy(() -> fixture.manager.create(transport)).hasMessageContaining("LIMIT_REACHED");
        transport.gone();
        assertThatThrownBy(() -> fixture.manager.create(transport)).hasMessageContaining("TRANSPORT_GONE");
        fixture.manager.close();
        assertThatThrownBy(() -> fixture.manager.create(transport)).hasMessageContaining("CLOSED");
        assertThat(asked).hasValue(3);
    }
}
