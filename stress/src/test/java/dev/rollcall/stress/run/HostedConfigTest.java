package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.runners.ResourceEstimator;

class HostedConfigTest {
    private static final int MEGABYTES = 100;
    private static final int MILLIS = 100;
    private static final int STRIDE_SIZE = 64;
    private static final int STRIDE_COUNT = 16;
    private static final int MOST = STRIDE_SIZE * STRIDE_COUNT;

    /** jcstress itself makes some thirty thousand samples here. */
    @Test
    void adjustStrideCount_ofTestThatFits_isAsAsked_afterTwiceAsManySamples() throws IOException {
        HostedConfig config = config();
        AtomicInteger made = new AtomicInteger();

        config.adjustStrideCount((samples, bytesAndNanos) -> made.addAndGet(samples));

        assertThat(config.strideSize).isEqualTo(STRIDE_SIZE);
        assertThat(config.strideCount).isEqualTo(STRIDE_COUNT);
        assertThat(made.get()).isBetween(MOST, 2 * MOST);
    }

    @Test
    void adjustStrideCount_keepsTheMemoryThatIsAllowed() throws IOException {
        HostedConfig config = config();

        config.adjustStrideCount((samples, bytesAndNanos) -> bytesAndNanos[0] = samples * 1024L * 1024);

        assertThat(config.strideSize).isEqualTo(STRIDE_SIZE);
        assertThat(config.strideCount).isEqualTo(1);
    }

    @Test
    void adjustStrideCount_keepsTheTimeThatIsGiven() throws IOException {
        HostedConfig config = config();

        config.adjustStrideCount(
                (samples, bytesAndNanos) -> bytesAndNanos[1] = TimeUnit.MILLISECONDS.toNanos(samples * 10L));

        assertThat(config.strideSize).isEqualTo(8);
        assertThat(config.strideCount).isEqualTo(1);
    }

    @Test
    void adjustStrideCount_ofTestThatIsTooLargeForAnything_isOne() throws IOException {
        HostedConfig config = config();

        config.adjustStrideCount((samples, bytesAndNanos) -> {
            throw new OutOfMemoryError();
        });

        assertThat(config.strideSize).isEqualTo(1);
        assertThat(config.strideCount).isEqualTo(1);
    }

    @Test
    void adjustStrideCount_isNotLowered_byOnePauseOfTheMachine() throws IOException {
        HostedConfig config = config();
        AtomicInteger trials = new AtomicInteger();
        ResourceEstimator paused = (samples, bytesAndNanos) ->
                bytesAndNanos[1] = TimeUnit.SECONDS.toNanos(trials.getAndIncrement() % 2 == 0 ? 1 : 0);

        config.adjustStrideCount(paused);

        assertThat(config.strideSize * config.strideCount).isEqualTo(MOST);
    }

    /** As {@link HostProcess} sends it. */
    private static HostedConfig config() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0);
        out.writeInt(MILLIS);
        out.writeInt(1);
        out.writeUTF("runner");
        out.writeInt(MEGABYTES);
        out.writeInt(STRIDE_SIZE);
        out.writeInt(STRIDE_COUNT);
        out.writeBoolean(false);
        return new HostedConfig(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
