package dev.rollcall;

/** The default ticker; an enum so that there is one, and it prints its name. */
enum SystemTicker implements Ticker {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
