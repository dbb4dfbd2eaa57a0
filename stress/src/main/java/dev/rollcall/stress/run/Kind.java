package dev.rollcall.stress.run;

/** What a test is for, and so what its verdict asks. */
public enum Kind {
    /** A race of the manager's operations: nothing forbidden may be seen. */
    SCENARIO,

    /** A reading of the count: the strategy may be off only as it documents. */
    ANOMALY,

    /** A defective implementation: its anomaly must be seen, else the scenario proves nothing. */
    CONTROL
}
