/** An in-memory session manager whose count of live sessions is exact at every moment. */
@SuppressWarnings("requires-automatic") // Micrometer is one, and only those who have it get it
module dev.rollcall {
    requires static java.management;
    requires static jdk.jfr;
    requires static micrometer.core;
    requires static org.jspecify;

    exports dev.rollcall;
    exports dev.rollcall.jmx;
    exports dev.rollcall.micrometer;
}
