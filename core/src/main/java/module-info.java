/** An in-memory session manager whose live count is exact while everything is moving. */
module dev.rollcall {
    exports dev.rollcall;
    exports dev.rollcall.count;
}
