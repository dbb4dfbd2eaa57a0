package dev.rollcall.stress.weak;

import dev.rollcall.stress.weak.Instruction.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A litmus test in the language of Alloy, to be appended to {@code executions.als}: its events, and
 * as constants their program order, locations and access modes, and which write each read may have
 * its value from.
 */
final class AlloyText {
    private static final String EMPTY = "none -> none";

    /** One access or fence. An update has two, its reading first. */
    private record Event(String name, int thread, Instruction instruction, boolean isWrite) {
        boolean isRead() {
            return !isWrite && !instruction.isFence();
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final Set<String> locations = new LinkedHashSet<>();
    private final Map<String, Event> registers = new LinkedHashMap<>();
    private final boolean hasDependencies;

    private AlloyText(List<List<Instruction>> threads, boolean hasDependencies) {
        this.hasDependencies = hasDependencies;
        for (int thread = 0; thread < threads.size(); thread++) {
            for (Instruction instruction : threads.get(thread)) {
                add(thread, instruction);
            }
        }
    }

    /**
     * Writes one.
     *
     * @param threads the program
     * @param never the outcomes one of which is asked for
     * @param hasDependencies whether the processor sees what addresses are computed from
     */
    static String of(List<List<Instruction>> threads, List<Map<String, Integer>> never, boolean hasDependencies) {
        return new AlloyText(threads, hasDependencies).text(never);
    }

    private void add(int thread, Instruction instruction) {
        String name = "P" + (thread + 1) + '_' + events.size();
        if (instruction.isFence()) {
            events.add(new Event(name + 'F', thread, instruction, false));
            return;
        }
        locations.add(instruction.location());
        if (instruction.reads()) {
            Event event = new Event(name + 'R', thread, instruction, false);
            events.add(event);
            if (!instruction.register().isEmpty() && registers.put(instruction.register(), event) != null) {
                throw new IllegalArgumentException("two reads into " + instruction.register());
            }
        }
        if (instruction.writes()) {
            events.add(new Event(name + 'W', thread, instruction, true));
        }
    }

    private String text(List<Map<String, Integer>> never) {
        StringBuilder text = new StringBuilder();
        locations.forEach(location -> text.append("one sig L_" + location + " extends Location {}\n")
                .append("one sig " + initial(location) + " extends Write {}\n"));
        for (Event event : events) {
            String kind = event.isWrite ? "Write" : event.isRead() ? "Read" : "Fence";
            text.append("one sig " + event.name + " extends " + kind + " {}\n");
        }
        define(
                text,
                "Initial",
                "set Write",
                locations.stream().map(AlloyText::initial).toList());
        define(text, "at", "Event -> Location", places());
        define(text, "po", "Event -> Event", programOrder());
        define(text, "rmw", "Read -> Write", updates());
        define(text, "possible", "Write -> Read", sources());
        define(text, "address", "Event -> Event", dependencies());
        define(text, "Refused", "set Read", names(event -> event.instruction.kind() == Kind.REFUSED));
        define(text, "Entering", "set Write", names(event -> event.isWrite && event.instruction.entersMonitor()));
        defineModes(text);
        text.append("pred outcome { ")
                .append(never.stream().map(this::outcome).collect(Collectors.joining(" or ")))
                .append(" }\n");
        return text.toString();
    }

    private void defineModes(StringBuilder text) {
        define(text, "Volatile", "set Event", names(event -> event.instruction.isVolatile()));
        define(text, "Acquire", "set Event", names(event -> event.isRead() && event.instruction.acquires()));
        define(text, "Release", "set Event", names(event -> event.isWrite && event.instruction.releases()));
        define(
                text,
                "Ordered",
                "set Event",
                names(event -> event.isWrite
                        ? event.instruction.writesOrdered()
                        : event.isRead() && event.instruction.readsOrdered()));
        define(text, "FullFence", "set Event", fences("full"));
        define(text, "AcquireFence", "set Event", fences("acquire"));
        define(text, "ReleaseFence", "set Event", fences("release"));
        define(text, "StoreStoreFence", "set Event", fences("storeStore"));
    }

    private static void define(StringBuilder text, String name, String type, List<String> members) {
        String empty = type.startsWith("set") ? "none" : EMPTY;
        String union = members.isEmpty() ? empty : String.join(" + ", members);
        text.append("fun " + name + " : " + type + " { " + union + " }\n");
    }

    private List<String> names(Predicate<Event> which) {
        return events.stream().filter(which).map(Event::name).toList();
    }

    private List<String> fences(String mode) {
        return names(
                event -> event.instruction.isFence() && event.instruction.mode().equals(mode));
    }

    private static String initial(String location) {
        return "I_" + location;
    }

    private List<String> places() {
        List<String> places = new ArrayList<>();
        locations.forEach(location -> places.add(initial(location) + " -> L_" + location));
        for (Event event : events) {
            if (!event.instruction.isFence()) {
                places.add(event.name + " -> L_" + event.instruction.location());
            }
        }
        return places;
    }

    private List<String> programOrder() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            for (int j = i + 1; j < events.size(); j++) {
                if (events.get(i).thread == events.get(j).thread) {
                    pairs.add(events.get(i).name + " -> " + events.get(j).name);
                }
            }
        }
        return pairs;
    }

