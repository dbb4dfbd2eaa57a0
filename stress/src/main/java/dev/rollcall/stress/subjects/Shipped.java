package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SubjectClass;
import dev.rollcall.stress.subjects.programs.CaffeineFoundNotCounted;
import dev.rollcall.stress.subjects.programs.JettyGoneButCounted;
import dev.rollcall.stress.subjects.programs.SpringResurrection;
import dev.rollcall.stress.subjects.programs.TomcatLimit;
import dev.rollcall.stress.subjects.programs.TomcatOneId;
import dev.rollcall.stress.subjects.programs.TomcatServedThenExpired;
import dev.rollcall.stress.subjects.programs.TomcatToldTwice;
import dev.rollcall.stress.subjects.programs.UndertowLimit;
import dev.rollcall.stress.subjects.programs.VertxResurrection;
import dev.rollcall.stress.subjects.programs.VertxServedThenReaped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The subjects that come with the suite. */
public enum Shipped {
    ROLLCALL(RollcallExact.class, "Rollcall", "rollcall", "", Expected.SOUND),
    ROLLCALL_ATOMIC(
            RollcallAtomic.class,
            "Rollcall, counter ATOMIC",
            "rollcall",
            "Its documentation promises that the count is never too low, and exact when nothing moves.",
            Expected.SOUND_AT_REST),
    ROLLCALL_ADDER(
            RollcallAdder.class,
            "Rollcall, counter ADDER",
            "rollcall",
            "Its documentation promises a count that is exact when nothing moves.",
            Expected.SOUND_AT_REST),
    ROLLCALL_TABLE(
            RollcallTable.class,
            "Rollcall, counter TABLE",
            "rollcall",
            "Its documentation promises a count that is exact when nothing moves.",
            Expected.SOUND_AT_REST),
    MAP_ATOMIC(
            MapWithAtomic.class,
            "ConcurrentHashMap + AtomicInteger",
            "jdk",
            "No project's class, but what many write. The JDK promises nothing about the two together.",
            Expected.CAUGHT),
    MAP_ADDER(
            MapWithAdder.class,
            "ConcurrentHashMap + LongAdder",
            "jdk",
            "No project's class, but what many write. The JDK says that sum() is no atomic snapshot.",
            Expected.CAUGHT),
    MAP_SIZE(
            MapWithSize.class,
            "ConcurrentHashMap.size()",
            "jdk",
            "The JDK says that size() reflects a transient state while the map changes, fit for monitoring only.",
            Expected.CAUGHT),
    JANUS_1_3_0(
            Janus130.class,
            "Janus Gateway 1.3.0 (model)",
            "janus130",
            "A model of its counter in Java. Janus handles requests on one thread; here any thread calls.",
            Expected.CAUGHT),
    JANUS_PUBLISHED_FIX(
            JanusPublishedFix.class,
            "Janus Gateway, published fix (model)",
            "janusfix",
            "A model of its counter in Java. Janus handles requests on one thread; here any thread calls.",
            Expected.CAUGHT),
    JANUS_1_4(
            Janus14.class,
            "Janus Gateway 1.4 (model)",
            "janus14",
            "A model in Java of the rules that 1.4.2 was observed to follow over WebSockets.",
            Expected.CAUGHT),
    CAFFEINE(
            CaffeineCache.class,
            "Caffeine + AtomicLong by removal listener",
            "caffeine",
            "Caffeine promises no count of live entries: estimatedSize() is an estimate, and the number beside it is the"
                    + " user's own code.",
            Expected.OPEN),
    TOMCAT(
            TomcatManager.class,
            "Tomcat StandardManager",
            "tomcat",
            "Only the order of calls of a request is copied; no server runs. The servlet specification says nothing of"
                    + " races between requests and expiry; maxActiveSessions is documented as a maximum. The manager is"
                    + " handed the id; Tomcat itself does that for a request that brings the id of another context.",
            Expected.OPEN),
    JETTY(
            JettySessions.class,
            "Jetty SessionHandler",
            "jetty",
            "Only the order of calls of a request and of the housekeeper is copied; no connector runs. Ids are given to"
                    + " its id manager. Nothing is documented about requests that race expiry.",
            Expected.OPEN),
    VERTX(
            VertxStore.class,
            "Vert.x Web LocalSessionStore",
            "vertx",
            "Only the order of calls of its session handler is copied: get, isDestroyed, setAccessed, put; destroy,"
                    + " delete. Two requests with one cookie run on two event loops if there are two instances of a"
                    + " verticle. Nothing is documented about that.",
            Expected.OPEN),
    NETTY(
            NettyWheel.class,
            "Map + AtomicLong + Netty's HashedWheelTimer",
            "netty",
            "The wheel is Netty's; the map, the number and the task are the user's own code, written like its idle"
                    + " handler.",
            Expected.OPEN),
    UNDERTOW(
            UndertowSessions.class,
            "Undertow InMemorySessionManager",
            "undertow",
            "Only the order of calls of a request is copied, on a connection that is a pipe; a session's own timer task is"
                    + " run on Undertow's worker. A session is made due by its private field of the deadline, for timeouts"
                    + " are whole seconds. Nothing is documented about requests that race expiry.",
            Expected.OPEN),
    SPRING_SESSION(
            SpringSessions.class,
            "Spring Session MapSessionRepository",
            "spring",
            "Only the order of calls of its filter is copied: findById, setLastAccessedTime, save; deleteById. It has no"
                    + " count, so its map is asked, and no sweep, so all sessions are looked up. Its documentation"
                    + " leaves it to the map to purge expired sessions, and says nothing of races.",
            Expected.OPEN);

