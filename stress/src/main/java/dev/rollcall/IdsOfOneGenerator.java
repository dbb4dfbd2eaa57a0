package dev.rollcall;

import java.util.function.LongSupplier;

/** For the scenario that sends two threads into one generator of ids, which a manager has several of. */
public final class IdsOfOneGenerator {
    private IdsOfOneGenerator() {}

    /** The default id source with a single generator. */
    public static LongSupplier make() {
        return new SecureIds(1);
    }
}
