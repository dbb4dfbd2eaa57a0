package dev.rollcall;

/**
 * Keeps other objects off the cache lines of what follows: HotSpot lays out the fields of a
 * superclass before those of its subclasses. Two lines, since the adjacent-line prefetcher fetches
 * pairs.
 */
abstract class LockPadding {
    long p0;
    long p1;
    long p2;
    long p3;
    long p4;
    long p5;
    long p6;
    long p7;
    long p8;
    long p9;
    long p10;
    long p11;
    long p12;
    long p13;
    long p14;
}
