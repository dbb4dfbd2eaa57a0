package dev.rollcall.stress.weak;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One instruction of a litmus test.
 *
 * @param label its name, by which threads may have the same; empty if nothing refers to it
 * @param kind what it does
 * @param mode in which access mode; of a fence, which fence
 * @param location what it accesses; empty for a fence
 * @param expected what an update must read to succeed, or a refused one must find; null for any
 * @param written what it writes; null if it does not
 * @param register where what it reads goes; empty if nothing asks
 * @param dependency the register that its address is computed from; empty if there is none
 */
record Instruction(
        String label,
        Kind kind,
        String mode,
        String location,
        Integer expected,
        Integer written,
        String register,
        String dependency) {

    /** What an instruction does. */
    enum Kind {
        READ,
        WRITE,
        /** A read and a write that nothing comes between: compare-and-set, get-and-add, a lock. */
        UPDATE,
        /** A compare-and-set that fails: it only reads. */
        REFUSED,
        FENCE
    }

    private static final String MODES = "plain|opaque|acquire|release|volatile";
    private static final String TARGET = "(?:(?<mode>" + MODES + ") (?<location>[A-Za-z]\\w*))";
    private static final String REGISTER = "(?: -> (?<register>[a-z]))?";
    private static final Pattern PATTERN = Pattern.compile("(?:(?<label>\\w+): *)?(?:"
            + "(?<read>read) " + TARGET + REGISTER + "(?: by (?<dependency>[a-z]))?"
            + "|(?<write>write) " + again(TARGET, 2) + " (?<written>\\d+)"
            + "|(?<update>update) " + again(TARGET, 3) + " (?<expected>\\d+|\\*) (?<updated>\\d+)" + again(REGISTER, 3)
            + "|(?<refused>refused) " + again(TARGET, 4) + " (?<found>\\d+)"
            + "|(?<fence>fence) (?<fencing>acquire|release|storeStore|full))");

    private static String again(String group, int number) {
        return group.replaceAll("\\?<(\\w+)>", "?<$1" + number + ">");
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Instruction parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no instruction: " + text);
        }
        String label = orEmpty(matcher.group("label"));
        if (matcher.group("read") != null) {
            return new Instruction(
                    label,
                    Kind.READ,
                    matcher.group("mode"),
                    matcher.group("location"),
                    null,
                    null,
                    orEmpty(matcher.group("register")),
                    orEmpty(matcher.group("dependency")));
        }
        if (matcher.group("write") != null) {
            int written = Integer.parseInt(matcher.group("written"));
            return new Instruction(
                    label, Kind.WRITE, matcher.group("mode2"), matcher.group("location2"), null, written, "", "");
        }
        if (matcher.group("update") != null) {
            String expected = matcher.group("expected");
            return new Instruction(
                    label,
                    Kind.UPDATE,
                    matcher.group("mode3"),
                    matcher.group("location3"),
                    expected.equals("*") ? null : Integer.valueOf(expected),
                    Integer.valueOf(matcher.group("updated")),
                    orEmpty(matcher.group("register3")),
                    "");
        }
        if (matcher.group("refused") != null) {
            return new Instruction(
                    label,
                    Kind.REFUSED,
                    matcher.group("mode4"),
                    matcher.group("location4"),
                    Integer.valueOf(matcher.group("found")),
                    null,
                    "",
                    "");
        }
        return new Instruction(label, Kind.FENCE, matcher.group("fencing"), "", null, null, "", "");
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    Instruction withMode(String other) {
        return new Instruction(label, kind, other, location, expected, written, register, dependency);
    }

    boolean reads() {
        return kind == Kind.READ || kind == Kind.UPDATE || kind == Kind.REFUSED;
    }

    boolean writes() {
        return kind == Kind.WRITE || kind == Kind.UPDATE;
    }

    boolean isFence() {
        return kind == Kind.FENCE;
    }

    boolean isVolatile() {
        return mode.equals("volatile") && !isFence();
    }

    /** A read that later accesses of its thread come after. */
    boolean acquires() {
        return reads() && (isVolatile() || mode.equals("acquire"));
    }

    /** A write that earlier accesses of its thread come before. */
    boolean releases() {
        return writes() && (isVolatile() || mode.equals("release"));
    }

    /** Whether its reading is at least opaque: what a release update reads is read plainly. */
    boolean readsOrdered() {
        return reads() && (acquires() || mode.equals("opaque"));
    }

    /** Whether its writing is at least opaque. */
    boolean writesOrdered() {
        return writes() && (releases() || mode.equals("opaque"));
    }

    /** Entering a monitor, or being woken by a permit, which may be compiled without release. */
    boolean entersMonitor() {
        return kind == Kind.UPDATE && (location.equals("monitor") || location.equals("permit"));
    }

    /** What the list of the code's accesses calls it: {@code read volatile}. */
    String access() {
        Kind as = kind == Kind.REFUSED ? Kind.UPDATE : kind;
        return as.name().toLowerCase(Locale.ROOT) + ' ' + mode;
    }
}
