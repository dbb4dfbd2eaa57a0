/**
 * When a shard has to look at which of its sessions: a {@linkplain dev.rollcall.wheel.TimingWheel
 * timing wheel}, and the arrays that it and the table grow by. The classes are passive: they have
 * no threads and no clocks. Each instance is used with its shard's lock held, except where a method
 * says that it may be called without.
 *
 * <p>What is filed in the wheel are blocks of the table's buckets, by their numbers, and not
 * sessions: a session that comes and goes then touches no timer at all (D-4).
 *
 * <p>Not exported.
 */
@NullMarked
package dev.rollcall.wheel;

import org.jspecify.annotations.NullMarked;
