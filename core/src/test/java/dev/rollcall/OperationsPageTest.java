package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.jfr.AuditFindingEvent;
import dev.rollcall.jfr.RefusedEvent;
import dev.rollcall.jfr.SessionEndedEvent;
import dev.rollcall.jfr.SweepEvent;
import dev.rollcall.jfr.TransportGoneEvent;
import dev.rollcall.micrometer.PrometheusText;
import dev.rollcall.micrometer.SessionMetrics;
import dev.rollcall.micrometer.SessionTimers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Enabled;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;

/** The tables of OPERATIONS.md say what the code does. */
class OperationsPageTest {
    private final String page;

    OperationsPageTest() throws IOException {
        page = Files.readString(Path.of("OPERATIONS.md"));
    }

    /** The rows of a section's tables, by their first cell. */
    private Map<String, List<String>> rows(String section) {
        int start = page.indexOf("\n## " + section + "\n");
        assertThat(start).as("the page has a section %s", section).isNotNegative();
        int end = page.indexOf("\n## ", start + 1);
        Map<String, List<String>> rows = new TreeMap<>();
        page.substring(start, end < 0 ? page.length() : end)
                .lines()
                .filter(line -> line.matches("\\| [`A-Z].*"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .forEach(row -> assertThat(rows.put(unquoted(row.get(0)), row))
                        .as(row.get(0))
                        .isNull());
        return rows;
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    private static Set<String> quotedIn(String cell) {
        Set<String> quoted = new TreeSet<>();
        Matcher matcher = Pattern.compile("`([^`]*)`").matcher(cell);
        while (matcher.find()) {
            quoted.add(matcher.group(1));
        }
        return quoted;
    }

    @Test
    void settings_areThoseOfTheBuilder() {
        Set<String> settings = Arrays.stream(SessionManagerBuilder.class.getMethods())
                .filter(method -> method.getReturnType() == SessionManagerBuilder.class)
                .map(Method::getName)
                .filter(name -> !name.equals("copy"))
                .collect(Collectors.toSet());
        assertThat(rows("Settings").keySet()).isEqualTo(settings);
    }

    @Test
    void settings_haveTheBuildersDefaults() throws IllegalAccessException {
        Map<String, List<String>> rows = rows("Settings");
        SessionManagerBuilder<String> builder = SessionManager.builder();
        int compared = 0;
        for (Map.Entry<String, List<String>> row : rows.entrySet()) {
            Object value = valueOf(builder, row.getKey());
            if (value instanceof Duration || value instanceof Boolean || value instanceof CounterStrategy) {
                assertThat(unquoted(row.getValue().get(1))).as(row.getKey()).isEqualTo(text(value));
                compared++;
            }
        }
        assertThat(compared).as("timeouts, tick, counter and switches").isEqualTo(6);
        assertThat(builder.callerSweeps().build().status().maxSessions()).isEmpty();
        int processors = Runtime.getRuntime().availableProcessors();
        String shards = rows.get("shards").get(1);
        int perProcessor = Integer.parseInt(shards.substring(0, shards.indexOf(' ')));
        int power = Integer.highestOneBit(2 * Math.min(4096, perProcessor * processors) - 1);
        assertThat(valueOf(builder, "shards")).isEqualTo(power);
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.isZero()
                    ? "0"
                    : duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
        }
        return value instanceof Boolean isOn ? (isOn ? "on" : "off") : value.toString();
    }

    /** The value of the builder's field for a setting. */
    private static Object valueOf(SessionManagerBuilder<?> builder, String setting) throws IllegalAccessException {
        for (Field field : SessionManagerBuilder.class.getDeclaredFields()) {
            String name = field.getName();
            if (name.equals(setting) || name.equals(setting + "Strategy") || name.equals(setting + "s")) {
                field.setAccessible(true);
                return field.get(builder);
            }
        }
        throw new AssertionError("the builder has no field for " + setting);
    }

    /** Name, names in Prometheus and own tags of everything that is published. */
    @Test
    void metrics_areThoseOfAScrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .maxSessions(5)
                .listener(new SessionTimers<>(registry, Tags.of("manager", "m")))
                .build();
        new SessionMetrics(manager).bindTo(registry);
        Map<String, Set<String>> tags = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Set<String> own =
                    meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
            assertThat(own.remove("manager")).as(meter.getId().getName()).isTrue();
            tags.put(meter.getId().getName(), own);
        }
        Map<String, List<String>> rows = rows("Metrics");
        assertThat(rows.keySet()).isEqualTo(tags.keySet());
        rows.forEach((name, row) -> assertThat(quotedIn(row.get(2))).as(name).isEqualTo(tags.get(name)));
        Set<String> inPrometheus = rows.values().stream()
                .flatMap(row -> quotedIn(row.get(1)).stream())
                .collect(Collectors.toSet());
        PrometheusText scrape = PrometheusText.parse(registry.scrape());
        assertThat(inPrometheus).isEqualTo(scrape.types().keySet());
    }

