package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Many sessions on a few sockets, which do nothing but live. Confined to one thread. */
final class Crowd {
    private static final int SOCKETS = 20;
    private static final int BATCH = 100;

    private final List<Wire> wires = new ArrayList<>();
    private final Set<Long> ids = new TreeSet<>();
    private final Stage stage;

    Crowd(Stage stage, int sessions) throws IOException {
        this.stage = stage;
        for (int i = 0; i < SOCKETS && sessions > 0; i++) {
            wires.add(stage.connect());
        }
        // In turns, so that none of them is silent for long.
        for (int i = 0; ids.size() < sessions; i++) {
            create(wires.get(i % SOCKETS), Math.min(BATCH, sessions - ids.size()));
        }
    }

    private void create(Wire wire, int howMany) throws IOException {
        wire.write(Wire.joined(Collections.nCopies(howMany, Wire.text(Ask.create()))));
        for (int i = 0; i < howMany; i++) {
            JsonNode reply = wire.receive();
            stage.expect(reply, "success");
            ids.add(Ask.createdId(reply));
        }
    }

    Set<Long> ids() {
        return ids;
    }

    int sockets() {
        return wires.size();
    }

    /** Keeps the sockets from being taken for dead. */
    void stayConnected() throws IOException {
        for (Wire wire : wires) {
            stage.expect(wire.ask(Ask.plain("ping")), "pong");
        }
    }

    /** All at once. */
    void vanish() throws IOException {
        for (Wire wire : wires) {
            wire.reset();
        }
    }
}