    private List<String> updates() {
        List<String> pairs = new ArrayList<>();
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).isWrite && events.get(i).instruction.kind() == Kind.UPDATE) {
                pairs.add(events.get(i - 1).name + " -> " + events.get(i).name);
            }
        }
        return pairs;
    }

    /** Which writes each read may have its value from: if it expects a value, the writes of that. */
    private List<String> sources() {
        List<String> pairs = new ArrayList<>();
        for (Event read : events) {
            if (read.isRead()) {
                sources(read.instruction.location(), read.instruction.expected())
                        .forEach(write -> pairs.add(write + " -> " + read.name));
            }
        }
        return pairs;
    }

    /** The writes of a value to a location; of any value if it is null. */
    private List<String> sources(String location, Integer value) {
        List<String> writes = new ArrayList<>();
        if (value == null || value == 0) {
            writes.add(initial(location));
        }
        for (Event write : events) {
            if (write.isWrite
                    && write.instruction.location().equals(location)
                    && (value == null || value.equals(write.instruction.written()))) {
                writes.add(write.name);
            }
        }
        return writes;
    }

    private List<String> dependencies() {
        List<String> pairs = new ArrayList<>();
        for (Event event : events) {
            String on = event.instruction.dependency();
            if (!on.isEmpty()) {
                Event read = registers.get(on);
                if (read == null || read.thread != event.thread) {
                    throw new IllegalArgumentException("depends on no read of its thread: " + on);
                }
                if (hasDependencies) {
                    pairs.add(read.name + " -> " + event.name);
                }
            }
        }
        return pairs;
    }

    /** One outcome as a formula: each value at once. That of nothing is any outcome. */
    private String outcome(Map<String, Integer> values) {
        List<String> conditions = new ArrayList<>(List.of("some univ"));
        values.forEach((name, value) -> {
            Event read = registers.get(name);
            if (read == null && !locations.contains(name)) {
                throw new IllegalArgumentException("neither register nor location: " + name);
            }
            List<String> writes = sources(read == null ? name : read.instruction.location(), value);
            if (writes.isEmpty()) {
                throw new IllegalArgumentException("nobody writes it: " + name + '=' + value);
            }
            String any = '(' + String.join(" + ", writes) + ')';
            conditions.add(
                    read == null ? "some w : " + any + " | no w.co" : "some (" + any + " -> " + read.name + ") & rf");
        });
        return conditions.stream().map(each -> '(' + each + ')').collect(Collectors.joining(" and ", "(", ")"));
    }
}