    /** What the suite has to show of it, or it is red. */
    public enum Expected {
        /** Everything holds. */
        SOUND,
        /** Everything but the count while sessions come and go. */
        SOUND_AT_REST,
        /** Something is broken: it is a control. */
        CAUGHT,
        /** Whatever is found is found. */
        OPEN
    }

    private static final Properties VERSIONS = versions();

    private final Class<? extends SessionSubject> adapter;
    private final String title;
    private final String version;
    private final String assumes;
    private final Expected expected;

    Shipped(Class<? extends SessionSubject> adapter, String title, String version, String assumes, Expected expected) {
        this.adapter = adapter;
        this.title = title;
        this.version = version;
        this.assumes = assumes;
        this.expected = expected;
    }

    /** As the command line knows it. */
    public String cliName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The subject of that name, if there is one. */
    public static Optional<Shipped> named(String cliName) {
        return Stream.of(values())
                .filter(each -> each.cliName().equals(cliName))
                .findFirst();
    }

    /** Its adapter. */
    public Class<? extends SessionSubject> adapter() {
        return adapter;
    }

    /** A new manager as it is to be measured: it is the one that is raced, but timers of its own turn. */
    public SessionSubject openToMeasure() {
        return this == NETTY ? NettyWheel.turning() : new SubjectClass(adapter).open();
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The version of the library that it was built with. */
    public String version() {
        return version.equals("jdk") ? "JDK " + Runtime.version().feature() : VERSIONS.getProperty(version, "");
    }

    /** What the adapter assumes, and where the project's documentation promises less. */
    public String assumes() {
        return assumes;
    }

    /** What has to come of it. */
    public Expected expected() {
        return expected;
    }

    /** The promises that may be broken. */
    public Set<Promise> mayBreak() {
        return switch (expected) {
            case SOUND -> EnumSet.noneOf(Promise.class);
            case SOUND_AT_REST -> EnumSet.of(Promise.COUNT_IN_MOTION);
            case CAUGHT, OPEN -> EnumSet.allOf(Promise.class);
        };
    }

    /** The programs that show what breaks, one for each promise. */
    public Map<Promise, Class<?>> programs() {
        return switch (this) {
            case CAFFEINE -> Map.of(Promise.COUNT_IN_MOTION, CaffeineFoundNotCounted.class);
            case TOMCAT ->
                Map.of(
                        Promise.LIMIT, TomcatLimit.class,
                        Promise.IDENTITY, TomcatOneId.class,
                        Promise.KEEPALIVE, TomcatServedThenExpired.class,
                        Promise.ONE_END, TomcatToldTwice.class);
            case JETTY -> Map.of(Promise.COUNT_IN_MOTION, JettyGoneButCounted.class);
            case VERTX ->
                Map.of(Promise.ONE_END, VertxResurrection.class, Promise.KEEPALIVE, VertxServedThenReaped.class);
            case UNDERTOW -> Map.of(Promise.LIMIT, UndertowLimit.class);
            case SPRING_SESSION -> Map.of(Promise.ONE_END, SpringResurrection.class);
            default -> Map.of();
        };
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream in = Shipped.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
