package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.count.LiveCounter;
import dev.rollcall.jfr.SweepEvent;
import dev.rollcall.jmx.ManagementBean;
import dev.rollcall.micrometer.SessionMetrics;
import dev.rollcall.wheel.TimingWheel;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NullAway looks at marked packages only. That it is at work is what the build shows with src/planted. */
class NullMarkedTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                SessionManager.class,
                LiveCounter.class,
                TimingWheel.class,
                SweepEvent.class,
                ManagementBean.class,
                SessionMetrics.class
            })
    void package_ofTheLibrary_isNullMarked(Class<?> inIt) {
        assertThat(inIt.getPackage().isAnnotationPresent(NullMarked.class)).isTrue();
    }
}
