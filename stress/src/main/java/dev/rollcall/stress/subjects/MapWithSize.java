package dev.rollcall.stress.subjects;

/** A map that is asked for its size. */
public final class MapWithSize extends CountedMap {
    /** Made by the suite. */
    public MapWithSize() {}

    @Override
    void added() {}

    @Override
    void removed() {}

    @Override
    public long count() {
        return map.size();
    }
}
