package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is used for the first time may fail, and after a change nothing may (D-18); and a class that fails to initialize never
 * can again. As the virtual machine's own log tells it.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class ClassLoadingTest {
    /** But what marks a transport as gone, before anything has changed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstLife_afterTheBuild_initializesNoClassAndLinksNoCallOfAVarHandle(boolean hasListener) throws Exception {
        String log = ChildJvm.run(
                FirstLife.class, List.of("-Xlog:class+init=info,methodhandles=info"), Boolean.toString(hasListener));
        String before = log.substring(0, log.indexOf(FirstLife.BUILT));
        String after = log.substring(before.length());
        assertThat(initialized(before)).contains("ShardLock", "SessionEvent$Type");
        assertThat(initialized(after)).isEmpty();
        assertThat(linked(before)).contains("compareAndSet(Ldev/rollcall/ShardLock;JJ)Z");
        assertThat(linked(after)).isSubsetOf("compareAndSet(Ldev/rollcall/Transport;ZZ)Z");
    }

    private static List<String> linked(String log) {
        return Pattern.compile("_invokeGeneric java\\.lang\\.invoke\\.VarHandle\\.(\\S*dev/rollcall/\\S*)")
                .matcher(log)
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    /** The library's classes that have something to initialize, without their package. */
    private static List<String> initialized(String log) {
        return Pattern.compile(
                        "Initializing '" + SessionManager.class.getPackageName().replace('.', '/') + "/([\\w$/]+)'(.*)")
                .matcher(log)
                .results()
                .filter(line -> !line.group(2).contains("no method"))
                .map(line -> line.group(1))
                .filter(name -> !name.startsWith("FirstLife"))
                .toList();
    }

    /** A first id uses much of the JDK for the first time. */
    @Test
    void sharedIds_firstUse_hasDrawnAnId() throws Exception {
        try (Afresh afresh = new Afresh()) {
            Class<?> type = afresh.loadClass(SecureIds.class.getName());
            Method shared = type.getDeclaredMethod("shared");
            shared.setAccessible(true);
            Field generators = type.getDeclaredField("generators");
            generators.setAccessible(true);
            int drawn = 0;
            for (Object generator : (Object[]) generators.get(shared.invoke(null))) {
                Field position = generator.getClass().getDeclaredField("position");
                position.setAccessible(true);
                drawn += position.getInt(generator) % SecureIds.IDS_BYTES == 0 ? 0 : 1;
            }
            assertThat(drawn).isOne();
        }
    }

    /** Loads the library once more, beside the one that the tests use. */
    private static final class Afresh extends URLClassLoader {
        Afresh() {
            super(
                    new URL[] {
                        SessionManager.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    ClassLoader.getPlatformClassLoader());
        }
    }
}
