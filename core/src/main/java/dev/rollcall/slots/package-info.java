/**
 * What a shard keeps for each slot number. The classes are passive: they have no threads and no
 * clocks. Each instance is used with its shard's lock held, except where a method says that it may be
 * called without.
 *
 * <p>While a session is live it has a slot, a small positive {@code int}. Lists of sessions are linked
 * through {@code int} arrays indexed by slot rather than through the session objects. So writing a
 * link needs no barrier of the garbage collector, the collector has nothing to trace, and the links of
 * neighbours lie close together instead of each in an object of its own (D-4).
 *
 * <p>Not exported.
 */
package dev.rollcall.slots;
