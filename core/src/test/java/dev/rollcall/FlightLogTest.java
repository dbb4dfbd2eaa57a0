package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.jfr.AuditFindingEvent;
import dev.rollcall.jfr.RefusedEvent;
import dev.rollcall.jfr.SessionEndedEvent;
import dev.rollcall.jfr.SweepEvent;
import dev.rollcall.jfr.TransportGoneEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JDK's Flight Recorder has of a manager, and that nothing is made for none. */
class FlightLogTest {
    private static final List<Class<? extends Event>> KINDS = List.of(
            SessionEndedEvent.class,
            TransportGoneEvent.class,
            SweepEvent.class,
            RefusedEvent.class,
            AuditFindingEvent.class);

    /** Its manager has a listener; the other, which most tests use, has none. */
    private final Fixture told = Fixture.with(builder -> builder.name("told"));

    private final ManualTicker ticker = new ManualTicker();
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .name("gateway")
            .ticker(ticker)
            .callerSweeps()
            .shards(2)
            .sessionTimeout(Fixture.SESSION_TIMEOUT)
            .reclaimTimeout(Fixture.RECLAIM_TIMEOUT)
            .build();

    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(Runnable work) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            KINDS.forEach(recording::enable);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(file));
        events.removeIf(event -> !event.getEventType().getName().startsWith("dev.rollcall."));
        return events;
    }

    private List<RecordedEvent> recorded(String name, Runnable work) throws IOException {
        return recorded(work).stream()
                .filter(event -> event.getEventType().getName().equals("dev.rollcall." + name))
                .toList();
    }

    @Test
    void sessionEnded_whateverEndsIt_isRecordedOnceWithCauseOwnerAndLifetime() throws IOException {
        Transport<String> transport = manager.openTransport("ws-7");
        SessionOptions<String> options = Fixture.options();
        List<RecordedEvent> events = recorded("SessionEnded", () -> {
            Session<String> destroyed = manager.create(transport, options.id(8_765_432_109_876_543L));
            ticker.advance(Duration.ofSeconds(3));
            destroyed.destroy();
            manager.create(transport);
            ticker.advance(Fixture.SESSION_TIMEOUT.plusSeconds(1));
            manager.sweep();
            manager.create(transport);
            transport.gone();
            ticker.advance(Fixture.RECLAIM_TIMEOUT.plusSeconds(1));
            manager.sweep();
            manager.create(manager.openTransport("ws-8"));
            manager.close();
        });
        assertThat(events)
                .extracting(event -> event.getString("cause") + ' ' + event.getString("transport"))
                .containsExactly("DESTROYED ws-7", "TIMED_OUT ws-7", "RECLAIM_EXPIRED null", "SHUTDOWN ws-8");
        assertAreOfTheManager(events);
        assertThat(events.get(0).getString("session")).isEqualTo("…6543");
        assertThat(lifetimes(events)).allSatisfy((cause, lifetime) -> {
            Duration lived = lived(cause);
            assertThat(lifetime).isBetween(lived.minusMillis(1), lived.plusMillis(136));
        });
    }

    private static Map<String, Duration> lifetimes(List<RecordedEvent> events) {
        Map<String, Duration> lifetimes = new TreeMap<>();
        events.forEach(event -> lifetimes.put(event.getString("cause"), event.getDuration("lifetime")));
        return lifetimes;
    }

    private static Duration lived(String cause) {
        return switch (cause) {
            case "DESTROYED" -> Duration.ofSeconds(3);
            case "TIMED_OUT" -> Fixture.SESSION_TIMEOUT.plusSeconds(1);
            case "RECLAIM_EXPIRED" -> Fixture.RECLAIM_TIMEOUT.plusSeconds(1);
            default -> Duration.ZERO;
        };
    }

    /** In a JVM of its own, for only the first manager of a process rehearses. */
    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than a child may take
    void sessionEnded_recordingBeforeTheFirstManager_isOfItsSessionsOnly() throws Exception {
        ChildJvm.run(FirstRecording.class);
    }

    @Test
    void sessionEnded_managerWithAListener_isRecordedAndTold() throws IOException {
        List<RecordedEvent> events = recorded(
                "SessionEnded", () -> told.create(told.transport("ws"), 1).destroy());
        assertThat(events).hasSize(1);
        told.recorder.assertHistoriesAreLegal();
        assertThat(told.recorder.size()).isEqualTo(2);
        assertThat(told.manager.status().eventBacklog()).isZero();
    }

    @Test
    void transportGone_lostAndClosed_saysHowManySessions() throws IOException {
        List<RecordedEvent> events = recorded("TransportGone", () -> {
            Transport<String> lost = manager.openTransport("lost");
            for (int i = 0; i < 3 * Batch.SIZE; i++) {
                manager.create(lost);
            }
            lost.gone();
            lost.gone();
            Transport<String> closed = manager.openTransport("closed");
            manager.create(closed);
            closed.close();
            manager.openTransport("idle").gone();
        });
        assertThat(events)
                .extracting(
                        event -> event.getString("transport") + event.getBoolean("closed") + event.getLong("sessions"))
                .containsExactly("lostfalse" + 3 * Batch.SIZE, "closedtrue1", "idlefalse0");
        assertAreOfTheManager(events);
    }

    /** Called by a listener of the first loss, between two of its batches: the sessions are those of either. */
    @Test
    void transportGone_closedDuringTheLoss_bothSayHowMany() throws IOException {
        int many = 3 * Batch.SIZE;
        AtomicReference<Runnable> once = new AtomicReference<>(() -> {});
        SessionManager<String> closing = SessionManager.<String>builder()
                .name("gateway")
                .callerSweeps()
                .shards(1)
                .reclaimTimeout(Duration.ZERO)
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        once.getAndSet(() -> {}).run();
                    }
                })
                .build();
        Transport<String> transport = closing.openTransport("ws");
        for (int i = 0; i < many; i++) {
            closing.create(transport);
        }
        once.set(transport::close);
        List<RecordedEvent> events = recorded("TransportGone", transport::gone);
        assertThat(events)
                .extracting(event -> event.getBoolean("closed") + " " + event.getLong("sessions"))
                .containsExactlyInAnyOrder("true " + (many - Batch.SIZE), "false " + Batch.SIZE);
        assertThat(closing.count()).isZero();
    }

    @Test
    void sweep_thatEndedOrCameLate_isRecordedAndNoOther() throws IOException {
        Duration late = Duration.ofSeconds(5);
        List<RecordedEvent> events = recorded("Sweep", () -> {
            manager.sweep();
            manager.sweep();
            // The thread that sweeps always wakes up a little late.
            ticker.advance(manager.sweepPeriod().multipliedBy(2).minusNanos(1));
            manager.sweep();
            ticker.advance(manager.sweepPeriod().plus(late));
            manager.sweep();
            manager.create(manager.openTransport("ws"), Fixture.options().sessionTimeout(Duration.ofMillis(1)));
            ticker.advance(Duration.ofMillis(1));
            while (manager.counts().live() != 0) {
                ticker.advance(Duration.ofMillis(1));
                manager.sweep();
            }
        });
        assertThat(events)
                .extracting(event -> event.getLong("ended") + " " + event.getDuration("late"))
                .containsExactly("0 PT5S", "1 PT0S");
        assertThat(events).extracting(event -> event.getDuration("took")).allMatch(took -> !took.isZero());
        assertAreOfTheManager(events);
    }

    private static void assertAreOfTheManager(List<RecordedEvent> events) {
        assertThat(events)
                .isNotEmpty()
                .extracting(event -> event.getString("manager"))
                .containsOnly("gateway");
    }

    @Test
    void refused_createAndClaim_saysWhy() throws IOException {
        Transport<String> gone = manager.openTransport("ws-9");
        Session<String> session = manager.create(manager.openTransport("ws"));
        gone.gone();
        List<RecordedEvent> events = recorded("Refused", () -> {
            assertThatThrownBy(() -> manager.create(gone)).isInstanceOf(SessionRejectedException.class);
            assertThatThrownBy(() -> session.claim(gone)).isInstanceOf(SessionRejectedException.class);
        });
        assertThat(events)
                .extracting(event -> event.getString("operation")
                        + ' '
                        + event.getString("reason")
                        + ' '
                        + event.getString("transport"))
                .containsExactly("create TRANSPORT_GONE ws-9", "claim TRANSPORT_GONE ws-9");
        assertAreOfTheManager(events);
    }

    @Test
    void auditFinding_tallyThatIsWrong_isRecordedAsReported() throws IOException {
        List<AuditReport> reports = new ArrayList<>();
        List<RecordedEvent> events = recorded("AuditFinding", () -> {
            manager.audit();
            Tampering.countOnceMore(manager.create(manager.openTransport("ws")));
            reports.add(manager.audit());
        });
        List<AuditReport.Disagreement> reported = reports.get(0).disagreements();
        assertThat(events).hasSize(reported.size());
        // Of the first only: a text of more than 16 characters can be missing from a JVM's third recording on (JDK 17).
        RecordedEvent first = events.get(0);
        assertThat(new AuditReport.Disagreement(
                        first.getString("subject"),
                        first.getString("fact"),
                        first.getString("expected"),
                        first.getString("found")))
                .isEqualTo(reported.get(0));
        assertAreOfTheManager(events);
    }

    /** Whoever records everything else must not pay for what comes once for each session. */
    @Test
    void defaults_kindsThatClientsCause_areOff() {
        for (Class<? extends Event> kind : KINDS) {
            String enabled = EventType.getEventType(kind).getSettingDescriptors().stream()
                    .filter(setting -> setting.getName().equals("enabled"))
                    .findFirst()
                    .orElseThrow()
                    .getDefaultValue();
            boolean isFrequent = kind == SessionEndedEvent.class || kind == RefusedEvent.class;
            assertThat(enabled).as(kind.getName()).isEqualTo(isFrequent ? "false" : "true");
        }
    }

    /** With the very command of the operations page. */
    @Test
    void jcmd_asTheOperationsPageSays_recordsEnds() throws Exception {
        String page = Files.readString(Path.of("OPERATIONS.md"));
        Matcher command = Pattern.compile("`jcmd PID JFR.start ([^`]*)`").matcher(page);
        assertThat(command.find()).isTrue();
        assertThat(FlightLog.recordsEnds()).isFalse();
        diagnose("jfrStart", ("name=page " + command.group(1)).split(" "));
        try {
            assertThat(FlightLog.recordsEnds()).isTrue();
        } finally {
            diagnose("jfrStop", "name=page");
        }
        assertThat(FlightLog.recordsEnds()).isFalse();
    }

    /** What jcmd does, in this process. */
    private static void diagnose(String command, String... options) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {options},
                        new String[] {String[].class.getName()});
    }

    /** Free when off: the same as without a Flight Recorder, with recordings of other things under way too. */
    @Test
    void newEvent_nothingAsksForEnds_makesNone() {
        Listeners<String> nobody = new Listeners<>(List.of(), null, new Lifecycle());
        assertThat(nobody.newEvent()).isSameAs(SessionEvent.none());
        try (Recording recording = new Recording()) {
            recording.enable(SweepEvent.class);
            recording.start();
            assertThat(FlightLog.recordsEnds()).isFalse();
            assertThat(nobody.newEvent()).isSameAs(SessionEvent.none());
            recording.enable(SessionEndedEvent.class);
            assertThat(nobody.newEvent()).isNotSameAs(SessionEvent.none());
        }
    }
}
