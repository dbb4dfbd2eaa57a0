package dev.rollcall;

import org.jspecify.annotations.Nullable;

/** What the null checker has to be told, because it cannot see the invariants that say so. */
final class Nulls {
    private Nulls() {}

    /**
     * A value that an invariant says is not null, which the caller is about to rely on. Checks
     * nothing, so that it costs nothing in a critical section.
     */
    @SuppressWarnings("NullAway") // the one place where the checker is overruled
    static <T> T certain(@Nullable T value) {
        return value;
    }
}
