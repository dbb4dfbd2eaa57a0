package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is called after a change must have been loaded before, for loading may fail (D-18); and what cannot be
 * initialized in a first operation never can again.
 */
class ClassLoadingTest {
    @ParameterizedTest
    @ValueSource(classes = {Nulls.class, FlightLog.class, IdHash.class, Session.class, Transport.class, Delivery.class})
    void build_classThatIsNeededAfterAChange_isLoaded(Class<?> needed) throws Exception {
        try (Afresh afresh = new Afresh()) {
            Class<?> managers = afresh.loadClass(SessionManager.class.getName());
            Object builder = managers.getMethod("builder").invoke(null);
            builder = builder.getClass().getMethod("callerSweeps").invoke(builder);
            try (AutoCloseable manager =
                    (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
                assertThat(managers.isInstance(manager)).isTrue();
                assertThat(afresh.hasLoaded(needed)).isTrue();
            }
        }
    }

    /** Of all lives that a session may have: what is initialized in the first one, after the manager was built. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstLife_afterTheBuild_initializesNoClassOfTheLibrary(boolean hasListener) throws Exception {
        String log = ChildJvm.run(FirstLife.class, List.of("-Xlog:class+init=info"), Boolean.toString(hasListener));
        List<String> before = initialized(log.substring(0, log.indexOf(FirstLife.BUILT)));
        List<String> after = initialized(log.substring(log.indexOf(FirstLife.BUILT)));
        assertThat(before).contains("ShardLock", "SessionEvent$Type");
        assertThat(after).isEmpty();
    }

    /**
     * A call of a VarHandle is linked when it is first executed, and so is a lambda. Before a transport is marked as
     * gone, nothing has changed yet.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstLife_afterTheBuild_linksNoCallOfAVarHandle(boolean hasListener) throws Exception {
        String log = ChildJvm.run(FirstLife.class, List.of("-Xlog:methodhandles=info"), Boolean.toString(hasListener));
        List<String> before = linked(log.substring(0, log.indexOf(FirstLife.BUILT)));
        List<String> after = linked(log.substring(log.indexOf(FirstLife.BUILT)));
        assertThat(before).contains("compareAndSet(Ldev/rollcall/ShardLock;JJ)Z");
        assertThat(after).isSubsetOf("compareAndSet(Ldev/rollcall/Transport;ZZ)Z");
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

    /** Or the other test would show nothing. */
    @Test
    void hasLoaded_classThatNobodyUsedYet_isFalse() throws Exception {
        try (Afresh afresh = new Afresh()) {
            assertThat(afresh.hasLoaded(Nulls.class)).isFalse();
            assertThat(afresh.loadClass(Nulls.class.getName())).isNotSameAs(Nulls.class);
            assertThat(afresh.hasLoaded(Nulls.class)).isTrue();
        }
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

        boolean hasLoaded(Class<?> type) {
            return findLoadedClass(type.getName()) != null;
        }
    }
}
