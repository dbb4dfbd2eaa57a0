package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever changes a shard moves the stamp of its lock on. Otherwise others could read what is changed
 * partly as it was and take it for valid, or write at the same time.
 */
class StampTest {
    private static final byte[] SECRET = {1, 2, 3};

    private final Fixture fixture = Fixture.with(builder -> builder.shards(1));
    private final Transport<String> transport = fixture.transport("ws");
    private final Session<String> session =
            fixture.manager.create(transport, Fixture.options().id(1).claimSecret(SECRET));
    private final Shard<String> shard = session.shard();

    private static Arguments change(String name, Consumer<StampTest> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("create", test -> test.fixture.create(test.transport, 2)),
                change("destroy", test -> test.session.destroy()),
                change("claim", test -> test.session.claim(test.fixture.transport("next"), SECRET)),
                change("claim for a transport that is gone", StampTest::claimForOneThatIsGone),
                change("claim without the secret", StampTest::claimWithoutTheSecret),
                change("setSessionTimeout", test -> test.session.setSessionTimeout(Duration.ofDays(1))),
                change("setReclaimTimeout", test -> test.session.setReclaimTimeout(Duration.ofDays(1))),
                change("setClaimSecret", test -> test.session.setClaimSecret(new byte[] {4})),
                change("gone", test -> test.transport.gone()),
                change("close of the transport", test -> test.transport.close()),
                change("sweep", test -> test.fixture.sweepAfter(Fixture.SESSION_TIMEOUT.plus(Fixture.TICK))),
                change("audit", test -> test.fixture.manager.audit()),
                change("close of the manager", test -> test.fixture.manager.close()));
    }

    private void claimForOneThatIsGone() {
        Transport<String> gone = fixture.transport("gone");
        gone.gone();
        assertThatThrownBy(() -> session.claim(gone, SECRET)).hasMessageContaining("TRANSPORT_GONE");
    }

    private void claimWithoutTheSecret() {
        assertThatThrownBy(() -> session.claim(transport)).hasMessageContaining("WRONG_SECRET");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void stamp_ofTheShard_movesOn(String name, Consumer<StampTest> change) {
        fixture.createMany(transport, 100).forEach(Session::destroy);
        long before = shard.tryOptimisticRead();
        change.accept(this);
        assertThat(shard.tryOptimisticRead()).isGreaterThan(before);
    }
}
