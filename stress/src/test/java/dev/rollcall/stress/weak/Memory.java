package dev.rollcall.stress.weak;

import java.util.Locale;

/** A memory model that litmus tests are checked in. */
enum Memory {
    /** Java's access modes, in {@code jam21.als}. */
    JAM21,
    /** AArch64, with each access as HotSpot compiles it there, in {@code aarch64.als}. */
    AARCH64;

    /** The name of its file and of its predicate. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
