package dev.rollcall.planted;

import org.jspecify.annotations.Nullable;

/** Sound but for one thing: it follows a reference that may be null. */
final class NullDereference {
    private NullDereference() {}

    static int length(@Nullable String text) {
        return text.length();
    }
}
