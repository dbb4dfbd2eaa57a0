package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application needs beside the library: nothing; and that the optional parts work as modules. */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class ModulesTest {
    /** Takes a session through every part of core that looks for an optional module, and a failure to log. */
    private static final String LIFE = """
                    SessionManager<String> manager = SessionManager.<String>builder()
                            .name("m")
                            .ticker(new ManualTicker())
                            .callerSweeps()
                            .listenerExecutor(task -> { throw new IllegalStateException("on purpose"); })
                            .listener(new SessionListener<>() {})
                            .build();
                    Transport<String> transport = manager.openTransport("ws");
                    manager.create(transport);
                    manager.create(transport).destroy();
                    transport.gone();
                    manager.sweep();
                    boolean isClean = manager.audit().isClean() && manager.status().health() == ManagerHealth.READY;
                    try {
                        manager.create(transport);
                    } catch (SessionRejectedException e) {
                        System.out.println(e.reason() + " " + isClean);
                    }
            """;

    private static final String PRESENT = """
                    for (String name : new String[] {"jdk.jfr", "java.management", "java.logging", "micrometer.core"}) {
                        System.out.println(name + " " + ModuleLayer.boot().findModule(name).isPresent());
                    }
            """;

    @TempDir
    private Path folder;

    private static Path library() throws Exception {
        return Path.of(SessionManager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** The jars of the class path whose names begin like this. */
    private static String jars(String... prefixes) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.of(prefixes)
                        .anyMatch(prefix ->
                                Path.of(entry).getFileName().toString().startsWith(prefix + "-")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Compiles the class app.Main, and a descriptor unless it is empty, into the folder. */
    private void compile(String descriptor, String imports, String body, String... path) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
        arguments.addAll(List.of(path));
        arguments.add(Files.writeString(folder.resolve("Main.java"), """
                package app;

                import dev.rollcall.*;
                %s

                public class Main {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(imports, body))
                .toString());
        if (!descriptor.isEmpty()) {
            arguments.add(Files.writeString(folder.resolve("module-info.java"), descriptor)
                    .toString());
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    private String run(String path, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("-p", path, "-m", "app/app.Main"));
        return ChildJvm.java(command);
    }

    /** As in a runtime image of java.base alone: no Flight Recorder, no JMX, no java.util.logging. */
    @Test
    void modulePath_javaBaseAlone_works() throws Exception {
        String path = library() + File.pathSeparator + folder;
        compile(
                "module app { requires dev.rollcall; }",
                "",
                PRESENT + LIFE,
                "-p",
                library().toString());
        assertThat(run(path, "--limit-modules", "app,dev.rollcall").lines())
                .contains("jdk.jfr false", "java.management false", "java.logging false", "micrometer.core false")
                .contains("TRANSPORT_GONE true")
                .anyMatch(line -> line.contains("listener executor failed"));
    }

    @Test
    void classPath_libraryAlone_works() throws Exception {
        compile("", "", PRESENT + LIFE, "-cp", library().toString());
        assertThat(ChildJvm.java(List.of("-cp", library() + File.pathSeparator + folder, "app.Main"))
                        .lines())
                .contains("jdk.jfr true", "TRANSPORT_GONE true");
    }

    /** The events' package is not exported, so that only a recording can show that they arrive. */
    @Test
    void modulePath_flightRecorder_recordsEvents() throws Exception {
        String recording = """
                        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
                            recording.enable("dev.rollcall.SessionEnded");
                            recording.start();
                %s
                            recording.stop();
                            java.nio.file.Path file = java.nio.file.Files.createTempFile("rollcall", ".jfr");
                            recording.dump(file);
                            for (jdk.jfr.consumer.RecordedEvent event :
                                    jdk.jfr.consumer.RecordingFile.readAllEvents(file)) {
                                if (event.getEventType().getName().startsWith("dev.rollcall")) {
                                    System.out.println(event.getEventType().getLabel() + " " + event.getString("manager"));
                                }
                            }
                            java.nio.file.Files.delete(file);
                        }
                """.formatted(LIFE);
        compile(
                "module app { requires dev.rollcall; requires jdk.jfr; }",
                "",
                recording,
                "-p",
                library().toString());
        assertThat(run(library() + File.pathSeparator + folder).lines())
                .contains("TRANSPORT_GONE true", "Session Ended m", "Transport Gone m");
    }

    @Test
    void modulePath_micrometerAndJmx_work() throws Exception {
        String path = library()
                + File.pathSeparator
                + jars("micrometer-core", "micrometer-commons", "micrometer-observation", "jspecify");
        String binding = LIFE + """
                        io.micrometer.core.instrument.MeterRegistry registry = new SimpleMeterRegistry();
                        new SessionMetrics(manager).bindTo(registry);
                        System.out.println("creates " + registry.get("rollcall.creates").functionCounter().count());
                        try (ManagementBean bean = ManagementBean.register(manager)) {
                            System.out.println(java.lang.management.ManagementFactory.getPlatformMBeanServer()
                                    .getAttribute(bean.name(), "Health"));
                        }
                """;
        compile(
                "module app { requires dev.rollcall; requires micrometer.core; requires java.management; }",
                """
                import dev.rollcall.jmx.ManagementBean;
                import dev.rollcall.micrometer.SessionMetrics;
                import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
                """,
                binding,
                "-p",
                path);
        assertThat(run(path + File.pathSeparator + folder).lines()).contains("creates 2.0", "READY");
    }
}
