package dev.rollcall.count;

/** {@link dev.rollcall.CounterStrategy#ADDER}. */
public final class AdderCounter implements LiveCounter {
    private final SpilledAdder live = new SpilledAdder();

    /** A counter at zero. */
    public AdderCounter() {}

    @Override
    public void up() {
        live.add(1);
    }

    @Override
    public void down() {
        live.add(-1);
    }

    @Override
    public long live() {
        return live.sum();
    }
}
