package dev.rollcall.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.SessionManager;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which snapshot a thread answers from when another one reads as well, and what is left of a scrape.
 * The other thread is one of a pool, so that it is the same each time.
 */
class ScrapesTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    /** Done by the next reading of the manager's ticker, which comes after its counts are read. */
    private @Nullable Runnable atReading;

    private final SessionManager<String> manager = SessionManager.<String>builder()
            .callerSweeps()
            .ticker(() -> {
                Runnable now = atReading;
                atReading = null;
                if (now != null) {
                    now.run();
                }
                return 0;
            })
            .build();

    @AfterEach
    void shutDown() {
        pool.shutdownNow();
        manager.close();
    }

    private void bind() {
        new SessionMetrics(manager).bindTo(registry);
    }

    private void create() {
        manager.create(manager.openTransport("ws"));
    }

    private double live() {
        return registry.get("rollcall.sessions.live").gauge().value();
    }

    private double attached() {
        return registry.get("rollcall.sessions.attached").gauge().value();
    }

    private double creates() {
        return registry.get("rollcall.creates").functionCounter().count();
    }

    private <T> T elsewhere(Callable<T> call) {
        try {
            return pool.submit(call).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A counter that falls looks to Prometheus like a process that has started anew. */
    @Test
    void read_afterAPartAndAnothersScrape_isNotBelowWhatWasTold() {
        bind();
        assertThat(elsewhere(this::live)).isZero();
        create();
        assertThat(creates()).isEqualTo(1);
        clock.add(PAUSE.plusNanos(1));
        assertThat(elsewhere(this::creates)).isEqualTo(1);
        assertThat(elsewhere(this::live)).as("of the same snapshot").isEqualTo(1);
    }

    /** Other meters among ours may be slow, and scrapers come in pairs. */
    @Test
    void read_twoSlowScrapesAtOnce_areOfOneSnapshotEach() {
        bind();
        assertThat(elsewhere(this::live)).isZero();
        create();
        assertThat(live()).isEqualTo(1);
        create();
        clock.add(PAUSE);
        assertThat(elsewhere(this::attached)).isZero();
        assertThat(attached()).isEqualTo(1);
        clock.add(PAUSE);
        assertThat(elsewhere(this::creates)).isZero();
        assertThat(creates()).isEqualTo(1);
    }

    /** After a pause it begins anew, so that nothing of the former one is left that could hurry it. */
    @Test
    void read_slowScrapeAfterAPause_isOfOneSnapshot() {
        bind();
        assertThat(live()).isZero();
        clock.add(Duration.ofSeconds(15));
        assertThat(live()).isZero();
        create();
        clock.add(Duration.ofSeconds(5));
        assertThat(attached()).isZero();
        assertThat(creates()).isZero();
    }

    /** Whoever asks for another meter every few seconds is no scraper. */
    @Test
    void read_oneMeterAfterTheOther_isNotOlderThanAMinute() {
        bind();
        assertThat(live()).isZero();
        create();
        for (String cause : List.of("destroyed", "timed_out", "transport_gone", "reclaim_expired", "shutdown")) {
            clock.add(Duration.ofSeconds(10));
            registry.get("rollcall.ends").tag("cause", cause).functionCounter().count();
        }
        clock.add(Duration.ofSeconds(10));
        assertThat(creates()).as("of the same snapshot").isZero();
        clock.add(Duration.ofNanos(1));
        assertThat(attached()).isEqualTo(1);
    }

    /** One query for one meter must not shift all scrapes that follow. */
    @Test
    void read_scrapesAfterAPart_areOfOneSnapshotFromTheSecondOn() {
        bind();
        assertThat(creates()).isZero();
        for (int scrape = 1; scrape <= 4; scrape++) {
            create();
            clock.add(Duration.ofSeconds(5));
            double live = live();
            assertThat(creates()).isEqualTo(scrape);
            assertThat(attached()).isEqualTo(scrape);
            assertThat(live).as("in scrape %d", scrape).isEqualTo(scrape == 1 ? 0 : scrape);
        }
    }

    /** Only newer snapshots of others count: those that are older than this thread's own do not. */
    @Test
    void read_slowScrapeAfterAnothers_isOfOneSnapshot() {
        bind();
        assertThat(elsewhere(this::live)).isZero();
        assertThat(live()).isZero();
        create();
        clock.add(PAUSE.plusNanos(1));
        assertThat(attached()).isZero();
        assertThat(elsewhere(this::attached)).isEqualTo(1);
    }

    /** The other thread begins later and is done sooner: its snapshot is the newer one. */
    @Test
    void read_afterAnotherTookItsSnapshotMeanwhile_isNotBelowWhatWasTold() {
        bind();
        atReading = () -> {
            create();
            assertThat(elsewhere(this::creates)).isEqualTo(1);
        };
        assertThat(live()).as("counted before").isZero();
        clock.add(PAUSE.plusNanos(1));
        assertThat(creates()).isEqualTo(1);
    }

    /** Without a snapshot a scrape has the counters of the newest one, so nobody has a newer one yet. */
    @Test
    void read_withoutSnapshot_isNewerThanWhatOthersToldBefore() {
        bind();
        assertThat(elsewhere(this::live)).isZero();
        atReading = () -> {
            throw new IllegalStateException("no time");
        };
        assertThat(live()).isNaN();
        clock.add(PAUSE.plusNanos(1));
        assertThat(attached()).as("of the same scrape").isNaN();
        create();
        assertThat(elsewhere(this::live)).as("of its next scrape").isEqualTo(1);
        clock.add(PAUSE.plusNanos(1));
        assertThat(creates()).isEqualTo(1);
    }

    /** The threads of a container outlive the applications that are deployed in it. */
    @Test
    void scrape_threadThatLivesOn_letsGoOfTheApplication() {
        WeakReference<ClassLoader> application = elsewhere(ScrapesTest::deployAndDrop);
        // A compiler may hold a class of it for a while. If something does for ever, JUnit ends this.
        while (application.get() != null) {
            System.gc();
        }
        assertThat(elsewhere(Thread::currentThread).isAlive()).isTrue();
    }

    private static WeakReference<ClassLoader> deployAndDrop() throws Exception {
        try (Deployed deployed = new Deployed()) {
            Class<?> application = deployed.loadClass(Application.class.getName());
            assertThat(application).isNotSameAs(Application.class);
            Object scrape = application.getDeclaredConstructor().newInstance();
            assertThat(((Callable<?>) scrape).call()).isEqualTo(1.0);
            return new WeakReference<>(deployed);
        }
    }

    /** Loads the library and its tests once more; Micrometer is the container's. */
    private static final class Deployed extends URLClassLoader {
        Deployed() {
            super(new URL[] {locationOf(SessionManager.class), locationOf(Application.class)});
        }

        private static URL locationOf(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.rollcall.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    /** What is deployed. Loaded by {@link Deployed}. */
    public static final class Application implements Callable<Double> {
        @Override
        public Double call() {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            try (SessionManager<String> manager =
                    SessionManager.<String>builder().callerSweeps().build()) {
                new SessionMetrics(manager).bindTo(registry);
                manager.create(manager.openTransport("ws"));
                return registry.get("rollcall.creates").functionCounter().count();
            }
        }
    }
}