    /** An expression with a name that is not published would never alarm. */
    @Test
    void alarms_useOnlyMetricsThatAreListed() {
        Set<String> published = rows("Metrics").values().stream()
                .flatMap(row -> quotedIn(row.get(1)).stream())
                .collect(Collectors.toSet());
        int start = page.indexOf("\n## What to alarm on\n");
        Matcher used =
                Pattern.compile("rollcall_[a-z_]+").matcher(page.substring(start, page.indexOf("\n## ", start + 1)));
        Set<String> names = new TreeSet<>();
        while (used.find()) {
            names.add(used.group());
        }
        assertThat(names).hasSizeGreaterThan(5).isSubsetOf(published);
    }

    @Test
    void causesAndReasons_areAllNamed() {
        Map<String, List<String>> rows = rows("Metrics");
        assertThat(quotedIn(rows.get("rollcall.ends").get(3)))
                .isEqualTo(Arrays.stream(EndCause.values())
                        .map(cause -> cause.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
        assertThat(quotedIn(rows.get("rollcall.rejections").get(3)))
                .isEqualTo(Arrays.stream(RejectReason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    /** Every message that the sources log, and no other. */
    @Test
    void logLines_areThoseOfTheSources() throws IOException {
        Set<String> logged = new TreeSet<>();
        int calls = 0;
        for (Path source : sources()) {
            String text = Files.readString(source);
            calls += text.split("Log\\.failure\\(", -1).length - 1;
            Matcher call = Pattern.compile("Log\\.failure\\(\\s*Level\\.(\\w+),\\s*\"([^\"]*)\"")
                    .matcher(text);
            while (call.find()) {
                logged.add(call.group(1) + ' ' + call.group(2));
            }
            if (!source.endsWith("Log.java")) {
                assertThat(text).as(source.toString()).doesNotContain("System.getLogger", "System.out", "System.err");
            }
        }
        assertThat(logged).hasSize(calls);
        int start = page.indexOf("\n## Log lines\n");
        Matcher row = Pattern.compile("\\| (ERROR|WARNING|INFO) \\| `([^`]*)` \\|")
                .matcher(page.substring(start, page.indexOf("\n## ", start + 1)));
        Set<String> listed = new TreeSet<>();
        while (row.find()) {
            listed.add(row.group(1) + ' ' + row.group(2));
        }
        assertThat(listed).isEqualTo(logged);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void health_isEveryConstant() {
        assertThat(rows("Health").keySet())
                .isEqualTo(Arrays.stream(ManagerHealth.values()).map(Enum::name).collect(Collectors.toSet()));
    }

    @Test
    void flightRecorder_eventsAndDefaults_areThoseOfTheClasses() {
        Map<String, String> expected = new TreeMap<>();
        for (Class<?> event : List.of(
                SessionEndedEvent.class,
                TransportGoneEvent.class,
                SweepEvent.class,
                RefusedEvent.class,
                AuditFindingEvent.class)) {
            Enabled enabled = event.getAnnotation(Enabled.class);
            expected.put(event.getAnnotation(Name.class).value(), enabled == null || enabled.value() ? "on" : "off");
        }
        Map<String, String> listed = new TreeMap<>();
        rows("Flight Recorder").forEach((name, row) -> listed.put(name, row.get(1)));
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void links_leadToFiles() {
        Matcher link = Pattern.compile("]\\(([^)]+)\\)").matcher(page);
        int links = 0;
        while (link.find()) {
            assertThat(Path.of(link.group(1))).exists();
            links++;
        }
        assertThat(links).isGreaterThan(6);
    }
}
