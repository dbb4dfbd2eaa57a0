package dev.rollcall.stress.soak;

/** A transport's attachment: its number, and when its loss was first reported. */
final class Carrier {
    private final int number;

    /** The clock before the first call of gone(), or Long.MAX_VALUE. */
    private long goneCalledNanos = Long.MAX_VALUE;

    Carrier(int number) {
        this.number = number;
    }

    synchronized void goneCalled(long nanos) {
        goneCalledNanos = Math.min(goneCalledNanos, nanos);
    }

    synchronized long goneCalledNanos() {
        return goneCalledNanos;
    }

    @Override
    public String toString() {
        return "transport " + number;
    }
}
