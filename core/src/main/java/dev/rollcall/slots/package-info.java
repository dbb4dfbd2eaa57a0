/**
 * What a shard keeps per slot number. Passive parts without threads or clocks; each instance is
 * confined to its shard's lock, except where a method says that it may be read without it.
 *
 * <p>A session has a slot, a small positive {@code int}, while it is live. Lists over slots are
 * linked through {@code int} arrays rather than through the session objects: no garbage-collector
 * barrier on a link, nothing for the collector to trace, and the links of neighbours lie close
 * together instead of one cold object each (see D-4).
 *
 * <p>Not exported.
 */
package dev.rollcall.slots;
