package dev.rollcall.stress;

/** The manager's guarantees, as its documentation numbers them. */
public enum Guarantee {
    G1("exact count"),
    G2("one end"),
    G3("no lost keepalive"),
    G4("whole claims"),
    G5("no orphans"),
    G6("full grace"),
    G7("own identity"),
    G8("ordered events"),
    G9("hard limit"),
    G10("clean close"),
    G11("progress"),
    G12("cost");

    private final String label;

    Guarantee(String label) {
        this.label = label;
    }

    /** What it promises, in two words. */
    public String label() {
        return label;
    }
}
