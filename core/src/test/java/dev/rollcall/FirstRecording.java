package dev.rollcall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording that is on before the first manager of the process is built hears of its sessions and of no others. */
final class FirstRecording {
    private FirstRecording() {}

    /** Exits with another code than 0 if it finds a defect. */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.createTempFile("first", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.rollcall.SessionEnded");
            recording.enable("dev.rollcall.TransportGone");
            recording.enable("dev.rollcall.Sweep");
            recording.start();
            SessionManager<String> manager = SessionManager.<String>builder()
                    .name("first")
                    .callerSweeps()
                    .build();
            manager.create(manager.openTransport("ws")).destroy();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        Files.delete(file);
        if (events.size() != 1 || !events.get(0).getString("manager").equals("first")) {
            throw new AssertionError(events);
        }
    }
}
