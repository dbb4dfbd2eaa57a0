package dev.rollcall.stress.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.ResourceEstimator;

/**
 * The configuration of a test in a {@link TestHost}. How many samples of a test fit into the memory and
 * the time that it is given, jcstress finds out by trial before the test begins: five times each of some
 * thirty numbers, with new threads each time. That took longer than the test itself, and its samples are poor
 * ones, for only those between which actors wait for one another meet for certain. Here each number is
 * twice the former, and the first trial that stays within the limits is enough.
 */
final class HostedConfig extends ForkedTestConfig {
    private static final int BYTES_PER_MB = 1024 * 1024;

    /** So that one pause of the machine does not pass for a slow test. */
    private static final int TRIALS = 3;

    HostedConfig(DataInputStream in) throws IOException {
        super(in);
    }

    /** Lowers the number of samples made at a time to one that is within the limits, 1 at least. */
    @Override
    public void adjustStrideCount(ResourceEstimator estimator) {
        int most = strideSize * strideCount;
        int samples = 1;
        int next = 1;
        while (isWithinLimits(estimator, next)) {
            samples = next;
            if (samples == most) {
                break;
            }
            next = Math.min(2 * samples, most);
        }
        strideSize = Math.min(samples, strideSize);
        strideCount = samples / strideSize;
    }

    private boolean isWithinLimits(ResourceEstimator estimator, int samples) {
        for (int i = 0; i < TRIALS; i++) {
            long[] bytesAndNanos = new long[2];
            try {
                estimator.runWith(samples, bytesAndNanos);
            } catch (OutOfMemoryError tooMany) {
                return false;
            }
            if (bytesAndNanos[0] > (long) maxFootprintMB * BYTES_PER_MB) {
                return false;
            }
            if (bytesAndNanos[1] <= TimeUnit.MILLISECONDS.toNanos(time)) {
                return true;
            }
        }
        return false;
    }
}
