/** An in-memory session manager whose live count is exact while everything is moving. */
module dev.rollcall {
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports dev.rollcall;
    exports dev.rollcall.jmx;
}
